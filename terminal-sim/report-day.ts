import type { Hours } from './day.js';
import type { DeviceUse } from './device-uses.js';
import { percentile } from './latency.js';
import type { Passage } from './passages.js';
import type { DayPlan, PlaceDay } from './plan-day.js';
import { describeCampus, devicesForReport, gatesForReport } from './report-campus.js';

export type DayReport = {
  readonly plan: DayPlan;
  /** Of the places, by the plan's number. */
  readonly names: readonly string[];
  readonly hours: Hours;
  /** How much later than planned sales began, by the campus's clock: the service's and the simulator's slowness. */
  readonly lateMs: readonly number[];
  readonly passages: readonly Passage[];
  readonly uses: readonly DeviceUse[];
};

/** How the places fared, in lines for a person. */
export function describeDay({ plan, names, lateMs, passages, uses }: DayReport): string {
  const lines = plan.places.map(
    ({ place, served, queueMost, waitMean, waitMost, drivenAway, foundClosed }) =>
      `  ${names[place] ?? ''}: ${served} served, longest queue ${queueMost}, waited ${waitMean} s, ` +
      `at most ${waitMost} s; ${drivenAway} saw too many people, ${foundClosed} found it closed`,
  );
  const late = lateOf(lateMs);
  return [
    ...lines,
    ...describeCampus(passages, uses),
    `  ${plan.wentHome} went home without; sales began later than planned by p99 ${late.p99Seconds} s`,
  ].join('\n');
}

const lateOf = (lateMs: readonly number[]) => ({
  p50Seconds: Math.round((percentile(lateMs, 0.5) ?? 0) / 1000),
  p99Seconds: Math.round((percentile(lateMs, 0.99) ?? 0) / 1000),
});

export const placesForReport = ({ plan, names, lateMs, passages, uses }: DayReport) => ({
  late: lateOf(lateMs),
  places: plan.places.map(({ place, ...fared }: PlaceDay) => ({ name: names[place], ...fared })),
  wentHome: plan.wentHome,
  gates: gatesForReport(passages),
  devices: devicesForReport(uses),
});
