import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Reader } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import type { Card, CardStatus, Purse, Spent } from './card.js';
import { cardsProblems } from './cards.errors.js';
import { limitColumns, limitsOf, type LimitsRow } from './domain/limits.js';
import { purseRuleColumns, purseRuleOf, type PurseRuleRow } from './store/purse-rules.store.js';

type Row = {
  id: string;
  cardholder: string;
  number: string;
  status: CardStatus;
  group_code: string;
  own: LimitsRow;
  counting: LimitsRow;
};

type SpentRow = {
  meal: string | null;
  meal_amount: string;
  meal_count: number;
  day_amount: string;
  day_count: number;
  month_amount: string;
  month_count: number;
};

const cardOf = (row: Row): Card => ({
  id: BigInt(row.id),
  cardholder: BigInt(row.cardholder),
  number: row.number,
  status: row.status,
  group: row.group_code,
  limits: limitsOf(row.counting),
  ownLimits: limitsOf(row.own),
});

const limits = (valueOf: (column: string) => string): string =>
  `jsonb_build_object(${limitColumns.map((name) => `'${name}', ${valueOf(name)}`).join(', ')})`;

const columns = `c.id, c.cardholder, c.number, c.status, c.group_code,
  ${limits((name) => `c.${name}`)} as own, ${limits((name) => `coalesce(c.${name}, g.${name})`)} as counting`;

@Injectable()
export class FindCard {
  constructor(private readonly database: DataSource) {}

  /**
   * The cardholder's card. Within a transaction `reader` is that one: many who each held a connection and waited for a second
   * would wait for one another.
   * @throws {Refusal} card_unknown
   */
  ofCardholder(cardholder: bigint, reader: Reader = this.database): Promise<Card> {
    const condition = 'c.cardholder = $1 order by c.id desc limit 1';
    return this.one(condition, cardholder.toString(), reader);
  }

  /** @throws {Refusal} card_unknown */
  byNumber(number: string): Promise<Card> {
    return this.one('c.number = $1', number, this.database);
  }

  /** What the card has and from where, in the order in which its group's purses pay; expired subsidies are not counted. */
  async purses(card: bigint): Promise<readonly Purse[]> {
    const rows = await this.database.query<
      (PurseRuleRow & {
        balance: string;
        held: string;
        allowance: string;
        usable_until: Date | null;
      })[]
    >(
      `select ${purseRuleColumns}, a.balance, a.held, a.usable_until, coalesce(s.amount, 0) as allowance
       from ledger.account_balance a
       left join (
         select l.account, sum(l.amount)::bigint as amount from ledger.allowances_of(array[$1::bigint]) l group by l.account
       ) s on s.account = a.account
       join cards.purse_kind k on k.code = a.kind
       join cards.card c on c.id = a.owner
       left join cards.purse_order o on o.group_code = c.group_code and o.kind = a.kind
       where a.owner = $1 and a.guarded and (a.usable_until is null or a.usable_until > platform.now())
       order by o.position nulls last, a.kind, a.usable_until`,
      [card.toString()],
    );
    return rows.map((row) => ({
      rule: purseRuleOf(row),
      balance: BigInt(row.balance),
      held: BigInt(row.held),
      allowance: BigInt(row.allowance),
      usableUntil: row.usable_until,
    }));
  }

  /** What counts towards its limits now. */
  async spent(card: bigint): Promise<Spent> {
    const [row] = await this.database.query<SpentRow[]>(
      `select s.* from platform.now() t (now),
         lateral cards.spent($1, platform.business_date(t.now), places.meal_at(t.now)) s`,
      [card.toString()],
    );
    if (row === undefined) throw new Refusal(cardsProblems, 'card_unknown');
    return {
      meal: row.meal,
      mealAmount: BigInt(row.meal_amount),
      mealCount: row.meal_count,
      dayAmount: BigInt(row.day_amount),
      dayCount: row.day_count,
      monthAmount: BigInt(row.month_amount),
      monthCount: row.month_count,
    };
  }

  private async one(condition: string, value: string, reader: Reader): Promise<Card> {
    const [row] = await reader.query<Row[]>(
      `select ${columns} from cards.card c join cards.group_limit g on g.group_code = c.group_code
       where ${condition}`,
      [value],
    );
    if (row === undefined) throw new Refusal(cardsProblems, 'card_unknown');
    return cardOf(row);
  }
}
