import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { findOverlap } from './domain/meal-clock.js';
import { FindMeals } from './find-meals.js';
import type { MealPeriod } from './meal-period.js';
import { placesProblems } from './places.errors.js';

/** The office says when the campus eats: all periods at once, none over midnight and no two at the same time. */
@Injectable()
export class SetMealPeriods {
  constructor(
    private readonly database: DataSource,
    private readonly meals: FindMeals,
  ) {}

  /** @throws {Refusal} meal_periods_wrong */
  async set(periods: readonly MealPeriod[]): Promise<void> {
    this.check(periods);
    await inTransaction(this.database, async (tx) => {
      // Two who set them at once do so one after the other, and the later one's list is the list.
      await tx.query('lock table places.meal_period in share row exclusive mode');
      await tx.query('delete from places.meal_period where code <> all ($1::text[])', [
        periods.map(({ code }) => code),
      ]);
      await tx.query(
        `insert into places.meal_period (code, name_zh, name_en, from_time, until_time)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::time[], $5::time[])
         on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
           from_time = excluded.from_time, until_time = excluded.until_time`,
        [
          periods.map(({ code }) => code),
          periods.map(({ name }) => name.zh),
          periods.map(({ name }) => name.en),
          periods.map(({ from }) => from),
          periods.map(({ until }) => until),
        ],
      );
    });
    await this.meals.all();
  }

  private check(periods: readonly MealPeriod[]): void {
    const refuse = (detail: string): never => {
      throw new Refusal(placesProblems, 'meal_periods_wrong', { detail });
    };
    if (new Set(periods.map(({ code }) => code)).size < periods.length)
      refuse('Name each meal period once.');
    const empty = periods.find(({ from, until }) => from >= until);
    if (empty !== undefined)
      refuse(`Let ${empty.code} end after it begins, on the same day: at 24:00 at the latest.`);
    const overlap = findOverlap(periods);
    if (overlap !== undefined) refuse(`Let ${overlap[0]} end before ${overlap[1]} begins.`);
  }
}
