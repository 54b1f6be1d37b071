import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import type { Card, CardStatus, Purse, PurseKind } from './card.js';
import { cardsProblems } from './cards.errors.js';

type Row = {
  id: string;
  cardholder: string;
  number: string;
  status: CardStatus;
  group_code: string;
  day_limit: string | null;
};

const cardOf = (row: Row): Card => ({
  id: BigInt(row.id),
  cardholder: BigInt(row.cardholder),
  number: row.number,
  status: row.status,
  group: row.group_code,
  dayLimit: row.day_limit === null ? null : BigInt(row.day_limit),
});

const columns = `c.id, c.cardholder, c.number, c.status, c.group_code,
  coalesce(c.day_limit, (select g.day_limit from cards.group_limit g where g.group_code = c.group_code)) as day_limit`;

@Injectable()
export class FindCard {
  constructor(private readonly database: DataSource) {}

  /** The cardholder's card. @throws {Refusal} card_unknown */
  ofCardholder(cardholder: bigint): Promise<Card> {
    return this.one('c.cardholder = $1 order by c.id desc limit 1', cardholder.toString());
  }

  /** @throws {Refusal} card_unknown */
  byNumber(number: string): Promise<Card> {
    return this.one('c.number = $1', number);
  }

  /** What the card may spend and from where; expired subsidies are not counted. Fen. */
  async purses(card: bigint): Promise<readonly Purse[]> {
    const rows = await this.database.query<
      { kind: PurseKind; balance: string; held: string; usable_until: Date | null }[]
    >(
      `select a.kind, a.balance, a.held, a.usable_until from ledger.account_balance a
       where a.owner = $1 and a.guarded and (a.usable_until is null or a.usable_until > platform.now())
       order by a.kind desc, a.usable_until`,
      [card.toString()],
    );
    return rows.map((row) => ({
      kind: row.kind,
      balance: BigInt(row.balance),
      held: BigInt(row.held),
      usableUntil: row.usable_until,
    }));
  }

  /** What counts towards today's limit. Fen. */
  async spentToday(card: bigint): Promise<bigint> {
    const [row] = await this.database.query<{ amount: string }[]>(
      `select c.spent_amount as amount from cards.card c
       where c.id = $1 and c.spent_on = platform.business_date(platform.now())`,
      [card.toString()],
    );
    return BigInt(row?.amount ?? '0');
  }

  private async one(condition: string, value: string): Promise<Card> {
    const [row] = await this.database.query<Row[]>(
      `select ${columns} from cards.card c where ${condition}`,
      [value],
    );
    if (row === undefined) throw new Refusal(cardsProblems, 'card_unknown');
    return cardOf(row);
  }
}
