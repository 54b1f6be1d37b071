import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { FindMeals } from './find-meals.js';
import { FindPlaces } from './find-places.js';
import type { Place, Price } from './place.js';
import { placesProblems } from './places.errors.js';

/** The office says whom a place serves, and what a fixed one costs them at each meal. */
@Injectable()
export class SetPrices {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
    private readonly meals: FindMeals,
  ) {}

  /**
   * All at once; what is left out is gone.
   * @param serves null is everybody.
   * @returns the place as it is from now on.
   * @throws {Refusal} place_not_found, prices_need_fixed_tariff, meal_unknown, price_given_twice
   */
  async set(
    id: bigint,
    serves: readonly string[] | null,
    prices: readonly Price[],
  ): Promise<Place> {
    const place = await this.places.byPlaceId(id);
    if (place === undefined) throw new Refusal(placesProblems, 'place_not_found');
    if (prices.length > 0 && place.tariff.type !== 'fixed')
      throw new Refusal(placesProblems, 'prices_need_fixed_tariff');
    const known = new Set((await this.meals.all()).map(({ code }) => code));
    if (prices.some(({ meal }) => meal !== null && !known.has(meal)))
      throw new Refusal(placesProblems, 'meal_unknown');
    if (new Set(prices.map(({ meal, group }) => `${meal} ${group}`)).size < prices.length)
      throw new Refusal(placesProblems, 'price_given_twice');
    await inTransaction(this.database, async (tx) => {
      await tx.query('update places.place set serves = $2 where id = $1', [id.toString(), serves]);
      await tx.query('delete from places.price where place = $1', [id.toString()]);
      await tx.query(
        `insert into places.price (place, meal, group_code, amount)
         select $1, p.meal, p.group_code, p.amount
         from unnest($2::text[], $3::text[], $4::bigint[]) p (meal, group_code, amount)`,
        [
          id.toString(),
          prices.map(({ meal }) => meal),
          prices.map(({ group }) => group),
          prices.map(({ amount }) => amount.toString()),
        ],
      );
    });
    const set = (await this.places.all()).find((each) => each.id === id);
    if (set === undefined) throw new Refusal(placesProblems, 'place_not_found');
    return set;
  }
}
