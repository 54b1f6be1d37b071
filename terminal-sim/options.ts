import { parseArgs } from 'node:util';
import { readScenario, ScenarioError, scenarioNames, type Scenario } from './scenario.js';

export type Options = {
  readonly scenario: Scenario;
  readonly sales: number;
  /** Sales per second, Infinity for as fast as the service answers. */
  readonly speed: number;
  /** Of a day: how many times faster than life; null when the scenario says it. */
  readonly daySpeed: number | null;
  /** When tills close, though people still wait; null when they close after the last. */
  readonly secondsMost: number | null;
  readonly terminals: number;
  readonly students: number;
  readonly seed: number;
  /** Where the report goes. */
  readonly json: string | null;
  /** Where the page with its charts goes. */
  readonly report: string | null;
  /** A folder for every sale's fate, line by line. */
  readonly out: string | null;
  /** The service's address; null for the one of the data folder. */
  readonly service: string | null;
  readonly staff: string | null;
  /** Only to say what campus this needs. */
  readonly asksNeeds: boolean;
};

/** More students than the demo has ask for a campus of their own. */
export type CampusNeeds = {
  readonly students: number;
  readonly clock: 'real' | 'simulated';
};

/** Of the demo's 400, three are held by people. */
const demoStudents = 397;
const handHeld = 3;

/** Null when the campus of the data folder, or the one that was named, will do. */
export function needsOf({ service, students, scenario }: Options): CampusNeeds | null {
  const isDay = scenario.day !== null;
  if (service !== null || (students <= demoStudents && !isDay)) return null;
  return { students: students + handHeld, clock: isDay ? 'simulated' : 'real' };
}

export class UsageError extends Error {}

export const usage = `Runs a lunch with simulated terminals and students against the service, then judges the books.

  npm run sim -- [--scenario NAME|FILE.json] [--sales 500|--seconds N] [--speed 20|max] [--terminals 12]
                 [--students 300] [--seed N] [--json FILE] [--report FILE.html] [--out DIR] [--service URL --staff FILE]

  --scenario   ${scenarioNames().join(', ')}, or a file of your own; what other flags say wins over it
  --sales      how many people pay
  --seconds    how long, instead of how many; the more students come, the longer it takes
  --speed      sales per second; max: as fast as the service answers
  --terminals  in canteens, a gym and a dorm
  --students   each with a phone that computes its own codes
  --seed       the same seed gives the same lunch: who, where, how much, and what goes wrong
  --json       writes the report as JSON
  --report     writes it as one HTML page with charts, in Chinese and English
  --out        writes what each terminal saw of each sale into this folder (fates.jsonl)
  --service    another service than the one of this data folder; then --staff FILE names a file with
               {"members":[{"name","password","totpSecret"}]} of an administrator there

Exit code: 0 when every check holds, 1 when one fails, 2 when the lunch could not take place.`;

/** null when help was asked for. @throws {UsageError} */
export function readOptions(args: readonly string[]): Options | null {
  const values = parse(args);
  if (values.help === true) return null;
  const scenario = scenarioOf(values.scenario ?? 'lunch');
  if (scenario.day !== null && (values.sales ?? values.seconds ?? values.terminals) !== undefined) {
    throw new UsageError(
      'A day says by itself how much is sold where: only --students and --speed.',
    );
  }
  const isDay = scenario.day !== null;
  const speed = (isDay ? undefined : speedOf(values.speed)) ?? scenario.speed;
  const sales = salesOf(values, scenario, speed);
  const { terminals } = scenario;
  // Longer or shorter than the scenario is, by time, everybody still comes as often.
  const part = values.seconds === undefined ? 1 : sales / scenario.sales;
  const students = Math.ceil(scenario.students * part);
  return {
    scenario,
    sales,
    speed,
    daySpeed: scenario.day === null ? null : daySpeedOf(values.speed),
    secondsMost: values.seconds === undefined ? null : Number(values.seconds) * patience,
    terminals: whole('terminals', values.terminals ?? String(terminals), 1, 200),
    students: whole('students', values.students ?? String(students), 1),
    seed: whole('seed', values.seed ?? String(randomSeed()), 0, 0xffff_ffff),
    json: values.json ?? null,
    report: values.report ?? null,
    out: values.out ?? null,
    service: values.service?.replace(/\/$/, '') ?? null,
    staff: values.staff ?? null,
    asksNeeds: values.needs === true,
  };
}

function salesOf(
  { sales, seconds }: { sales?: string | undefined; seconds?: string | undefined },
  scenario: Scenario,
  speed: number,
): number {
  if (seconds === undefined) return whole('sales', sales ?? String(scenario.sales), 1);
  if (sales !== undefined) throw new UsageError('Either --sales or --seconds, not both.');
  if (speed === Infinity) throw new UsageError('--seconds needs a speed that is a number.');
  return Math.max(1, Math.round(number('seconds', seconds, 1, 86_400) * speed));
}

function scenarioOf(name: string): Scenario {
  try {
    return readScenario(name);
  } catch (error) {
    throw error instanceof ScenarioError ? new UsageError(error.message) : error;
  }
}

/** A slow machine takes longer for as many sales; it gets a quarter more time. */
const patience = 1.25;

/** As `60` or `60x`. */
function daySpeedOf(value: string | undefined): number | null {
  return value === undefined ? null : number('speed', value.replace(/x$/, ''), 1, 120);
}

function speedOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  return value === 'max' ? Infinity : number('speed', value, 0.01);
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        sales: text,
        seconds: text,
        needs: { type: 'boolean' },
        speed: text,
        terminals: text,
        students: text,
        seed: text,
        scenario: text,
        json: text,
        report: text,
        out: text,
        service: text,
        staff: text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, value: string, least: number, most = 10_000_000): number {
  const found = number(name, value, least, most);
  if (!Number.isInteger(found)) throw new UsageError(`--${name} must be a whole number.`);
  return found;
}

function number(name: string, value: string, least: number, most = 10_000_000): number {
  const found = value.trim() === '' ? NaN : Number(value);
  if (Number.isFinite(found) && found >= least && found <= most) return found;
  throw new UsageError(`--${name} must be a number from ${least} to ${most}, not "${value}".`);
}

const randomSeed = () => Math.floor(Math.random() * 0x7fff_ffff);
