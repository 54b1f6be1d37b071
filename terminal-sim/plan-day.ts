import {
  isDevice,
  terminalKindOf,
  type Day,
  type DayPlace,
  type Outing,
  type PlaceKind,
  type PlaceWays,
} from './day.js';
import type { DaySale } from './day-sale.js';
import { Dice } from './dice.js';
import { letDevicesDie } from './plan-devices.js';
import { leavesBy, planExits } from './plan-exits.js';
import { mishapOf, usesOf, wordOf, type Habits, type PlannedSale } from './plan-lunch.js';

/** How a place fared, as planned. Times in seconds. */
export type PlaceDay = {
  readonly place: number;
  readonly served: number;
  /** Who saw too many people before them, or found it closed, and went elsewhere or home. */
  readonly drivenAway: number;
  readonly foundClosed: number;
  readonly queueMost: number;
  readonly waitMost: number;
  readonly waitMean: number;
  /** How many waited, at the end of each quarter of an hour. */
  readonly queues: readonly number[];
};

export type DayPlan = {
  readonly sales: readonly DaySale[];
  readonly places: readonly PlaceDay[];
  /** Students who came somewhere and went home without. */
  readonly wentHome: number;
};

export type DaySize = {
  readonly day: Day;
  readonly places: readonly DayPlace[];
  readonly students: number;
  readonly seed: number;
  readonly habits: Habits;
};

/** Everything about one student that does not change within a day. */
export type StudentHabits = {
  /** 0 to 1: which of the places of a kind is the favorite. */
  readonly favorite: number;
  /** Of what a plate costs. */
  readonly appetite: number;
  /** How many people before a till are too many, as a part of what the place's people bear. */
  readonly patience: number;
  /** How much earlier or later than others this one is, seconds. */
  readonly habitSeconds: number;
};

/** One generator for each actor: what one student draws changes nothing for another. */
export const diceOf = (seed: number, actor: number): Dice =>
  new Dice((Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(actor + 1, 0xc2b2ae35)) >>> 0);

export function drawHabits(dice: Dice): StudentHabits {
  return {
    favorite: dice.throw(),
    appetite: dice.between(80, 125) / 100,
    patience: dice.between(50, 100) / 100,
    habitSeconds: dice.between(-900, 900),
  };
}

/**
 * A day on campus: students come out of habit, wait where there is a queue, leave where it is too long, and pay. All of it
 * follows from the seed alone, so that a day can be had again, however fast the service answers.
 */
export function planDay({ day, places, students, seed, habits }: DaySize): DayPlan {
  const wishes = Array.from({ length: students }, (_, student) =>
    wishesOf(student, diceOf(seed, student), { day, habits }),
  ).flat();
  wishes.sort((a, b) => a.at - b.at || a.student - b.student);
  const counters = places.map(({ kind }) => new Counter(day, day.places[kind]));
  const sales: DaySale[] = [];
  let wentHome = 0;
  for (const wish of wishes) {
    const { turn, place } = firstTurn(wish, places, counters);
    if (turn === undefined) {
      wentHome += 1;
      continue;
    }
    const { at: cameAt, kind, student, amount, uses, mishap, word } = wish;
    const dueAt = (turn.paysAt - day.hours.from) * 1000;
    sales.push({
      index: 0,
      kind: terminalKindOf(kind),
      student,
      amount,
      uses,
      mishap,
      word,
      dueAt,
      place,
      till: turn.till,
      cameAt,
      turnAt: turn.at,
      useSeconds: turn.useSeconds,
      passage: passageOf(wish, turn.paysAt, day),
    });
  }
  const ways = places.map(({ kind }) => day.places[kind]);
  sales.push(...planExits(sales, (place) => ways[place], day.hours.from));
  sales.sort((a, b) => a.dueAt - b.dueAt || a.student - b.student);
  return {
    sales: letDevicesDie(sales, places).map((sale, index) => ({ ...sale, index })),
    places: counters.map((counter, place) => ({ place, ...counter.summary() })),
    wentHome,
  };
}

function passageOf({ kind, stay }: Wish, enteredAt: number, day: Day): DaySale['passage'] {
  if (stay === null) return null;
  const latest = leavesBy(day.places[kind]?.opens ?? [], enteredAt, stay.part);
  const staysUntil = Math.max(enteredAt + 60, Math.min(enteredAt + stay.seconds, latest));
  return { direction: 'entry', staysUntil };
}

type Wish = Pick<PlannedSale, 'student' | 'amount' | 'uses' | 'mishap' | 'word'> & {
  readonly kind: PlaceKind;
  readonly at: number;
  /** Behind a gate: how long, and how soon among the last to leave. */
  readonly stay: { readonly seconds: number; readonly part: number } | null;
  readonly favorite: number;
  readonly patience: number;
  readonly serviceShare: number;
};

