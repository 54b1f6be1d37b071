/** How full a place is, anybody may know; who is inside, only the office. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import type { LocalName } from '../places/place.js';

const nowhere: LocalName = { zh: '未知场所', en: 'Unknown place' };

export type Occupancy = {
  readonly place: bigint;
  readonly name: LocalName;
  readonly inside: number;
  readonly capacity: number | null;
  readonly opens: string;
  readonly closes: string;
  readonly isOpen: boolean;
};

export type Inside = {
  readonly visit: bigint;
  readonly cardNumber: string;
  readonly name: string;
  readonly charge: string;
  readonly enteredAt: Date;
};

export type Incident = {
  readonly id: bigint;
  readonly kind: string;
  readonly visit: bigint | null;
  readonly cardNumber: string | null;
  readonly happenedAt: Date;
};

/** One visit as its visitor sees it. Amounts in fen. */
export type OwnVisit = {
  readonly id: bigint;
  readonly place: LocalName;
  readonly charge: 'free' | 'pass' | 'entry' | 'time';
  readonly isInside: boolean;
  readonly enteredAt: Date;
  readonly closesAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly minutePrice: bigint | null;
  /** It costs no more than this. */
  readonly most: bigint;
  /** What it cost, or costs if it ended now. */
  readonly cost: bigint;
};

@Injectable()
export class ReadPresence {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  async occupancies(): Promise<readonly Occupancy[]> {
    const rows = await this.database.query<
      {
        place: string;
        inside: number;
        capacity: number | null;
        opens: string;
        closes: string;
        is_open: boolean;
      }[]
    >('select * from gates.occupancies()');
    const found: Occupancy[] = [];
    for (const row of rows) {
      const place = await this.places.byPlaceId(BigInt(row.place));
      if (place === undefined) continue;
      const { inside, capacity } = row;
      const hours = { opens: row.opens.slice(0, 5), closes: row.closes.slice(0, 5) };
      const isOpen = row.is_open && place.isOpen;
      found.push({ place: place.id, name: place.name, inside, capacity, ...hours, isOpen });
    }
    return found;
  }

  /** The one under way first, then the newest. */
  async visitsOf(card: bigint, limit: number): Promise<readonly OwnVisit[]> {
    const rows = await this.database.query<
      {
        visit: string;
        place: string;
        charge: OwnVisit['charge'];
        is_inside: boolean;
        entered_at: Date;
        closes_at: Date;
        ended_at: Date | null;
        end_reason: string | null;
        minute_price: string | null;
        most: string;
        cost: string;
      }[]
    >('select * from gates.visits_of($1, $2)', [card.toString(), limit]);
    return Promise.all(
      rows.map(async (row) => ({
        id: BigInt(row.visit),
        place: (await this.places.byPlaceId(BigInt(row.place)))?.name ?? nowhere,
        charge: row.charge,
        isInside: row.is_inside,
        enteredAt: row.entered_at,
        closesAt: row.closes_at,
        endedAt: row.ended_at,
        endReason: row.end_reason,
        minutePrice: row.minute_price === null ? null : BigInt(row.minute_price),
        most: BigInt(row.most),
        cost: BigInt(row.cost),
      })),
    );
  }

  /** Longest first. */
  async inside(place: bigint, limit: number): Promise<readonly Inside[]> {
    const rows = await this.database.query<
      { visit: string; number: string; name: string; charge: string; entered_at: Date }[]
    >(
      `select v.id as visit, c.number, h.name, v.charge, v.entered_at
       from gates.visit v
       join cards.card c on c.id = v.card
       join cardholders.cardholder h on h.id = v.cardholder
       where v.place = $1 and v.ended_at is null and v.state = 'inside' order by v.entered_at, v.id limit $2`,
      [place.toString(), limit],
    );
    return rows.map((row) => ({
      visit: BigInt(row.visit),
      cardNumber: row.number,
      name: row.name,
      charge: row.charge,
      enteredAt: row.entered_at,
    }));
  }

  /** Newest first: what the office should look at. */
  async incidents(place: bigint, limit: number): Promise<readonly Incident[]> {
    const rows = await this.database.query<
      { id: string; kind: string; visit: string | null; number: string | null; happened_at: Date }[]
    >(
      `select i.id, i.kind, i.visit, c.number, i.happened_at
       from gates.incident i left join cards.card c on c.id = i.card
       where i.place = $1 order by i.id desc limit $2`,
      [place.toString(), limit],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      kind: row.kind,
      visit: row.visit === null ? null : BigInt(row.visit),
      cardNumber: row.number,
      happenedAt: row.happened_at,
    }));
  }
}
