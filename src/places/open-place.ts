import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
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

  /** @returns the place's id. */
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
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
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
    return BigInt(row?.id ?? '0');
  }
}
