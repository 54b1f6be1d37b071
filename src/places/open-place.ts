import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { placesProblems } from './places.errors.js';
import type { LocalName, PlaceKind, Tariff } from './place.js';

export type NewPlace = {
  readonly merchant: bigint;
  readonly name: LocalName;
  readonly kind: PlaceKind;
  readonly tariff: Tariff;
};

/** A place sells for one merchant at one tariff. */
@Injectable()
export class OpenPlace {
  constructor(private readonly database: DataSource) {}

  /** @returns the place's id. @throws {Refusal} merchant_not_found */
  async open(place: NewPlace): Promise<bigint> {
    const { tariff } = place;
    const amount =
      tariff.type === 'entered'
        ? tariff.maximum
        : tariff.type === 'fixed'
          ? tariff.amount
          : tariff.hold;
    const metered = tariff.type === 'metered' ? tariff : undefined;
    const [row] = await this.database.query<{ id: string }[]>(
      `insert into places.place
         (merchant, name_zh, name_en, kind, tariff_type, tariff_amount, unit, unit_price, hold_seconds)
       select m.id, $2, $3, $4, $5, $6, $7, $8, $9 from places.merchant m where m.id = $1 returning id`,
      [
        place.merchant.toString(),
        place.name.zh,
        place.name.en,
        place.kind,
        tariff.type,
        amount.toString(),
        metered?.unit ?? null,
        metered?.unitPrice.toString() ?? null,
        metered?.holdSeconds ?? null,
      ],
    );
    if (row === undefined) throw new Refusal(placesProblems, 'merchant_not_found');
    return BigInt(row.id);
  }
}
