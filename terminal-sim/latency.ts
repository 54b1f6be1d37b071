/** The time under which this share of them stayed, by nearest rank; null when there are none. */
export function percentile(millis: readonly number[], share: number): number | null {
  const sorted = [...millis].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return found === undefined ? null : Math.round(found * 10) / 10;
}
