/** The office says which places take what never changes, and how much of it: number and PIN only where somebody attends. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import { placesProblems } from '../places/places.errors.js';
import { Refusal } from '../platform/errors/problem.js';
import type { StaticCaps } from './read-instruments.js';
import { staticCredentialsProblems } from './static-credentials.errors.js';

/** Fen. What never changes pays no more than this a day, whatever the office says. */
export const dayCapMax = 50_000n;

@Injectable()
export class SetInstruments {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /** @throws {Refusal} place_not_found, place_unattended */
  async setForPlace(
    place: bigint,
    allowed: { plastic: boolean; numberPin: boolean },
  ): Promise<void> {
    if ((await this.places.byPlaceId(place)) === undefined)
      throw new Refusal(placesProblems, 'place_not_found');
    const [row] = await this.database.query<{ attended: boolean }[]>(
      'select places.is_attended($1) as attended',
      [place.toString()],
    );
    if (allowed.numberPin && row?.attended !== true)
      throw new Refusal(staticCredentialsProblems, 'place_unattended');
    await this.database.query(
      `insert into static_credentials.place_rule (place, plastic, number_pin) values ($1, $2, $3)
       on conflict (place) do update set plastic = excluded.plastic, number_pin = excluded.number_pin`,
      [place.toString(), allowed.plastic, allowed.numberPin],
    );
  }

  /** @throws {Refusal} static_caps_wrong */
  async setCaps({ perSale, perDay }: StaticCaps): Promise<void> {
    if (perSale <= 0n || perSale > perDay || perDay > dayCapMax)
      throw new Refusal(staticCredentialsProblems, 'static_caps_wrong');
    await this.database.query('update static_credentials.policy set sale_cap = $1, day_cap = $2', [
      perSale.toString(),
      perDay.toString(),
    ]);
  }
}
