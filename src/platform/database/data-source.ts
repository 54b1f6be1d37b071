import pg from 'pg';
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';

/** The role that the service acts as: it may execute and read what modules offer, and writes no money table. */
export const applicationRole = 'campus_app';

const statementTimeoutMs = 15_000;

/**
 * A server that dies may say so in the packet that lets a connection in, before whoever asked for it listens for errors.
 * Without a listener that would end the process; the call that uses the connection fails by itself.
 */
class HeardClient extends pg.Client {
  constructor(options?: string | pg.ClientConfig) {
    super(options);
    this.on('error', () => {});
  }
}

/** A data source as the application's role. Row classes come from the modules. */
export function createDataSource(
  config: AppConfig,
  rows: MixedList<new () => object> = [],
): DataSource {
  const options: DataSourceOptions = {
    type: 'postgres',
    url: config.DATABASE_URL,
    entities: rows,
    synchronize: false,
    applicationName: 'campus-paycode',
    extra: {
      max: config.DATABASE_POOL,
      options: `-c role=${applicationRole} -c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=${statementTimeoutMs} -c timezone=UTC`,
      connectionTimeoutMillis: 5_000,
      Client: HeardClient,
    },
    poolErrorHandler: () => undefined,
  };
  return new DataSource(options);
}
