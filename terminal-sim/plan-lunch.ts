import type { TerminalKind } from './terminal-words.js';
import { Dice } from './dice.js';

/** What goes wrong at a sale, as it does in a canteen. */
export type Mishap =
  | 'code-again' // the student holds up a code that has paid already
  | 'stale-code' // a screenshot of some minutes ago
  | 'foreign-code' // another scheme's code
  | 'misread-code' // the scanner lost digits
  | 'answer-lost' // the service decides, and its answer never arrives
  | 'line-cut' // the connection breaks just after sending
  | 'line-dead' // no answer arrives until the terminal gives up
  | 'taken-back' // the cashier undoes the sale
  | 'no-network'; // the terminal has none for this sale and some after it, and sells by itself

export type PlannedSale = {
  readonly index: number;
  readonly kind: TerminalKind;
  /** Index of the student. */
  readonly student: number;
  /** Fen; null where the place's tariff decides. */
  readonly amount: number | null;
  /** What a metered device captures, in parts of the hold; the last one is final. */
  readonly uses: readonly number[];
  readonly mishap: Mishap | null;
  /** Milliseconds after the beginning. */
  readonly dueAt: number;
};

export type LunchSize = {
  readonly sales: number;
  readonly speed: number;
  readonly students: number;
  readonly kinds: readonly TerminalKind[];
  readonly seed: number;
};

const share: Record<TerminalKind, number> = { canteen: 70, gym: 15, dorm: 15 };

/** In thousandths of all sales. */
const mishaps: readonly (readonly [Mishap | 'none', number])[] = [
  ['code-again', 10],
  ['stale-code', 5],
  ['foreign-code', 8],
  ['misread-code', 4],
  ['answer-lost', 10],
  ['line-cut', 10],
  ['line-dead', 1],
  ['taken-back', 15],
  ['no-network', 12],
  ['none', 925],
];

/** Who pays where, when and how much, and what goes wrong: all of it decided by the seed. */
export function planLunch(size: LunchSize): PlannedSale[] {
  const dice = new Dice(size.seed);
  const weights = size.kinds.map((kind) => [kind, share[kind]] as const);
  const everyone = Array.from({ length: size.students }, (_, student) => student);
  let round: number[] = [];
  return Array.from({ length: size.sales }, (_, index) => {
    // Everyone pays once before anyone pays again, each time in another order.
    if (round.length === 0) round = dice.shuffled(everyone);
    const kind = dice.weighted(weights);
    const mishap = mishapAt(index / size.sales, dice);
    return {
      index,
      kind,
      student: round.pop() ?? 0,
      amount: kind === 'canteen' ? dice.between(600, 2500) : null,
      uses: kind === 'dorm' ? usesOf(dice) : [],
      mishap,
      dueAt: size.speed === Infinity ? 0 : (index / size.speed) * 1000,
    };
  });
}

/** A dead line takes a till away for ten seconds: late in a lunch, everybody would wait for the last one. */
function mishapAt(part: number, dice: Dice): Mishap | null {
  const mishap = dice.weighted(mishaps);
  return mishap === 'none' || (mishap === 'line-dead' && part > 1 / 2) ? null : mishap;
}

/** Most use a part at one go; some stop in between, some never turn the tap on. */
function usesOf(dice: Dice): number[] {
  const way = dice.weighted([
    ['once', 80],
    ['twice', 12],
    ['never', 8],
  ]);
  if (way === 'never') return [0];
  if (way === 'once') return [dice.between(5, 100) / 100];
  return [dice.between(5, 45) / 100, dice.between(5, 50) / 100];
}
