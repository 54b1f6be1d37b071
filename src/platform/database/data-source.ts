import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';

/** The role that the service acts as: it may execute and read what modules offer, and writes no money table. */
export const applicationRole = 'campus_app';

const statementTimeoutMs = 15_000;

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
    },
    poolErrorHandler: () => undefined,
  };
  return new DataSource(options);
}
