/** A pass lets one card in for nothing more: given by the office, or paid for by one sale of that card. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCard } from '../cards/find-card.js';
import { Refusal } from '../platform/errors/problem.js';
import { gatesProblems } from './gates.errors.js';

export type NewPass = {
  readonly cardNumber: string;
  readonly places: readonly bigint[];
  /** Days and hours in campus time, both days included. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly from: string;
  readonly until: string;
  /** Entries; null is any number. */
  readonly uses: number | null;
  readonly payment: bigint | null;
  readonly givenBy: bigint;
};

export type Pass = Omit<NewPass, 'cardNumber' | 'givenBy'> & {
  readonly id: bigint;
  readonly used: number;
};

type Row = {
  id: string;
  places: string[];
  first_day: string;
  last_day: string;
  from_time: string;
  until_time: string;
  uses: number | null;
  used: number;
  payment: string | null;
};

@Injectable()
export class GivePass {
  constructor(
    private readonly database: DataSource,
    private readonly cards: FindCard,
  ) {}

  /** @returns the pass's id. @throws {Refusal} card_unknown, pass_wrong, pass_sale_unfit */
  async give(pass: NewPass): Promise<bigint> {
    const card = await this.cards.byNumber(pass.cardNumber);
    const places = pass.places.map(String);
    const [known] = await this.database.query<{ count: number }[]>(
      'select count(*)::int as count from gates.gate g where g.place = any ($1::bigint[])',
      [places],
    );
    if (
      pass.firstDay > pass.lastDay ||
      pass.from >= pass.until ||
      known?.count !== new Set(places).size
    )
      throw new Refusal(gatesProblems, 'pass_wrong');
    const [row] = await this.database.query<{ id: string | null }[]>(
      'select gates.give_pass($1) as id',
      [
        JSON.stringify({
          card: card.id.toString(),
          cardholder: card.cardholder.toString(),
          places,
          first_day: pass.firstDay,
          last_day: pass.lastDay,
          from_time: pass.from,
          until_time: pass.until,
          uses: pass.uses,
          payment: pass.payment?.toString() ?? null,
          given_by: pass.givenBy.toString(),
        }),
      ],
    );
    const id = row?.id ?? null;
    if (id === null) throw new Refusal(gatesProblems, 'pass_sale_unfit');
    return BigInt(id);
  }

  /** Whoever is inside by it stays inside. @throws {Refusal} pass_unknown */
  async end(pass: bigint): Promise<void> {
    const [row] = await this.database.query<{ ended: boolean }[]>(
      'select gates.end_pass($1) as ended',
      [pass.toString()],
    );
    if (row?.ended !== true) throw new Refusal(gatesProblems, 'pass_unknown');
  }

  /** The card's passes that are good today or later, and were not ended or paid back. */
  async ofCard(card: bigint): Promise<readonly Pass[]> {
    const rows = await this.database.query<Row[]>(
      `select s.id, s.places, s.first_day::text, s.last_day::text, s.from_time::text, s.until_time::text, s.uses, s.used,
         s.payment
       from gates.pass s
       left join payments.payment p on p.id = s.payment and p.decided_at = s.payment_decided_at
       where s.card = $1 and s.last_day >= platform.business_date(platform.now()) and s.ended_at is null
         and coalesce(p.returned, 0) = 0
       order by s.last_day, s.id`,
      [card.toString()],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      places: row.places.map(BigInt),
      firstDay: row.first_day,
      lastDay: row.last_day,
      from: row.from_time.slice(0, 5),
      until: row.until_time.slice(0, 5),
      uses: row.uses,
      used: row.used,
      payment: row.payment === null ? null : BigInt(row.payment),
    }));
  }
}
