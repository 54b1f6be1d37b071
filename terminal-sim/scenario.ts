import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { mishapNames, type Habits, type Mishap, type PlannedWord } from './plan-lunch.js';

/** A lunch to be had by name. What a flag says wins over it. */
export type Scenario = {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly sales: number;
  /** Sales per second; Infinity, written `"max"`, for as fast as the service answers. */
  readonly speed: number;
  readonly terminals: number;
  readonly students: number;
  readonly habits: Habits;
};

export class ScenarioError extends Error {}

const thousand = 1000;
const wordNames: readonly PlannedWord['says'][] = ['confirm', 'refuse', 'nothing'];
const known = 'title sales speed terminals students mishaps salesAlone words wordMs'.split(' ');

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
  const strange = Object.keys(fields).filter((key) => !known.includes(key));
  if (strange.length > 0) throw new ScenarioError(`${name}: nobody knows ${strange.join(', ')}.`);
  const at = (field: string) => `${name}: ${field}`;
  const { speed, title, mishaps, words, wordMs } = fields;
  const { zh, en } = objectOf(at('title'), title);
  if (typeof zh !== 'string' || typeof en !== 'string') {
    throw new ScenarioError(`${at('title')} needs zh and en.`);
  }
  const { least, most } = objectOf(at('wordMs'), wordMs);
  const fastest = whole(at('wordMs.least'), least, 0, 60_000);
  return {
    name,
    title: { zh, en },
    sales: whole(at('sales'), fields['sales'], 1, 10_000_000),
    speed: speed === 'max' ? Infinity : number(at('speed'), speed, 0.01, 10_000_000),
    terminals: whole(at('terminals'), fields['terminals'], 1, 200),
    students: whole(at('students'), fields['students'], 1, 10_000_000),
    habits: {
      mishaps: sharesOf<Mishap>(at('mishaps'), mishaps, mishapNames),
      salesAlone: whole(at('salesAlone'), fields['salesAlone'], 1, 1_000),
      words: wordsOf(at('words'), words),
      wordMs: { least: fastest, most: whole(at('wordMs.most'), most, fastest, 60_000) },
    },
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

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(`${name} is not JSON: ${(error as Error).message}`);
  }
}

function objectOf(where: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new ScenarioError(`${where} must be an object.`);
}

function whole(where: string, value: unknown, least: number, most: number): number {
  const found = number(where, value, least, most);
  if (!Number.isInteger(found)) throw new ScenarioError(`${where} must be a whole number.`);
  return found;
}

function number(where: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new ScenarioError(`${where} must be a number from ${least} to ${most}.`);
}
