import type { LocalText } from './scenario-fields.js';
import type { TerminalKind } from './terminal-words.js';

/** What a day knows places by: gates count who is inside, devices count what they give. */
export const placeKinds = [
  'canteen',
  'gym',
  'dorm',
  'gate',
  'shower',
  'washer',
  'charger',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

const devices: readonly PlaceKind[] = ['shower', 'washer', 'charger'];
export const isDevice = (kind: PlaceKind): boolean => devices.includes(kind);

/** As the protocol calls it. */
export const terminalKindOf = (kind: PlaceKind): TerminalKind =>
  isDevice(kind) ? 'dorm' : kind === 'gate' ? 'gym' : (kind as TerminalKind);

/** Seconds since the campus's midnight. */
export type Hours = { readonly from: number; readonly until: number };

/** How every place of a kind is run. */
export type PlaceWays = {
  /** At a gate: lanes that let people in; as many again let them out. */
  readonly tills: number;
  readonly opens: readonly Hours[];
  /** From the moment it is somebody's turn to the code on the phone, in seconds; at a device how long it is used. */
  readonly serviceSeconds: { readonly least: number; readonly most: number };
  /** Nobody joins more people than this before each till. */
  readonly queueMost: number;
};

/** What brings students to places of a kind, and when. */
export type Outing = {
  readonly name: LocalText;
  readonly kind: PlaceKind;
  /** How many of a thousand students come. */
  readonly share: number;
  /** The middle of their times, seconds since midnight, and how far most of them are from it. */
  readonly at: number;
  readonly spreadSeconds: number;
  /** Fen; null where the place's tariff decides. */
  readonly amount: { readonly least: number; readonly most: number } | null;
  /** How long people stay behind a gate; null elsewhere. */
  readonly staySeconds: { readonly least: number; readonly most: number } | null;
};

export type Day = {
  /** The campus's clock at the beginning and the end. */
  readonly hours: Hours;
  /** How many times faster than life. */
  readonly speed: number;
  readonly places: Partial<Readonly<Record<PlaceKind, PlaceWays>>>;
  readonly outings: readonly Outing[];
};

/** Some place of the campus, by the number that the plan calls it. */
export type DayPlace = { readonly kind: PlaceKind };

export const clockText = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
