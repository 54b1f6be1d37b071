import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

export type Job = {
  /** The thing it guarantees: `end-expired-holds`. */
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
};

/**
 * Chores by the clock. Each runs in one process at a time, held by an advisory lock; a chore that fails is logged and
 * tried again at its next turn, so every chore must find its work in the database and not in memory.
 */
@Injectable()
export class RunJobs implements OnApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly jobs: Job[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private started = false;
  private stopped = false;

  constructor(private readonly database: DataSource) {}

  add(job: Job): void {
    this.jobs.push(job);
  }

  /** Whether this process does chores; where it does not, nothing else may do them behind its back. */
  get isWorking(): boolean {
    return this.started && !this.stopped;
  }

  start(): void {
    this.started = true;
    for (const job of this.jobs) this.schedule(job, Math.min(job.everyMs, 1_000));
  }

  /** Runs one chore now, here; for tests and for commands. */
  async runNow(name: string): Promise<void> {
    const job = this.jobs.find((candidate) => candidate.name === name);
    if (job === undefined) throw new Error(`No job is called ${name}.`);
    await job.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private schedule(job: Job, afterMs: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const turn = this.turn(job).finally(() => {
        this.running.delete(turn);
        this.schedule(job, job.everyMs);
      });
      this.running.add(turn);
    }, afterMs);
    this.timers.add(timer);
  }

  private async turn(job: Job): Promise<void> {
    const runner = this.database.createQueryRunner();
    try {
      const rows = (await runner.query('select pg_try_advisory_lock(hashtext($1)) as mine', [
        `job ${job.name}`,
      ])) as { mine: boolean }[];
      if (rows[0]?.mine !== true) return;
      try {
        await job.run();
      } finally {
        await runner.query('select pg_advisory_unlock(hashtext($1))', [`job ${job.name}`]);
      }
    } catch (error) {
      this.logger.warn(`${job.name}: ${(error as Error).message}`);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }
}
