import { describe, expect, it } from '@jest/globals';
import { FailingScans } from './failing-scans.js';

const now = 1_780_000_000_000;

function scans(wrongAt: readonly number[], rightAt: readonly number[], atMs = now): FailingScans {
  const all = new FailingScans();
  for (const terminal of wrongAt) all.note(BigInt(terminal), true, atMs);
  for (const terminal of rightAt) all.note(BigInt(terminal), false, atMs);
  return all;
}

describe('scans that fail', () => {
  it('are the fault of the service when more than half do, at five terminals', () => {
    expect(scans([1, 2, 3, 4, 5], [1, 2, 3, 4]).areFailing(now)).toBe(true);
    expect(scans([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).areFailing(now)).toBe(false);
    expect(scans([1, 2, 3, 4, 4, 4, 4, 4], []).areFailing(now)).toBe(false);
  });

  it('are forgotten after ten seconds', () => {
    const all = scans([1, 2, 3, 4, 5], []);
    expect(all.areFailing(now + 9_000)).toBe(true);
    expect(all.areFailing(now + 10_000)).toBe(false);
  });

  it('are added up over the seconds, and right ones count as well', () => {
    const all = scans([1, 2, 3], []);
    all.note(4n, true, now + 4_000);
    all.note(5n, true, now + 8_000);
    expect(all.areFailing(now + 8_000)).toBe(true);
    for (let right = 0; right < 5; right += 1) all.note(9n, false, now + 9_000);
    expect(all.areFailing(now + 9_000)).toBe(false);
  });
});
