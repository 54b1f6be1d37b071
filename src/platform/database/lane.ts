import { Logger } from '@nestjs/common';
import pg from 'pg';
import { applicationRole } from './data-source.js';

/**
 * One connection of its own for calls that must be one round trip: a named prepared statement, sent as one Execute and
 * committed by itself. After a lost connection the next call opens a new one.
 */
export class Lane {
  private readonly logger = new Logger('lane');
  private client: Promise<pg.Client> | undefined;

  constructor(private readonly url: string) {}

  /** Calls one function; rows come back as arrays of columns in their order. */
  async call<Row extends unknown[]>(name: string, sql: string, values: unknown[]): Promise<Row[]> {
    const client = await this.connected();
    const result = await client.query({ name, text: sql, values, rowMode: 'array' });
    return result.rows as unknown as Row[];
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.then((open) => open.end()).catch(() => undefined);
  }

  /** Calls that come while it is being opened share the connection. */
  private connected(): Promise<pg.Client> {
    if (this.client !== undefined) return this.client;
    const opening: Promise<pg.Client> = this.open(() => {
      if (this.client === opening) this.client = undefined;
    });
    this.client = opening;
    return opening;
  }

  private async open(forget: () => void): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'campus-paycode lane',
      options: `-c role=${applicationRole} -c statement_timeout=5000 -c timezone=UTC`,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    });
    client.on('error', (error) => {
      forget();
      this.logger.warn(error.message);
    });
    client.on('end', forget);
    try {
      await client.connect();
    } catch (error) {
      forget();
      throw error;
    }
    return client;
  }
}
