import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { FreshLook } from './fresh-look.js';

const pollMs = 1_000;

/**
 * A copy in memory of a small table that a scan needs before its call. It is renewed when the table's version changed
 * (looked at every second and on demand). A mirror may refuse early; it never approves: the call judges again.
 */
export class Mirror<Row> {
  private readonly logger: Logger;
  private rows: readonly Row[] = [];
  private version: string | undefined;
  private readonly fresh = new FreshLook(() => this.look());
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly source: {
      /** As the tables' changes are counted in `platform.table_version`. */
      readonly versions: readonly string[];
      load(): Promise<readonly Row[]>;
      onChange?(rows: readonly Row[]): void;
    },
  ) {
    this.logger = new Logger(`mirror ${source.versions.join(' ')}`);
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

  /** Looks at the version, not before this call, and loads again when it changed; called before a miss is answered. */
  renew(): Promise<void> {
    return this.fresh.take();
  }

  private async look(): Promise<void> {
    const rows = await this.database.query<{ name: string; version: string }[]>(
      'select name, version from platform.table_version where name = any ($1) order by name',
      [this.source.versions],
    );
    const version = rows.map((row) => row.version).join();
    if (version === this.version) return;
    this.rows = await this.source.load();
    this.version = version;
    this.source.onChange?.(this.rows);
  }
}
