import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Mirror } from '../platform/database/mirror.js';
import { MealClock } from './domain/meal-clock.js';
import type { MealPeriod } from './meal-period.js';

type Row = {
  code: string;
  name_zh: string;
  name_en: string;
  from: string;
  until: string;
  time_zone: string;
};

/** Which purses may pay depends on the meal, so every process keeps the campus' meal periods in memory. */
@Injectable()
export class FindMeals implements OnApplicationBootstrap, OnApplicationShutdown {
  private clock = new MealClock([], 'UTC');
  private readonly mirror: Mirror<MealPeriod & { timeZone: string }>;

  constructor(database: DataSource) {
    this.mirror = new Mirror(database, {
      versions: ['meals'],
      load: async () => (await database.query<Row[]>(select)).map(periodOf),
      onChange: (periods) => {
        this.clock = new MealClock(periods, periods[0]?.timeZone ?? 'UTC');
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.mirror.start();
  }

  onApplicationShutdown(): void {
    this.mirror.stop();
  }

  /** The code of the meal period at an instant (unix milliseconds), as this process last saw it; null between meals. */
  at(unixMs: number): string | null {
    return this.clock.at(unixMs);
  }

  /** In the order of the day, as they stand now. */
  async all(): Promise<readonly MealPeriod[]> {
    await this.mirror.renew();
    return this.mirror.all();
  }
}

const select = `
  select m.code, m.name_zh, m.name_en, to_char(m.from_time, 'HH24:MI') as from,
    case m.until_time when '24:00' then '24:00' else to_char(m.until_time, 'HH24:MI') end as until, c.time_zone
  from places.meal_period m, platform.campus c order by m.from_time`;

const periodOf = (row: Row): MealPeriod & { timeZone: string } => ({
  code: row.code,
  name: { zh: row.name_zh, en: row.name_en },
  from: row.from,
  until: row.until,
  timeZone: row.time_zone,
});