function wishesOf(
  student: number,
  dice: Dice,
  { day, habits }: { day: Day; habits: Habits },
): Wish[] {
  const own = drawHabits(dice);
  return day.outings.flatMap((outing) => {
    // Drawn whether or not the student goes: another share of one outing leaves the others as they were.
    const goes = dice.between(1, 1000) <= outing.share;
    const at = timeOf(outing, own, dice);
    const amount = amountOf(outing, own, dice);
    const [mishap, word] = [mishapOf(habits, dice), wordOf(habits, dice)];
    const uses = usesOf(dice);
    const serviceShare = dice.throw();
    const stay = outing.staySeconds === null ? null : stayOf(outing.staySeconds, dice);
    if (!goes || at < day.hours.from || at >= day.hours.until) return [];
    const { favorite, patience } = own;
    const { kind } = outing;
    const used = terminalKindOf(kind) === 'dorm' ? uses : [];
    const what = { kind, student, amount, uses: used, mishap, word };
    return [{ ...what, at, favorite, patience, serviceShare, stay }];
  });
}

const stayOf = ({ least, most }: { least: number; most: number }, dice: Dice) => ({
  seconds: dice.between(least, most),
  part: dice.throw(),
});

/** Three throws lie around their middle as people do. */
function timeOf({ at, spreadSeconds }: Outing, { habitSeconds }: StudentHabits, dice: Dice) {
  const around = dice.throw() + dice.throw() + dice.throw() - 1.5;
  return Math.round(at + habitSeconds + around * 2 * spreadSeconds);
}

function amountOf({ amount }: Outing, { appetite }: StudentHabits, dice: Dice): number | null {
  const throwed = dice.throw();
  if (amount === null) return null;
  const plain = amount.least + throwed * (amount.most - amount.least);
  return Math.max(1, Math.round((plain * appetite) / 10) * 10);
}

/** At the favorite first, then at the others of its kind in turn; undefined when it is nobody's turn anywhere. */
function firstTurn(wish: Wish, places: readonly DayPlace[], counters: readonly Counter[]) {
  const own = places.flatMap(({ kind }, place) => (kind === wish.kind ? [place] : []));
  const first = Math.floor(wish.favorite * own.length);
  for (let tried = 0; tried < Math.min(2, own.length); tried += 1) {
    const place = own[(first + tried) % own.length] ?? 0;
    const turn = counters[place]?.join(wish);
    if (turn !== undefined) return { turn, place };
  }
  return { turn: undefined, place: -1 };
}

const quarterSeconds = 900;
/** From somebody's turn at a device to the code on the phone. */
const codeSeconds = 10;

type Turn = {
  readonly till: number;
  readonly at: number;
  readonly paysAt: number;
  readonly useSeconds: number | null;
};

type Wait = { readonly cameAt: number; readonly turnAt: number };

/** The tills of one place and who stands before them. */
class Counter {
  private readonly freeAt: number[];
  private readonly waits: Wait[] = [];
  private drivenAway = 0;
  private foundClosed = 0;
  private queueMost = 0;

  constructor(
    private readonly day: Day,
    private readonly ways: PlaceWays | undefined,
  ) {
    this.freeAt = Array<number>(ways?.tills ?? 0).fill(day.hours.from);
  }

  join({ at, kind, patience, serviceShare }: Wish): Turn | undefined {
    const { ways } = this;
    if (!ways?.opens.some(({ from, until }) => at >= from && at < until)) {
      this.foundClosed += 1;
      return undefined;
    }
    const before = this.waitingAt(at);
    if (before >= ways.queueMost * ways.tills * patience) {
      this.drivenAway += 1;
      return undefined;
    }
    const till = this.freeAt.indexOf(Math.min(...this.freeAt));
    const turnAt = Math.max(at, this.freeAt[till] ?? at);
    const { least, most } = ways.serviceSeconds;
    const taken = least + serviceShare * (most - least);
    // At a device the code comes first, and the next one waits until it has run.
    const useSeconds = isDevice(kind) ? Math.round(taken) : null;
    const paysAt = useSeconds === null ? turnAt + taken : turnAt + codeSeconds;
    this.freeAt[till] = paysAt + (useSeconds ?? 0);
    this.waits.push({ cameAt: at, turnAt });
    this.queueMost = Math.max(this.queueMost, this.waitingAt(at));
    return { till, at: turnAt, paysAt, useSeconds };
  }

  summary(): Omit<PlaceDay, 'place'> {
    const waits = this.waits.map(({ cameAt, turnAt }) => turnAt - cameAt);
    const sum = waits.reduce((all, one) => all + one, 0);
    const { from, until } = this.day.hours;
    const quarters = Math.max(0, Math.floor((until - from) / quarterSeconds));
    return {
      served: waits.length,
      drivenAway: this.drivenAway,
      foundClosed: this.foundClosed,
      queueMost: this.queueMost,
      waitMost: Math.round(waits.reduce((most, one) => Math.max(most, one), 0)),
      waitMean: waits.length === 0 ? 0 : Math.round(sum / waits.length),
      queues: Array.from({ length: quarters }, (_, at) =>
        this.waitingAt(from + (at + 1) * quarterSeconds),
      ),
    };
  }

  /** Who had come by then, less whose turn it had been. */
  private waitingAt(at: number): number {
    const came = this.firstAfter(at, ({ cameAt }) => cameAt);
    return (
      came -
      Math.min(
        came,
        this.firstAfter(at, ({ turnAt }) => turnAt),
      )
    );
  }

  /** They stand in the order in which they came, which is that of their turns as well. */
  private firstAfter(at: number, of: (wait: Wait) => number): number {
    let [low, high] = [0, this.waits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const wait = this.waits[middle];
      if (wait !== undefined && of(wait) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
