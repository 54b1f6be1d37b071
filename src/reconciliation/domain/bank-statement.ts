import { CsvError, parse } from 'csv-parse/sync';
import type { FieldError } from '../../platform/errors/problem.js';

export type StatementLine = {
  /** As an editor counts: the header is line 1. */
  readonly line: number;
  readonly reference: string;
  /** As the bank sees our account: money in, money out. */
  readonly direction: 'in' | 'out';
  /** Fen, above zero. */
  readonly amount: bigint;
  /** Of our account after this line, fen. */
  readonly balance: bigint;
};

export type ReadStatement =
  | { readonly outcome: 'read'; readonly lines: readonly StatementLine[] }
  | { readonly outcome: 'malformed'; readonly errors: readonly FieldError[] }
  | { readonly outcome: 'does_not_add_up'; readonly errors: readonly FieldError[] };

const header = 'date,reference,direction,amount,balance';
const errorsMax = 20;
const amountMax = 10n ** 12n;

type Record = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

const errorAt = (line: number, message: string): FieldError => ({
  pointer: '/csv',
  message: `Line ${line}: ${message}`,
});

/** What is wrong with a line, or nothing. */
function faultOf(fields: readonly string[], day: string): string | undefined {
  const [date, reference = '', direction, amount = '', balance = ''] = fields;
  if (fields.length !== 5) return `has ${fields.length} fields instead of 5`;
  if (date !== day) return `is of ${date}, not of ${day}`;
  if (!/^[\x21-\x7e]{1,64}$/.test(reference))
    return 'reference must be 1 to 64 visible ASCII characters';
  if (direction !== 'in' && direction !== 'out') return 'direction must be in or out';
  if (!/^[1-9]\d{0,12}$/.test(amount) || BigInt(amount) > amountMax)
    return 'amount must be a whole number of fen from 1 to 1000000000000';
  if (!/^(0|-?[1-9]\d{0,14})$/.test(balance)) return 'balance must be a whole number of fen';
  return undefined;
}

function toLine({ record, info }: Record): StatementLine {
  const [, reference = '', direction, amount = '', balance = ''] = record;
  return {
    line: info.lines,
    reference,
    direction: direction === 'in' ? 'in' : 'out',
    amount: BigInt(amount),
    balance: BigInt(balance),
  };
}

function recordsOf(csv: string): Record[] | FieldError {
  try {
    return parse(csv, { bom: true, info: true, relax_column_count: true }) as unknown as Record[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return errorAt(Number(error['lines'] ?? 1), error.message);
  }
}

/** Each balance follows from the one above it: so a line that was lost, doubled or changed is seen. */
function brokenLinksOf(lines: readonly StatementLine[]): FieldError[] {
  return lines.flatMap(({ line, direction, amount, balance }, index) => {
    const above = lines[index - 1];
    if (above === undefined) return [];
    const expected = above.balance + (direction === 'in' ? amount : -amount);
    return balance === expected
      ? []
      : [errorAt(line, `balance is ${balance}, but ${expected} follows from the line above`)];
  });
}

/** Reads one day of the bank's CSV (RFC 4180). Nothing is guessed: the first doubt refuses the file. */
export function readStatement(csv: string, day: string): ReadStatement {
  const records = recordsOf(csv);
  if (!Array.isArray(records)) return { outcome: 'malformed', errors: [records] };
  const [first, ...rest] = records;
  if (first?.record.join(',') !== header)
    return { outcome: 'malformed', errors: [errorAt(1, `the header must be ${header}`)] };
  const faults = rest.flatMap(({ record, info }) => {
    const fault = faultOf(record, day);
    return fault === undefined ? [] : [errorAt(info.lines, fault)];
  });
  if (faults.length > 0) return { outcome: 'malformed', errors: faults.slice(0, errorsMax) };
  const lines = rest.map(toLine);
  const broken = brokenLinksOf(lines);
  if (broken.length > 0) return { outcome: 'does_not_add_up', errors: broken.slice(0, errorsMax) };
  return { outcome: 'read', lines };
}
