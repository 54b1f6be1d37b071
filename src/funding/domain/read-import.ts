import { CsvError, parse } from 'csv-parse/sync';
import { parseYuan } from '../../money/amount.js';
import { Refusal } from '../../platform/errors/problem.js';
import { fundingProblems } from '../funding.errors.js';

/** Larger campuses send several files. */
export const linesMax = 10_000;

/** The most that one line pays, ¥10,000: a slip of the decimal point is found before it is paid. */
export const lineAmountMax = 1_000_000n;

export const lineProblems = [
  'malformed_line',
  'amount_malformed',
  'amount_not_positive',
  'amount_too_large',
  'card_unknown',
  'card_closed',
  'card_twice',
  'name_differs',
] as const;
export type LineProblem = (typeof lineProblems)[number];

export type ImportLine = {
  /** The header is line 1. */
  readonly line: number;
  readonly cardNumber: string;
  readonly name: string;
  /** Fen. */
  readonly amount: bigint;
};

export type WrongLine = {
  readonly line: number;
  readonly cardNumber: string;
  readonly problem: LineProblem;
};

export type ReadImport = { readonly lines: ImportLine[]; readonly wrong: WrongLine[] };

const header = ['card_number', 'name', 'amount'];

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

function parseCsv(csv: string): Parsed[] {
  try {
    return parse(csv, {
      bom: true,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      trim: true,
      to: linesMax + 2,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const detail = `The CSV is broken: ${error.message}`.slice(0, 300);
    throw new Refusal(fundingProblems, 'import_not_readable', { detail });
  }
}

function readAmount(text: string): bigint | LineProblem {
  let amount: bigint;
  try {
    amount = parseYuan(text);
  } catch {
    return 'amount_malformed';
  }
  if (amount <= 0n) return 'amount_not_positive';
  return amount > lineAmountMax ? 'amount_too_large' : amount;
}

/**
 * Reads `card_number,name,amount`, the amount in yuan with at most two decimals, read exactly.
 * @throws {Refusal} import_not_readable when this is no such file at all; single wrong lines are
 * reported instead.
 */
export function readImport(csv: string): ReadImport {
  const [first, ...rest] = parseCsv(csv);
  if (first?.record.join() !== header.join() || rest.length === 0 || rest.length > linesMax)
    throw new Refusal(fundingProblems, 'import_not_readable');
  const lines: ImportLine[] = [];
  const wrong: WrongLine[] = [];
  const seen = new Set<string>();
  for (const { record, info } of rest) {
    const [cardNumber = '', name = '', amountText = ''] = record;
    const refuse = (problem: LineProblem): number =>
      wrong.push({ line: info.lines, cardNumber: cardNumber.slice(0, 32), problem });
    const amount = readAmount(amountText);
    if (record.length !== header.length || !/^\d{6,20}$/.test(cardNumber)) refuse('malformed_line');
    else if (typeof amount === 'string') refuse(amount);
    else if (seen.has(cardNumber)) refuse('card_twice');
    else lines.push({ line: info.lines, cardNumber, name, amount });
    seen.add(cardNumber);
  }
  return { lines, wrong };
}

export type KnownCard = {
  readonly card: bigint;
  readonly cardholder: bigint;
  readonly status: string;
  readonly name: string;
};

/** Whether a line means this card: the name guards against a number that slipped by one row. */
export function lineProblemOf(
  { name }: ImportLine,
  known: KnownCard | undefined,
): LineProblem | undefined {
  if (known === undefined) return 'card_unknown';
  if (known.status === 'closed') return 'card_closed';
  return known.name.trim().normalize('NFC') === name.normalize('NFC') ? undefined : 'name_differs';
}
