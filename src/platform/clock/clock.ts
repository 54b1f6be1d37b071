import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformProblems } from '../errors/platform.errors.js';
import { Refusal } from '../errors/problem.js';

/** A process whose estimate is this far from the database's clock does not judge codes any more. */
export const clockToleranceMs = 5_000;

/**
 * The service's one clock is the database's `platform.now()`. This is the process's estimate of it, renewed by every
 * posted batch and once a second, so that checking a code needs no round trip of its own.
 */
@Injectable()
export class Clock {
  private readAt = performance.now();
  private estimateMs = Date.now();
  private rate = 1;
  private trusted = true;

  constructor(private readonly database: DataSource) {}

  /** Milliseconds since 1970 by the service's clock. */
  nowMs(): number {
    return this.estimateMs + (performance.now() - this.readAt) * this.rate;
  }

  now(): Date {
    return new Date(this.nowMs());
  }

  /** Whole seconds since 1970 by the service's clock. */
  unixSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  /** @throws {Refusal} clock_untrusted while estimate and database are more than five seconds apart. */
  requireTrusted(): void {
    if (!this.trusted)
      throw new Refusal(platformProblems, 'clock_untrusted', { retryAfterSeconds: 1 });
  }

  /** Takes the database's reading. A leap is not believed at once: the next reading must agree with it. */
  learn(databaseNow: Date, rate = this.rate): void {
    const leap = Math.abs(databaseNow.getTime() - this.nowMs());
    this.trusted = leap <= clockToleranceMs * Math.max(1, rate);
    this.rate = rate;
    this.estimateMs = databaseNow.getTime();
    this.readAt = performance.now();
  }

  /** Reads the database's clock now; used at the start, by the chore, and after a simulated clock was set. */
  async read(): Promise<void> {
    const [row] = await this.database.query<{ now: Date; rate: number }[]>(
      'select platform.now() as now, platform.clock_rate() as rate',
    );
    if (row !== undefined) this.learn(row.now, row.rate);
  }

  /** Takes over a new reading without suspicion: a simulated clock was set on purpose. */
  async settle(): Promise<void> {
    await this.read();
    this.trusted = true;
  }
}
