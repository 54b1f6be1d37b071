import { types } from 'node:util';

/** SQLSTATE classes and codes that mean "the database is away or busy", not "the request is wrong". */
const weatherStates = new Set([
  '40001',
  '40P01',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
]);
const weatherErrno = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** True for a lost connection, a shutdown, a deadlock or a time-out: whether a commit arrived is then unknown. */
export function isDatabaseWeather(error: unknown): boolean {
  // Not `instanceof`: an error of Node's own may come from another realm.
  if (!types.isNativeError(error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    if (weatherStates.has(code) || weatherErrno.has(code)) return true;
    if (code.startsWith('08')) return true;
  }
  return /Connection terminated|connection is closed|timeout exceeded when trying to connect|not queryable/i.test(
    error.message,
  );
}
