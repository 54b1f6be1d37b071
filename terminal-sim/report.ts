import type { Judgment } from './judge.js';
import type { Lateness } from './own-lag.js';
import { placesForReport, type DayReport } from './report-day.js';
import type { Tally } from './tally.js';

export type Report = {
  readonly scenario: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly tally: Tally;
  readonly judgment: Judgment & { readonly ledgerSum: bigint };
  readonly seed: number;
  readonly durationMs: number;
  readonly terminals: number;
  readonly students: number;
  readonly startedAt: string;
  /** Of the simulator itself. */
  readonly lateness: Lateness | null;
  /** Who had not paid when the time was over. */
  readonly sentHome: number;
  readonly p99Mark: number | null;
  readonly day: DayReport | null;
};

/** The report as JSON: counts of sales, milliseconds, fen. */
export function writeReport(report: Report): string {
  const { scenario, tally, judgment, seed, durationMs, terminals, students, startedAt } = report;
  const { approved, declined, refused, pending, reversed, unknown, ...rest } = tally;
  const { doubled, missing, ledgerSum, checks } = judgment;
  const found = {
    sales: tally.sales,
    approved,
    declined,
    refused,
    pending,
    reversed,
    unknown,
    doubled,
    missing,
    ledgerSum: Number(ledgerSum),
    p50Ms: rest.p50Ms,
    p99Ms: rest.p99Ms,
    p999Ms: rest.p999Ms,
    quiet: rest.quiet,
    lateness: report.lateness,
    sentHome: report.sentHome,
    mark: markOf(report),
    asked: rest.asked,
    lateWords: rest.lateWords,
    p50WordMs: rest.p50WordMs,
    p99WordMs: rest.p99WordMs,
    scenario,
    seed,
    rate: rateOf(tally, durationMs),
    durationMs: Math.round(durationMs),
    terminals,
    students,
    startedAt,
    byReason: rest.byReason,
    byKind: rest.byKind,
    day: report.day === null ? null : placesForReport(report.day),
    holds: checks.every(({ holds }) => holds),
    checks,
  };
  return `${JSON.stringify(found, null, 2)}\n`;
}

/** A mark is met by figures alone; machines differ, and no check depends on it. */
export function markOf({ p99Mark, tally }: Pick<Report, 'p99Mark' | 'tally'>) {
  if (p99Mark === null) return null;
  const { p99Ms, unknown, pending } = tally;
  const isMet = p99Ms !== null && p99Ms < p99Mark && unknown + pending === 0;
  return { p99Ms: p99Mark, isMet };
}

/** Sales per second. */
export const rateOf = ({ sales }: { readonly sales: number }, durationMs: number): number =>
  durationMs > 0 ? Math.round((sales / durationMs) * 10_000) / 10 : 0;

/** The judgment in lines for a person. */
export function describeJudgment({ checks }: Judgment): string {
  const lines = checks.map(({ name, holds, detail }) => {
    const numbers = detail === '' ? '' : `: ${detail}`;
    return `  ${holds ? '✓' : '✗ FAILS'} ${name}${numbers}`;
  });
  const failed = checks.filter(({ holds }) => !holds).length;
  const verdict =
    failed === 0 ? `All ${checks.length} checks hold.` : `${failed} of ${checks.length} fail.`;
  return [...lines, verdict].join('\n');
}
