import type { TerminalKind } from './terminal-words.js';
import { Dice } from './dice.js';

/** What goes wrong at a sale, as it does in a canteen. */
export const mishapNames = [
  'code-again', // the student holds up a code that has paid already
  'stale-code', // a screenshot of some minutes ago
  'foreign-code', // another scheme's code
  'misread-code', // the scanner lost digits
  'answer-lost', // the service decides, and its answer never arrives
  'line-cut', // the connection breaks just after sending
  'line-dead', // no answer arrives until the terminal gives up
  'taken-back', // the cashier undoes the sale
  'no-network', // the terminal has none for this sale and some after it, and sells by itself
  'line-slow', // request and answer take their time
  'sent-twice', // the network delivers the very bytes twice
  'copy-strays', // and once more when everybody has gone on
  'till-killed', // the power goes in the middle of a sale, and comes back
  'till-restored', // the disk is put back to what it was some sales ago
  'device-dead', // a shower loses its power for the night while somebody uses it
  'turned-back', // a gate opens, and nobody goes through
  'exit-forgotten', // somebody leaves and is not seen by the gate
  'charged-again', // the same student has just paid the same at the same till
] as const;

export type Mishap = (typeof mishapNames)[number];

/** How people and lines behave. */
export type Habits = {
  /** In thousandths of all sales. */
  readonly mishaps: Partial<Readonly<Record<Mishap, number>>>;
  /** A network that is gone comes back after this many sales of its till. */
  readonly salesAlone: number;
  /** What students say that are asked, each as often as its number says. */
  readonly words: Readonly<Record<PlannedWord['says'], number>>;
  /** How long it takes them to say it: to take up the phone, and to type six digits. */
  readonly wordMs: { readonly least: number; readonly most: number };
};

/** What whoever is asked about a sale says to it. */
export type PlannedWord = {
  readonly says: 'confirm' | 'refuse' | 'nothing';
  readonly afterMs: number;
};

export type PlannedSale = {
  readonly index: number;
  readonly kind: TerminalKind;
  /** Index of the student. */
  readonly student: number;
  /** Fen; null where the place's tariff decides. */
  readonly amount: number | null;
  /** What a metered device captures, in parts of the hold; the last one is final. */
  readonly uses: readonly number[];
  /** How long a device runs that counts while it runs; null where it says so in captures, or nothing is counted. */
  readonly useSeconds: number | null;
  readonly mishap: Mishap | null;
  /** Should anybody be asked. */
  readonly word: PlannedWord;
  /** Milliseconds after the beginning. */
  readonly dueAt: number;
};

export type LunchSize = {
  readonly sales: number;
  readonly speed: number;
  readonly students: number;
  readonly kinds: readonly TerminalKind[];
  readonly seed: number;
  readonly habits: Habits;
};

const share: Record<TerminalKind, number> = { canteen: 70, gym: 15, dorm: 15 };

/** Who pays where, when and how much, and what goes wrong: all of it decided by the seed. */
export function planLunch(size: LunchSize): PlannedSale[] {
  const dice = new Dice(size.seed);
  const weights = size.kinds.map((kind) => [kind, share[kind]] as const);
  const everyone = Array.from({ length: size.students }, (_, student) => student);
  let round: number[] = [];
  const plan: PlannedSale[] = [];
  for (let index = 0; index < size.sales; index += 1) {
    const kind = dice.weighted(weights);
    const mishap = mishapAt(index / size.sales, size.habits, dice);
    const timing = {
      word: wordAt(index / size.sales, size.habits, dice),
      dueAt: size.speed === Infinity ? 0 : (index / size.speed) * 1000,
    };
    const before = plan.at(-1);
    if (mishap === 'charged-again' && isPlainMeal(before)) {
      plan.push({ ...before, index, mishap, ...timing });
      continue;
    }
    // Everyone pays once before anyone pays again, each time in another order.
    if (round.length === 0) round = dice.shuffled(everyone);
    plan.push({
      index,
      kind,
      student: round.pop() ?? 0,
      amount: kind === 'canteen' ? dice.between(600, 2500) : null,
      uses: kind === 'dorm' ? usesOf(dice) : [],
      useSeconds: null,
      mishap: mishap === 'charged-again' ? null : mishap,
      ...timing,
    });
  }
  return plan;
}

const isPlainMeal = (sale: PlannedSale | undefined): sale is PlannedSale =>
  sale?.kind === 'canteen' && sale.mishap === null;

/** Silence takes a minute: late in a lunch, everybody would wait for the last one. */
function wordAt(part: number, habits: Habits, dice: Dice): PlannedWord {
  const { says, afterMs } = wordOf(habits, dice);
  return { says: says === 'nothing' && part > 1 / 2 ? 'refuse' : says, afterMs };
}

export function wordOf({ words, wordMs }: Habits, dice: Dice): PlannedWord {
  const says = dice.weighted([
    ['confirm', words.confirm],
    ['refuse', words.refuse],
    ['nothing', words.nothing],
  ]);
  return { says, afterMs: dice.between(wordMs.least, wordMs.most) };
}

/** A dead line takes a till away for ten seconds: late in a lunch, everybody would wait for the last one. */
function mishapAt(part: number, habits: Habits, dice: Dice): Mishap | null {
  const mishap = mishapOf(habits, dice);
  return mishap === 'line-dead' && part > 1 / 2 ? null : mishap;
}

export function mishapOf({ mishaps }: Habits, dice: Dice): Mishap | null {
  const shares = mishapNames.map((name) => [name, mishaps[name] ?? 0] as const);
  const wrong = shares.reduce((sum, [, share]) => sum + share, 0);
  const mishap = dice.weighted<Mishap | 'none'>([...shares, ['none', 1000 - wrong]]);
  return mishap === 'none' ? null : mishap;
}

/** Most use a part at one go; some stop in between, some never turn the tap on. */
export function usesOf(dice: Dice): number[] {
  const way = dice.weighted([
    ['once', 80],
    ['twice', 12],
    ['never', 8],
  ]);
  if (way === 'never') return [0];
  if (way === 'once') return [dice.between(5, 100) / 100];
  return [dice.between(5, 45) / 100, dice.between(5, 50) / 100];
}
