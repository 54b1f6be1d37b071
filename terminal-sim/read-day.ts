import {
  placeKinds,
  type Day,
  type Hours,
  type Outing,
  type PlaceKind,
  type PlaceWays,
} from './day.js';
import { objectOf, ScenarioError, textOf, whole } from './scenario-fields.js';

const daySeconds = 86_400;
/** A code lives for a minute and a half of the campus's time, and a sale takes real milliseconds. */
const speedMost = 120;

/** @throws {ScenarioError} naming what is wrong */
export function readDay(where: string, value: unknown): Day {
  const fields = only(where, value, ['from', 'until', 'speed', 'places', 'outings']);
  const { places, outings } = fields;
  const ways = Object.entries(objectOf(`${where}.places`, places)).map(
    ([kind, of]) =>
      [kindOf(`${where}.places`, kind), waysOf(`${where}.places.${kind}`, of)] as const,
  );
  if (!Array.isArray(outings) || outings.length === 0) {
    throw new ScenarioError(`${where}.outings must be a list of why students come.`);
  }
  return {
    hours: hoursOf(where, fields),
    speed: whole(`${where}.speed`, fields['speed'], 1, speedMost),
    places: Object.fromEntries(ways),
    outings: outings.map((outing, at) => outingOf(`${where}.outings.${at}`, outing)),
  };
}

function waysOf(where: string, value: unknown): PlaceWays {
  const fields = only(where, value, ['tills', 'opens', 'serviceSeconds', 'queueMost']);
  const { opens, serviceSeconds } = fields;
  if (!Array.isArray(opens)) throw new ScenarioError(`${where}.opens must be a list of hours.`);
  return {
    tills: whole(`${where}.tills`, fields['tills'], 1, 200),
    opens: opens.map((each, at) =>
      hoursOf(`${where}.opens.${at}`, only(`${where}.opens.${at}`, each, ['from', 'until'])),
    ),
    serviceSeconds: rangeOf(`${where}.serviceSeconds`, serviceSeconds, 14_400),
    queueMost: whole(`${where}.queueMost`, fields['queueMost'], 1, 10_000),
  };
}

function outingOf(where: string, value: unknown): Outing {
  const names = ['name', 'kind', 'share', 'at', 'spreadMinutes', 'amount', 'stayMinutes'];
  const fields = only(where, value, names);
  const { amount, stayMinutes } = fields;
  const kind = kindOf(`${where}.kind`, fields['kind']);
  if ((stayMinutes !== undefined) !== (kind === 'gate')) {
    throw new ScenarioError(`${where}.stayMinutes is of those who go through a gate.`);
  }
  const stay = kind === 'gate' ? rangeOf(`${where}.stayMinutes`, stayMinutes, 720) : null;
  const isPriced = amount === undefined || amount === null;
  return {
    name: textOf(`${where}.name`, fields['name']),
    kind,
    share: whole(`${where}.share`, fields['share'], 0, 1_000),
    at: clockOf(`${where}.at`, fields['at']),
    spreadSeconds: whole(`${where}.spreadMinutes`, fields['spreadMinutes'], 0, 600) * 60,
    amount: isPriced ? null : rangeOf(`${where}.amount`, amount, 1_000_000),
    staySeconds: stay === null ? null : { least: stay.least * 60, most: stay.most * 60 },
  };
}

function rangeOf(where: string, value: unknown, top: number): { least: number; most: number } {
  const fields = only(where, value, ['least', 'most']);
  const least = whole(`${where}.least`, fields['least'], 1, top);
  return { least, most: whole(`${where}.most`, fields['most'], least, top) };
}

function hoursOf(where: string, { from, until }: Record<string, unknown>): Hours {
  const hours = { from: clockOf(`${where}.from`, from), until: clockOf(`${where}.until`, until) };
  if (hours.from >= hours.until) throw new ScenarioError(`${where} ends before it begins.`);
  return hours;
}

/** `12:30`, in seconds since midnight. */
export function clockOf(where: string, value: unknown): number {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(String(value)) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  if (seconds <= daySeconds) return seconds;
  throw new ScenarioError(`${where} must be a time of the day, such as 11:30.`);
}

function kindOf(where: string, value: unknown): PlaceKind {
  const kind = placeKinds.find((one) => one === value);
  if (kind !== undefined) return kind;
  throw new ScenarioError(`${where}: there are places of the kinds ${placeKinds.join(', ')}.`);
}

function only(where: string, value: unknown, names: readonly string[]): Record<string, unknown> {
  const fields = objectOf(where, value);
  const strange = Object.keys(fields).filter((key) => !names.includes(key));
  if (strange.length === 0) return fields;
  throw new ScenarioError(`${where}: nobody knows ${strange.join(', ')}.`);
}
