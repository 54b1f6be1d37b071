import { parseArgs } from 'node:util';

/** What can be measured, in the order in which it is. */
export const parts = [
  'pgbench',
  'one-commit',
  'ledger',
  'hot',
  'http',
  'noop',
  'index',
  'history',
] as const;
/** What does not fit into the short form, unless it is named. */
const longParts: readonly string[] = ['index', 'history'];
export type Part = (typeof parts)[number];

export type Arguments = {
  readonly quick: boolean;
  /** Where the figures go as JSON, beside `bench/results/`. */
  readonly json: string | undefined;
  readonly only: ReadonlySet<Part>;
  readonly cards: number;
  /** Payments of history that the long form loads. */
  readonly history: number;
  /** Seconds of one window; undefined: each part's own. */
  readonly seconds: number | undefined;
  /** How often compared parts take turns. */
  readonly rounds: number;
};

export const usage = `Measures the posting path, beside yardsticks, on a PostgreSQL of its own.

  npm run bench -- [--quick] [--json FILE] [--only PART,PART]

  --quick       within 50 seconds: fewer cards, shorter windows, no index and no history
  --json FILE   the figures, with the keys of bench/README.md; also under bench/results/
  --only PARTS  of ${parts.join(', ')}
  --cards N     cards of the campus, three purses each (50000; quick: 6000)
  --history N   payments of history in the long form (10000000)
  --seconds S   of each window
  --rounds N    how often compared parts take turns (3; quick: 1)`;

export class UsageError extends Error {}

/** @throws {UsageError} */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const { quick } = values;
  return {
    quick,
    json: values.json,
    only: partsOf(values.only, quick),
    cards: whole('cards', values.cards ?? (quick ? '6000' : '50000'), 1_000, 1_000_000),
    history: whole('history', values.history ?? '10000000', 100_000, 100_000_000),
    seconds: values.seconds === undefined ? undefined : seconds(values.seconds),
    rounds: whole('rounds', values.rounds ?? (quick ? '1' : '3'), 1, 99),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        only: { type: 'string' },
        cards: { type: 'string' },
        history: { type: 'string' },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function partsOf(only: string | undefined, quick: boolean): ReadonlySet<Part> {
  if (only === undefined)
    return new Set(parts.filter((part) => !quick || !longParts.includes(part)));
  return new Set(
    only.split(',').map((name) => {
      const part = parts.find((known) => known === name);
      if (part === undefined)
        throw new UsageError(`--only knows ${parts.join(', ')}, and not "${name}".`);
      return part;
    }),
  );
}

function whole(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new UsageError(`--${name} is a whole number from ${from} to ${to}.`);
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 60)) throw new UsageError('--seconds is above 0 and at most 60.');
  return value;
}
