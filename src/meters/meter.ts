import type { LocalName } from '../places/place.js';

export const meterKinds = ['electricity', 'water'] as const;
export type MeterKind = (typeof meterKinds)[number];

/** What a meter counts in: whole watt-hours, whole liters. */
export const unitOf = (kind: MeterKind): 'wh' | 'liter' =>
  kind === 'electricity' ? 'wh' : 'liter';

/** So much for so many units: 55 fen for 1,000 watt-hours. Integers both, so that nothing is ever rounded twice. */
export type UnitPrice = { readonly price: bigint; readonly per: bigint };

export type Meter = UnitPrice & {
  readonly id: bigint;
  readonly kind: MeterKind;
  /** Sells its credit; terminals of this place bring its readings. */
  readonly place: bigint;
  /** The number on the device. */
  readonly device: bigint;
  /** Without a network it takes tickets and counts down by itself. */
  readonly networked: boolean;
  readonly dailyMost: bigint;
  readonly warnBelow: bigint;
  /** Fen; below zero when more was used than paid for. */
  readonly credit: bigint;
  readonly reading: bigint;
  readonly readAt: Date;
};

export type Room = {
  readonly id: bigint;
  readonly building: string;
  readonly number: string;
  readonly meters: readonly Meter[];
};

export const readingOutcomes = [
  'taken',
  'known',
  'differs',
  'older',
  'early',
  'falls',
  'unlikely',
  'unknown',
] as const;
export type ReadingOutcome = (typeof readingOutcomes)[number];

export const kindNames: Readonly<Record<MeterKind, LocalName>> = {
  electricity: { zh: '电费', en: 'electricity' },
  water: { zh: '水费', en: 'water' },
};
