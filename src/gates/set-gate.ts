/** A gate says who comes in when and what it costs, as one: the hours of a group never contradict each other. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import { Refusal } from '../platform/errors/problem.js';
import { fitTogether } from './domain/judge-rules.js';
import type { Gate, GateRule } from './gate.js';
import { gatesProblems } from './gates.errors.js';

type Row = {
  passback: Gate['passback'];
  passback_minutes: number | null;
  capacity: number | null;
  opens: string;
  closes: string;
  has_sensor: boolean;
  forgotten_amount: string;
  rules: {
    group_code: GateRule['group'];
    from_time: string;
    until_time: string;
    charge: GateRule['charge'];
    amount: string | null;
    minute_price: string | null;
  }[];
};

const minute = (time: string): string => time.slice(0, 5);
const fen = (amount: string | null): bigint | null => (amount === null ? null : BigInt(amount));

@Injectable()
export class SetGate {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /** Visits that have begun keep what they began with. @throws {Refusal} gate_unknown, gate_rules_wrong */
  async set(gate: Gate): Promise<void> {
    if ((await this.places.byPlaceId(gate.place)) === undefined)
      throw new Refusal(gatesProblems, 'gate_unknown');
    if (!fitTogether(gate)) throw new Refusal(gatesProblems, 'gate_rules_wrong');
    await this.database.query('select gates.set_gate($1, $2)', [
      JSON.stringify({
        place: gate.place.toString(),
        passback: gate.passback,
        passback_minutes: gate.passbackMinutes,
        capacity: gate.capacity,
        opens: gate.opens,
        closes: gate.closes,
        has_sensor: gate.hasSensor,
        forgotten_amount: gate.forgottenAmount.toString(),
      }),
      JSON.stringify(
        gate.rules.map((rule) => ({
          group_code: rule.group,
          from_time: rule.from,
          until_time: rule.until,
          charge: rule.charge,
          amount: rule.amount?.toString() ?? null,
          minute_price: rule.minutePrice?.toString() ?? null,
        })),
      ),
    ]);
  }

  /** @throws {Refusal} gate_unknown */
  async read(place: bigint): Promise<Gate> {
    const [row] = await this.database.query<Row[]>(
      `select g.*, coalesce((
         select jsonb_agg(jsonb_build_object('group_code', r.group_code, 'from_time', r.from_time, 'until_time', r.until_time,
           'charge', r.charge, 'amount', r.amount::text, 'minute_price', r.minute_price::text)
           order by r.group_code, r.from_time)
         from gates.rule r where r.place = g.place), '[]') as rules
       from gates.gate g where g.place = $1`,
      [place.toString()],
    );
    if (row === undefined) throw new Refusal(gatesProblems, 'gate_unknown');
    return {
      place,
      passback: row.passback,
      passbackMinutes: row.passback_minutes,
      capacity: row.capacity,
      opens: minute(row.opens),
      closes: minute(row.closes),
      hasSensor: row.has_sensor,
      forgottenAmount: BigInt(row.forgotten_amount),
      rules: row.rules.map((rule) => ({
        group: rule.group_code,
        from: minute(rule.from_time),
        until: minute(rule.until_time),
        charge: rule.charge,
        amount: fen(rule.amount),
        minutePrice: fen(rule.minute_price),
      })),
    };
  }
}
