import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import type { Limits } from './card.js';
import { cardsProblems } from './cards.errors.js';
import { limitColumns, limitParameters, limitsOf, type LimitsRow } from './domain/limits.js';

/** What a group pays without a word of the phone or of the cashier; null: nobody is asked. */
export type Asks = {
  readonly group: string;
  /** Fen: more in one sale waits for the phone. */
  readonly above: bigint | null;
  /** Sales in a business day, after which every further one waits for the phone. */
  readonly after: number | null;
  /** The same sale within these seconds is asked about. */
  readonly againSeconds: number | null;
};

/** How much may be spent is set for a group, and for a single card where it should differ; the next sale knows. */
@Injectable()
export class SetLimits {
  constructor(private readonly database: DataSource) {}

  async ofGroups(): Promise<ReadonlyMap<string, Limits>> {
    const rows = await this.database.query<(LimitsRow & { group_code: string })[]>(
      `select group_code, ${limitColumns.join(', ')} from cards.group_limit order by group_code`,
    );
    return new Map(rows.map((row) => [row.group_code, limitsOf(row)]));
  }

  /** @throws {Refusal} group_unknown */
  async setForGroup(group: string, limits: Limits): Promise<void> {
    const [, changed] = await this.database.query<[unknown[], number]>(
      `update cards.group_limit set ${limitColumns.map((name, at) => `${name} = $${at + 2}`).join(', ')}
       where group_code = $1`,
      [group, ...limitParameters(limits)],
    );
    if (changed !== 1) throw new Refusal(cardsProblems, 'group_unknown');
  }

  async asksOfGroups(): Promise<readonly Asks[]> {
    type Row = { group_code: string; asks_above: string | null; asks_after: number | null };
    const rows = await this.database.query<(Row & { seconds: number | null })[]>(
      `select group_code, asks_above, asks_after, extract(epoch from asks_again)::int as seconds
       from cards.group_limit order by group_code`,
    );
    return rows.map(({ group_code: group, asks_above: above, asks_after: after, seconds }) => ({
      group,
      above: above === null ? null : BigInt(above),
      after,
      againSeconds: seconds,
    }));
  }

  /** @throws {Refusal} group_unknown */
  async setAsksForGroup({ group, above, after, againSeconds }: Asks): Promise<void> {
    const [, changed] = await this.database.query<[unknown[], number]>(
      `update cards.group_limit set asks_above = $2, asks_after = $3, asks_again = make_interval(secs => $4)
       where group_code = $1`,
      [group, above?.toString() ?? null, after, againSeconds],
    );
    if (changed !== 1) throw new Refusal(cardsProblems, 'group_unknown');
  }

  /** Above which amount, fen, this card asks its owner; null is its group's. */
  async setAsksAboveForCard(card: bigint, above: bigint | null): Promise<void> {
    await this.database.query('select cards.set_asks_above($1, $2)', [
      card.toString(),
      above?.toString() ?? null,
    ]);
  }

  /** The card's own figures; null is its group's. It waits for the sale that is being decided. */
  async setForCard(card: bigint, limits: Limits): Promise<void> {
    await this.database.query('select cards.set_limits($1, $2, $3, $4, $5, $6, $7, $8)', [
      card.toString(),
      ...limitParameters(limits),
    ]);
  }
}
