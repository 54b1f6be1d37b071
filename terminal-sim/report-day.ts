import type { Hours } from './day.js';
import type { DayPlan, PlaceDay } from './plan-day.js';

export type DayReport = {
  readonly plan: DayPlan;
  /** Of the places, by the plan's number. */
  readonly names: readonly string[];
  readonly hours: Hours;
};

/** How the places fared, in lines for a person. */
export function describeDay({ plan, names }: DayReport): string {
  const lines = plan.places.map(
    ({ place, served, queueMost, waitMean, waitMost, drivenAway, foundClosed }) =>
      `  ${names[place] ?? ''}: ${served} served, longest queue ${queueMost}, waited ${waitMean} s, ` +
      `at most ${waitMost} s; ${drivenAway} saw too many people, ${foundClosed} found it closed`,
  );
  return [...lines, `  ${plan.wentHome} went home without`].join('\n');
}

export const placesForReport = ({ plan, names }: DayReport) => ({
  places: plan.places.map(({ place, ...fared }: PlaceDay) => ({ name: names[place], ...fared })),
  wentHome: plan.wentHome,
});
