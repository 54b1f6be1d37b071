/**
 * A reading costs what was used since the one before, once, and never falls; residents hear once when their credit runs low.
 * Each is taken in a transaction of its own, so that one meter never waits for another.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SendMessage } from '../messages/send-message.js';
import { formatYuan } from '../money/amount.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { FollowEvents } from '../platform/events/follow-events.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { readReadings } from './domain/read-readings.js';
import { kindNames, type MeterKind, type ReadingOutcome } from './meter.js';

export type Reading = {
  /** The number on the device. */
  readonly device: bigint;
  readonly value: bigint;
  readonly takenAt: Date;
};

export type TakenReading = {
  readonly device: bigint;
  readonly outcome: ReadingOutcome;
  /** The meter's credit and reading as they stand now; null of a meter that is not known here. */
  readonly credit: bigint | null;
  readonly reading: bigint | null;
};

/** Who brings it: a terminal the meters of its place, a member of staff those of any. */
type Bringer =
  | { readonly terminal: string; readonly generation: number; readonly place: string }
  | { readonly staff: string };

type Row = {
  outcome: ReadingOutcome | 'terminal_revoked';
  meter: string | null;
  credit: string | null;
  reading: string | null;
  warning: number | null;
};

type Warned = { cardholder: string; kind: MeterKind; building: string; number: string };

@Injectable()
export class TakeReadings {
  constructor(
    private readonly database: DataSource,
    private readonly messages: SendMessage,
    private readonly followers: FollowEvents,
  ) {}

  /** In the order sent. @throws {Refusal} terminal_revoked */
  ofTerminal(
    { terminal, generation }: TerminalKey,
    readings: readonly Reading[],
  ): Promise<readonly TakenReading[]> {
    const by = { terminal: terminal.id.toString(), generation, place: terminal.place.toString() };
    return this.takeAll(readings, by, false);
  }

  /**
   * @param isSure of readings that are far above what a room can use
   * @throws {Refusal} readings_not_readable
   */
  ofOffice(csv: string, staff: bigint, isSure: boolean): Promise<readonly TakenReading[]> {
    return this.takeAll(readReadings(csv), { staff: staff.toString() }, isSure);
  }

  private async takeAll(
    readings: readonly Reading[],
    by: Bringer,
    isSure: boolean,
  ): Promise<readonly TakenReading[]> {
    const taken: TakenReading[] = [];
    for (const reading of readings) taken.push(await this.take(reading, by, isSure));
    return taken;
  }

  private async take(reading: Reading, by: Bringer, isSure: boolean): Promise<TakenReading> {
    const { device, value, takenAt } = reading;
    const row = await inTransaction(this.database, async (tx) => {
      const [answer] = (await tx.query('select * from meters.take_reading($1)', [
        JSON.stringify({
          ...by,
          device: device.toString(),
          value: value.toString(),
          taken_at: takenAt.toISOString(),
          is_sure: isSure,
        }),
      ])) as Row[];
      invariant(answer !== undefined, 'meters.take_reading answered nothing.');
      if (answer.warning !== null) await this.warn(tx, answer, answer.warning);
      return answer;
    });
    if (row.outcome === 'terminal_revoked')
      throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (row.warning !== null) this.followers.wake();
    const { credit, reading: shown } = row;
    return {
      device,
      outcome: row.outcome,
      credit: credit === null ? null : BigInt(credit),
      reading: shown === null ? null : BigInt(shown),
    };
  }

  /** Once for each time that the credit ran low, to everybody who lives there now. */
  private async warn(tx: Tx, { meter, credit }: Row, warning: number): Promise<void> {
    const residents = (await tx.query(
      `select r.cardholder, m.kind, o.building, o.number
       from meters.meter m join meters.room o on o.id = m.room
       join meters.resident r on r.room = m.room and r.until is null
       where m.id = $1 order by r.cardholder`,
      [meter],
    )) as Warned[];
    const left = formatYuan(BigInt(credit ?? 0));
    for (const { cardholder, kind, building, number } of residents) {
      const name = kindNames[kind];
      await this.messages.send(tx, {
        cardholder: BigInt(cardholder),
        purpose: 'service',
        kind: 'credit-low',
        dedupeKey: `credit-low ${meter} ${warning} ${cardholder}`,
        title: { zh: `${building} ${number} ${name.zh}不足`, en: `Little ${name.en} credit left` },
        body: {
          zh: `${building} ${number} 的${name.zh}剩余 ${left}，请在手机上“更多”里的“房间”充值，以免停用。`,
          en: `${building} ${number} has ${left} of ${name.en} left. Please buy credit under More, Rooms, before it is cut.`,
        },
        link: null,
      });
    }
  }
}
