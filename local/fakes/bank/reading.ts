import { jsonObject } from '../serve.js';

const MAX_AMOUNT = 1_000_000_000_000;
const NUMBER = /^[A-Za-z0-9._:-]{1,64}$/;

export type Fields<Name extends string> = Record<Name, string> & { amount: number };

/**
 * Reads a body that has exactly these text fields and, if asked for, an `amount` in integer fen.
 * Returns the first thing that is wrong as a sentence. Names that end in "Number" are identifiers.
 */
export function readFields<Name extends string>(
  body: string,
  names: readonly Name[],
  options: { amount: boolean; currency?: boolean },
): Fields<Name> | string {
  const value = jsonObject(body);
  if (!value) return 'the body is not a JSON object';
  const known = [
    ...names,
    ...(options.amount ? ['amount'] : []),
    ...(options.currency ? ['currency'] : []),
  ];
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) return `${stranger} is not a field of this request`;
  for (const name of names) {
    const text = value[name];
    if (typeof text !== 'string' || text.length === 0 || text.length > 128) {
      return `${name} must be text of 1 to 128 characters`;
    }
    if (name.endsWith('Number') && !NUMBER.test(text)) return `${name} must match ${NUMBER.source}`;
  }
  if (options.currency && (value['currency'] ?? 'CNY') !== 'CNY') return 'currency must be CNY';
  const amount = options.amount ? value['amount'] : 0;
  if (options.amount && !isAmount(amount)) return 'amount must be integer fen, 1 to 10^12';
  return value as Fields<Name>;
}

export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MAX_AMOUNT;
}
