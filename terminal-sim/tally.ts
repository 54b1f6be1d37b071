import type { Fate, Outcome } from './fates.js';
import { percentile } from './latency.js';
import type { Mishap } from './plan-lunch.js';

export type Tally = Readonly<Record<Outcome, number>> & {
  readonly sales: number;
  /** Of declines and refusals. */
  readonly byReason: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
};

/** These lines were disturbed on purpose, so that their waiting says nothing about the service. */
const disturbed: readonly (Mishap | null)[] = ['answer-lost', 'line-cut', 'line-dead'];

export function tally(fates: readonly Fate[]): Tally {
  const outcomes: Record<Outcome, number> = {
    approved: 0,
    declined: 0,
    refused: 0,
    reversed: 0,
    pending: 0,
    unknown: 0,
  };
  const byReason: Record<string, number> = {};
  const byKind: Record<string, number> = {};
  const millis: number[] = [];
  for (const fate of fates) {
    outcomes[fate.outcome] += 1;
    byKind[fate.kind] = (byKind[fate.kind] ?? 0) + 1;
    if ((fate.outcome === 'declined' || fate.outcome === 'refused') && fate.reason !== null) {
      byReason[fate.reason] = (byReason[fate.reason] ?? 0) + 1;
    }
    if (fate.millis !== null && !disturbed.includes(fate.mishap)) millis.push(fate.millis);
  }
  return {
    ...outcomes,
    sales: fates.length,
    byReason,
    byKind,
    p50Ms: percentile(millis, 0.5),
    p99Ms: percentile(millis, 0.99),
  };
}
