import type pg from 'pg';

const stepSeconds = 30;
/** Further than codes of three steps reach, so that every card has all its codes again. */
const leapSteps = 4;

/** The clock of a campus' database as this process sees it; it is simulated, and runs at the speed of a real one. */
export class CampusClock {
  private readMs = 0;
  private readAt = performance.now();

  /** @param owner of the database */
  constructor(private readonly owner: pg.Pool) {}

  /** Unix milliseconds. */
  nowMs(): number {
    return this.readMs + (performance.now() - this.readAt);
  }

  /** The thirty seconds that codes are counted in. */
  step(): number {
    return Math.floor(this.nowMs() / 1000 / stepSeconds);
  }

  /** How long the present step has been running. */
  secondsIntoStep(): number {
    return (this.nowMs() / 1000) % stepSeconds;
  }

  /** Goes on to the beginning of a later step, where no card has used a code yet. */
  async leap(): Promise<void> {
    await this.owner.query(
      `select platform.set_clock(to_timestamp((floor(extract(epoch from platform.now()) / $1) + $2) * $1), 1)`,
      [stepSeconds, leapSteps],
    );
    await this.read();
  }

  private async read(): Promise<void> {
    const { rows } = await this.owner.query<{ now: Date }>('select platform.now() as now');
    this.readAt = performance.now();
    this.readMs = rows[0]?.now.getTime() ?? Number.NaN;
  }
}
