import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

const pollMs = 1_000;

/**
 * A copy in memory of a small table that a scan needs before its call. It is renewed when the table's version changed
 * (looked at every second and on demand). A mirror may refuse early; it never approves: the call judges again.
 */
export class Mirror<Row> {
  private readonly logger: Logger;
  private rows: readonly Row[] = [];
  private version: string | undefined;
  private renewing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly source: {
      readonly name: string;
      /** A query with one row and one column `version` that changes whenever the table does. */
      readonly versionQuery: string;
      load(): Promise<readonly Row[]>;
      onChange?(rows: readonly Row[]): void;
    },
  ) {
    this.logger = new Logger(`mirror ${source.name}`);
  }

  all(): readonly Row[] {
    return this.rows;
  }

  async start(): Promise<void> {
    await this.renew();
    this.timer = setInterval(() => {
      this.renew().catch((error: Error) => this.logger.debug(error.message));
    }, pollMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Looks at the version and loads again when it changed; called before a miss is answered. */
  renew(): Promise<void> {
    this.renewing ??= this.look().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  private async look(): Promise<void> {
    const [row] = await this.database.query<{ version: unknown }[]>(this.source.versionQuery);
    const version = String(row?.version);
    if (version === this.version) return;
    this.rows = await this.source.load();
    this.version = version;
    this.source.onChange?.(this.rows);
  }
}
