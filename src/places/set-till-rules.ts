import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { FindPlaces } from './find-places.js';
import type { Place, TillShows, VoidRules } from './place.js';
import { placesProblems } from './places.errors.js';

/** What is left out stays as it is. */
export type TillRules = {
  /** Null: as its kind says. */
  readonly attended?: boolean | null | undefined;
  readonly offline?: boolean | undefined;
  readonly voids?: VoidRules | undefined;
  readonly shows?: TillShows | undefined;
};

/** The office says for each place how its tills work: who is there, what they show, what they take back, and when they sell alone. */
@Injectable()
export class SetTillRules {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /** @returns the place as it is from now on. @throws {Refusal} place_not_found */
  async set(place: bigint, { attended, offline, voids, shows }: TillRules): Promise<Place> {
    const [rows] = await this.database.query<[unknown[], number]>(
      `update places.place set
         attended = case when $2 then $3 else attended end, offline = coalesce($4, offline),
         void_minutes = coalesce($5, void_minutes), void_supervised_above = coalesce($6, void_supervised_above),
         shows_name = coalesce($7, shows_name), shows_purses = coalesce($8, shows_purses),
         shows_balance = coalesce($9, shows_balance)
       where id = $1 returning id`,
      [
        place.toString(),
        attended !== undefined,
        attended ?? null,
        offline ?? null,
        voids?.minutes ?? null,
        voids?.supervisorAbove.toString() ?? null,
        shows?.maskedName ?? null,
        shows?.purses ?? null,
        shows?.balance ?? null,
      ],
    );
    if (rows.length === 0) throw new Refusal(placesProblems, 'place_not_found');
    const set = (await this.places.all()).find(({ id }) => id === place);
    if (set === undefined) throw new Refusal(placesProblems, 'place_not_found');
    return set;
  }
}
