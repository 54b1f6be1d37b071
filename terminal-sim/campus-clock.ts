import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const settleMs = 3_000;

/** The campus's time: the machine's own, until the clock of a campus made for the occasion is set. */
export class CampusClock {
  private reading = 0;
  private readAt = 0;
  private midnight = 0;
  /** How many times faster than life. */
  rate = 1;

  /** Unix milliseconds. */
  now(): number {
    if (this.readAt === 0) return Date.now();
    return this.reading + (performance.now() - this.readAt) * this.rate;
  }

  /** Of the day that has begun. */
  secondOfDay(): number {
    return Math.max(0, (this.now() - this.midnight) / 1000);
  }

  /** Lets so much of the campus's time pass. */
  pass(millis: number): Promise<void> {
    return wait(millis / this.rate);
  }

  /**
   * Lets tomorrow begin at this second of the campus's day, and run so many times faster. Always forward: what has happened
   * stays before what will. @returns when the day's midnight was, unix milliseconds
   */
  async beginDay(databaseUrl: string, second: number, rate: number): Promise<number> {
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    try {
      const { rows } = await database.query<{ midnight: Date }>(
        `select ((platform.now() at time zone c.time_zone)::date + 1)::timestamp at time zone c.time_zone as midnight
         from platform.campus c`,
      );
      const midnight = rows[0]?.midnight.getTime() ?? 0;
      // Services believe a leap of their clock at the second look, a second later.
      const early = midnight + second * 1000 - settleMs * rate;
      await database.query('select platform.set_clock($1, $2)', [new Date(early), rate]);
      this.midnight = midnight;
      this.reading = early;
      this.readAt = performance.now();
      this.rate = rate;
      await wait(settleMs);
      return midnight;
    } finally {
      await database.end();
    }
  }

  /** Goes on at the speed of life from here. */
  async slowDown(databaseUrl: string): Promise<void> {
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    try {
      await database.query('select platform.set_clock(platform.now(), 1)');
      this.reading = this.now();
      this.readAt = performance.now();
      this.rate = 1;
      await wait(settleMs);
    } finally {
      await database.end();
    }
  }
}
