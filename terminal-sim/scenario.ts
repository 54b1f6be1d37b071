import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { Day } from './day.js';
import { readDay } from './read-day.js';
import {
  number,
  objectOf,
  readJson,
  ScenarioError,
  textOf,
  whole,
  type Fields,
  type LocalText,
} from './scenario-fields.js';
import { mishapNames, type Habits, type Mishap, type PlannedWord } from './plan-lunch.js';

/** A lunch to be had by name. What a flag says wins over it. */
export type Scenario = {
  readonly name: string;
  readonly title: LocalText;
  readonly sales: number;
  /** Sales per second; Infinity, written `"max"`, for as fast as the service answers. */
  readonly speed: number;
  readonly terminals: number;
  readonly students: number;
  readonly habits: Habits;
  /** How far the clocks of tills and of phones are off, at most. */
  readonly clocksOff: { readonly tillSeconds: number; readonly phoneSeconds: number };
  /** What the first answers' p99 should stay below, milliseconds; null where nothing is promised. It decides nothing. */
  readonly p99Mark: number | null;
  /** A day by the campus's clock, or some hours of it; null for a lunch of so many sales. */
  readonly day: Day | null;
};

export { ScenarioError };

const thousand = 1000;
const wordNames: readonly PlannedWord['says'][] = ['confirm', 'refuse', 'nothing'];
const known = 'title sales speed terminals students mishaps salesAlone words wordMs'.split(' ');
/** A day says by itself how much is sold, where and how fast. */
const knownOfDays = 'title students mishaps salesAlone words wordMs day'.split(' ');

/** Beside the sources, also for what is compiled of them. */
const folder = [[], ['..', '..', 'terminal-sim']]
  .map((way) => path.resolve(import.meta.dirname, ...way, 'scenarios'))
  .find((candidate) => existsSync(candidate));

export function scenarioNames(): string[] {
  const files = folder === undefined ? [] : readdirSync(folder);
  return files.filter((file) => file.endsWith('.json')).map((file) => path.basename(file, '.json'));
}

/** One that ships, by its name, or a file of one's own, by its path. @throws {ScenarioError} */
export function readScenario(nameOrFile: string): Scenario {
  const isFile = nameOrFile.endsWith('.json');
  const file = isFile ? nameOrFile : path.join(folder ?? '', `${nameOrFile}.json`);
  if (!isFile && !scenarioNames().includes(nameOrFile)) {
    const names = scenarioNames().join(', ');
    throw new ScenarioError(`There is no scenario "${nameOrFile}": ${names}, or a .json file.`);
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(`The scenario cannot be read: ${(error as Error).message}`);
  }
  return parseScenario(path.basename(file, '.json'), text);
}

/** @throws {ScenarioError} naming what is wrong */
export function parseScenario(name: string, text: string): Scenario {
  const fields = objectOf(name, readJson(name, text));
  const isDay = fields['day'] !== undefined;
  const own = [...(isDay ? knownOfDays : known), 'clocksOff', 'p99Mark'];
  const strange = Object.keys(fields).filter((key) => !own.includes(key));
  if (strange.length > 0) throw new ScenarioError(`${name}: nobody knows ${strange.join(', ')}.`);
  const at = (field: string) => `${name}: ${field}`;
  const { speed, title, mishaps, words, wordMs, p99Mark } = fields;
  const { least, most } = objectOf(at('wordMs'), wordMs);
  const fastest = whole(at('wordMs.least'), least, 0, 60_000);
  return {
    name,
    title: textOf(at('title'), title),
    ...(isDay ? sizeOfDay : sizeOf(at, fields, speed)),
    students: whole(at('students'), fields['students'], 1, 10_000_000),
    habits: {
      mishaps: sharesOf<Mishap>(at('mishaps'), mishaps, mishapNames),
      salesAlone: whole(at('salesAlone'), fields['salesAlone'], 1, 1_000),
      words: wordsOf(at('words'), words),
      wordMs: { least: fastest, most: whole(at('wordMs.most'), most, fastest, 60_000) },
    },
    p99Mark: p99Mark === undefined ? null : whole(at('p99Mark'), p99Mark, 1, 60_000),
    clocksOff: clocksOf(at('clocksOff'), fields['clocksOff']),
    day: isDay ? readDay(at('day'), fields['day']) : null,
  };
}

/** As many sales as the day brings; its places say how many terminals. */
const sizeOfDay = { sales: 1, speed: 1, terminals: 1 };

function sizeOf(at: (field: string) => string, fields: Fields, speed: unknown) {
  return {
    sales: whole(at('sales'), fields['sales'], 1, 10_000_000),
    speed: speed === 'max' ? Infinity : number(at('speed'), speed, 0.01, 10_000_000),
    terminals: whole(at('terminals'), fields['terminals'], 1, 200),
  };
}

function clocksOf(where: string, value: unknown): Scenario['clocksOff'] {
  if (value === undefined) return { tillSeconds: 0, phoneSeconds: 0 };
  const { tillSeconds, phoneSeconds } = objectOf(where, value);
  return {
    tillSeconds: whole(`${where}.tillSeconds`, tillSeconds, 0, 86_400),
    // A code lives for its own step and one on each side.
    phoneSeconds: whole(`${where}.phoneSeconds`, phoneSeconds, 0, 25),
  };
}

/** Thousandths, together at most all of them. */
function sharesOf<Name extends string>(
  where: string,
  value: unknown,
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const shares = objectOf(where, value);
  for (const [key, share] of Object.entries(shares)) {
    if (!names.some((name) => name === key)) {
      throw new ScenarioError(`${where}: nobody knows ${key}; there are ${names.join(', ')}.`);
    }
    whole(`${where}.${key}`, share, 0, thousand);
  }
  const sum = Object.values(shares as Record<string, number>).reduce((all, one) => all + one, 0);
  if (sum > thousand) throw new ScenarioError(`${where}: they are thousandths, and sum to ${sum}.`);
  return shares as Partial<Record<Name, number>>;
}

function wordsOf(where: string, value: unknown): Habits['words'] {
  const shares = sharesOf(where, value, wordNames);
  const { confirm = 0, refuse = 0, nothing = 0 } = shares;
  if (confirm + refuse + nothing === 0) throw new ScenarioError(`${where}: there are none.`);
  return { confirm, refuse, nothing };
}
