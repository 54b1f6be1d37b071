import type { Fate, Outcome } from './fates.js';
import { percentile } from './latency.js';
import type { OwnLag } from './own-lag.js';
import type { Mishap } from './plan-lunch.js';

export type Tally = Readonly<Record<Outcome, number>> & {
  readonly sales: number;
  /** Of declines and refusals. */
  readonly byReason: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  /** Of the sales during which this program itself never stood still; null where nobody watched. */
  readonly quiet: { readonly sales: number; readonly p99Ms: number | null } | null;
  /** Sales that waited for a word, and how long they took to their end. */
  readonly asked: number;
  /** Of these, whose student would have said yes, and was too late: one PIN is checked after the other. */
  readonly lateWords: number;
  readonly p50WordMs: number | null;
  readonly p99WordMs: number | null;
};

/** These lines were disturbed on purpose, so that their waiting says nothing about the service. */
const disturbed: readonly (Mishap | null)[] = [
  'answer-lost',
  'line-cut',
  'line-dead',
  'line-slow',
  'till-killed',
  'till-restored',
  'device-dead',
];

/** @param lag tells which answers this program may have looked at too late */
export function tally(fates: readonly Fate[], lag: OwnLag | null = null): Tally {
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
  const finalMillis: number[] = [];
  const quiet: number[] = [];
  for (const fate of fates) {
    outcomes[fate.outcome] += 1;
    byKind[fate.kind] = (byKind[fate.kind] ?? 0) + 1;
    if ((fate.outcome === 'declined' || fate.outcome === 'refused') && fate.reason !== null) {
      byReason[fate.reason] = (byReason[fate.reason] ?? 0) + 1;
    }
    if (disturbed.includes(fate.mishap)) continue;
    if (fate.millis !== null) {
      millis.push(fate.millis);
      if (lag?.disturbed(fate.beganAt, fate.beganAt + fate.millis) === false)
        quiet.push(fate.millis);
    }
    if (fate.finalMillis !== null) finalMillis.push(fate.finalMillis);
  }
  return {
    ...outcomes,
    sales: fates.length,
    byReason,
    byKind,
    p50Ms: percentile(millis, 0.5),
    p99Ms: percentile(millis, 0.99),
    p999Ms: percentile(millis, 0.999),
    quiet: lag === null ? null : { sales: quiet.length, p99Ms: percentile(quiet, 0.99) },
    asked: fates.filter(({ asked }) => asked !== null).length,
    lateWords: fates.filter(
      ({ word, reason }) => word === 'confirm' && reason === 'confirmation_expired',
    ).length,
    p50WordMs: percentile(finalMillis, 0.5),
    p99WordMs: percentile(finalMillis, 0.99),
  };
}
