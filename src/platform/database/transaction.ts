import type { DataSource, EntityManager } from 'typeorm';
import { isDatabaseWeather } from './weather.js';

/** Whatever can be asked: the pool, or a transaction or snapshot in which all that is read is of one moment. */
export type Reader = Pick<DataSource, 'query'>;

/** An open database transaction. Whatever writes takes it first, so that forgetting it does not compile. */
export type Tx = EntityManager;

const attempts = 4;
const retryable = new Set(['40001', '40P01']);

/**
 * Runs `work` in one READ COMMITTED transaction; a deadlock or a serialization failure is tried again. This file is the only
 * place that opens a transaction.
 */
export async function inTransaction<Result>(
  database: DataSource,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction('READ COMMITTED', work);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (attempt >= attempts || !retryable.has(code) || !isDatabaseWeather(error)) throw error;
    }
  }
}

/** Reads with as much time as it takes, all from one moment; it can change nothing. */
export function inSnapshot<Result>(
  database: DataSource,
  read: (snapshot: Tx) => Promise<Result>,
): Promise<Result> {
  return database.transaction('REPEATABLE READ', async (snapshot) => {
    await snapshot.query('set transaction read only');
    await snapshot.query('set local statement_timeout = 0');
    return read(snapshot);
  });
}
