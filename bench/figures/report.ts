import type { Bench, NamedWindow } from '../bench.js';
import { judge, type Mark } from './marks.js';
import type { Terms } from './terms.js';
import type { Books } from '../ledger/measured-campus.js';

const header = [
  'what',
  'in flight',
  'per second',
  'p50 ms',
  'p95',
  'p99',
  'max',
  'batch',
  'µs client',
  'server',
  'database',
];

const wide = (value: number | null | undefined): string =>
  value === null || value === undefined ? '-' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

const rowOf = ({ name, inFlight, perSecond, latency, batch, processor }: NamedWindow): string[] => [
  name,
  String(inFlight),
  perSecond.toFixed(0),
  ...[latency.p50, latency.p95, latency.p99, latency.max].map(wide),
  batch === null ? '-' : `${batch.mean.toFixed(1)} ≤${batch.largest}`,
  ...[processor.client, processor.server, processor.database].map(wide),
];

/** A table with aligned columns, the first one to the left. */
export function tableOf(windows: readonly NamedWindow[]): string[] {
  const rows = [header, ...windows.map(rowOf)];
  const widths = header.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

export const lineOfMark = ({ says, wanted, got, passes }: Mark): string =>
  `  ${passes ? '✓ pass' : '✗ MISS'}  ${says} ${wanted}: ${wide(got)}`;

export function linesOfTerms(terms: Terms): string[] {
  const settings = Object.entries(terms.settings).map(([name, value]) => `${name} ${value}`);
  return [
    `${terms.cores} cores (${terms.processor}), ${terms.memoryGiB} GiB, Node ${terms.node}, load before ${terms.loadBefore.toFixed(2)}`,
    `PostgreSQL ${terms.postgres} over TCP: ${settings.join(', ')}`,
  ];
}

/** All that was found, for people. */
export function printReport(bench: Bench, terms: Terms, books: readonly Books[]): Mark[] {
  const { say } = bench;
  say('');
  linesOfTerms(terms).forEach(say);
  say(
    `Closed loop; load generator, client and database on the same cores. ${bench.asked.cards} cards, three purses each, ` +
      'four limits, simulated clock at lunch.',
  );
  say('µs: processor time for each answer, user and system.');
  say('');
  tableOf(bench.windows).forEach(say);
  say('');
  const marks = judge(bench.figures);
  marks.map(lineOfMark).forEach(say);
  for (const { campus, hold, says } of books) {
    say(`${hold ? '✓' : '✗'} The books of ${campus} ${hold ? 'hold' : 'DO NOT HOLD'}`);
    says.forEach((line) => say(`    ${line}`));
  }
  return marks;
}
