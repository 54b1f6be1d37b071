import { costOf, type DeviceUse } from './device-uses.js';
import { percentile } from './latency.js';
import type { Passage } from './passages.js';

/** How it went at gates: counts of scans, milliseconds from the scan to its answer and through. */
export function gatesForReport(passages: readonly Passage[]) {
  if (passages.length === 0) return null;
  const count = (is: (passage: Passage) => boolean) => passages.filter(is).length;
  const millis = passages.filter(({ mishap }) => mishap === null).map((one) => one.millis);
  const byReason: Record<string, number> = {};
  for (const { reason } of passages)
    if (reason !== null) byReason[reason] = (byReason[reason] ?? 0) + 1;
  return {
    scans: passages.length,
    cameIn: count(({ direction, told }) => direction === 'entry' && told === 'passed'),
    wentOut: count(({ direction, told }) => direction === 'exit' && told === 'passed'),
    turnedBack: count(({ saw }) => saw === 'not_passed'),
    /** The service heard of them when their eight seconds were over. */
    toldTooLate: count(({ told }) => told === 'too_late'),
    stayedShut: count(({ outcome }) => outcome === 'unknown'),
    byReason,
    p50Ms: percentile(millis, 0.5),
    p99Ms: percentile(millis, 0.99),
  };
}

/** What devices gave; fen. */
export function devicesForReport(uses: readonly DeviceUse[]) {
  if (uses.length === 0) return null;
  return {
    uses: uses.length,
    endedByClock: uses.filter(({ end }) => end === 'clock').length,
    amount: uses.reduce((sum, use) => sum + costOf(use), 0),
  };
}

/** Both in lines for a person. */
export function describeCampus(
  passages: readonly Passage[],
  uses: readonly DeviceUse[],
): readonly string[] {
  const [gates, devices] = [gatesForReport(passages), devicesForReport(uses)];
  const lines: string[] = [];
  if (gates !== null) {
    const { scans, cameIn, wentOut, turnedBack, toldTooLate, stayedShut, p50Ms, p99Ms } = gates;
    const reasons = Object.entries(gates.byReason).map(([reason, many]) => `${reason} ${many}`);
    lines.push(
      `  gates: ${scans} scans, ${cameIn} came in, ${wentOut} went out, ${turnedBack} turned back, ` +
        `${toldTooLate} told too late, ${stayedShut} stayed shut; p50 ${p50Ms} ms, p99 ${p99Ms} ms`,
      ...(reasons.length === 0 ? [] : [`    ${reasons.join('  ')}`]),
    );
  }
  if (devices !== null) {
    const { uses: count, endedByClock, amount } = devices;
    const yuan = (amount / 100).toFixed(2);
    lines.push(`  devices: used ${count} times for ¥${yuan}, ${endedByClock} ended by the clock`);
  }
  return lines;
}
