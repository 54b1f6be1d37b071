/** What passes are sold on phones, and for how much, the office says; whoever ordered one got what it said then. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LocalName } from '../places/place.js';
import { Refusal } from '../platform/errors/problem.js';
import type { GateRule } from './gate.js';
import { gatesProblems } from './gates.errors.js';

export type NewOffer = {
  /** Sells it; its merchant gets the money. */
  readonly place: bigint;
  readonly name: LocalName;
  /** Where the pass is good, the place that sells it among them. */
  readonly places: readonly bigint[];
  readonly groups: readonly GateRule['group'][];
  /** The day of the purchase included. */
  readonly days: number;
  /** HH:MM in campus time. */
  readonly from: string;
  readonly until: string;
  /** Entries; null is any number. */
  readonly uses: number | null;
  readonly amount: bigint;
};

export type Offer = NewOffer & { readonly id: bigint };

type Row = {
  id: string;
  place: string;
  name_zh: string;
  name_en: string;
  places: string[];
  groups: GateRule['group'][];
  days: number;
  from_time: string;
  until_time: string;
  uses: number | null;
  amount: string;
};

const offersMax = 200;

@Injectable()
export class OfferPass {
  constructor(private readonly database: DataSource) {}

  /** @returns the offer's id. @throws {Refusal} pass_wrong */
  async offer(offer: NewOffer, by: bigint): Promise<bigint> {
    const { place, name, places, groups, days, from, until, uses, amount } = offer;
    if (from >= until || !places.includes(place)) throw new Refusal(gatesProblems, 'pass_wrong');
    const [row] = await this.database.query<{ id: string | null }[]>(
      'select gates.offer_pass($1) as id',
      [
        JSON.stringify({
          place: place.toString(),
          name_zh: name.zh,
          name_en: name.en,
          places: places.map(String),
          groups,
          days,
          from_time: from,
          until_time: until,
          uses,
          amount: amount.toString(),
          offered_by: by.toString(),
        }),
      ],
    );
    const id = row?.id ?? null;
    if (id === null) throw new Refusal(gatesProblems, 'pass_wrong');
    return BigInt(id);
  }

  /** Passes that were bought stay good. @throws {Refusal} pass_not_offered */
  async withdraw(offer: bigint): Promise<void> {
    const [row] = await this.database.query<{ withdrawn: boolean }[]>(
      'select gates.withdraw_offer($1) as withdrawn',
      [offer.toString()],
    );
    if (row?.withdrawn !== true) throw new Refusal(gatesProblems, 'pass_not_offered');
  }

  /** What a place sells now, the cheapest first. */
  ofPlace(place: bigint): Promise<readonly Offer[]> {
    return this.list('x.place = $1', place.toString());
  }

  /** What a group may buy now, at every place. */
  toGroup(group: string): Promise<readonly Offer[]> {
    return this.list('$1 = any (x.groups)', group);
  }

  private async list(condition: string, value: string): Promise<readonly Offer[]> {
    const rows = await this.database.query<Row[]>(
      `select x.id, x.place, x.name_zh, x.name_en, x.places, x.groups, x.days, x.from_time::text, x.until_time::text,
         x.uses, x.amount
       from gates.offer x where ${condition} and x.withdrawn_at is null order by x.place, x.amount, x.id limit ${offersMax}`,
      [value],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      place: BigInt(row.place),
      name: { zh: row.name_zh, en: row.name_en },
      places: row.places.map(BigInt),
      groups: row.groups,
      days: row.days,
      from: row.from_time.slice(0, 5),
      until: row.until_time.slice(0, 5),
      uses: row.uses,
      amount: BigInt(row.amount),
    }));
  }
}
