import { describe, expect, it } from '@jest/globals';
import type { Day } from './day.js';
import { planDay, type DayPlan } from './plan-day.js';
import { readScenario } from './scenario.js';

const { day, habits } = readScenario('weekday');
const weekday = day as Day;
const places = (['canteen', 'canteen', 'gym', 'dorm'] as const).map((kind) => ({ kind }));
const plan = (change: Partial<Parameters<typeof planDay>[0]> = {}): DayPlan =>
  planDay({ day: weekday, places, students: 600, seed: 5, habits, ...change });

describe('a planned day', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan()).toEqual(plan());
    expect(plan({ seed: 6 }).sales).not.toEqual(plan().sales);
  });

  it('has its student do the same, whoever else is there', () => {
    const quiet = { ...weekday.places.canteen, tills: 60, queueMost: 1_000 };
    const roomy = { ...weekday, places: { ...weekday.places, canteen: quiet } } as Day;
    const of = (students: number) =>
      plan({ day: roomy, students })
        .sales.filter(({ student, kind }) => student === 3 && kind === 'canteen')
        .map(({ amount, cameAt, mishap, word }) => ({ amount, cameAt, mishap, word }));
    expect(of(10)).toEqual(of(200));
    expect(of(10).length).toBeGreaterThan(0);
  });

  it('lets nobody pay at a place that was closed when they came', () => {
    const { sales, places: fared } = plan();
    const opens = weekday.places.canteen?.opens ?? [];
    const wrong = sales.filter(
      ({ kind, cameAt }) =>
        kind === 'canteen' && !opens.some(({ from, until }) => cameAt >= from && cameAt < until),
    );
    expect(wrong).toEqual([]);
    expect(fared.reduce((sum, { foundClosed }) => sum + foundClosed, 0)).toBeGreaterThan(0);
  });

  it('serves one after the other at a till, in the order in which they came', () => {
    const { sales } = plan();
    const own = sales.filter(({ place, till }) => place === 0 && till === 0);
    expect(own.length).toBeGreaterThan(20);
    for (const [at, sale] of own.entries()) {
      const before = own[at - 1];
      if (before === undefined) continue;
      expect(sale.turnAt).toBeGreaterThanOrEqual(before.turnAt);
      expect(sale.dueAt).toBeGreaterThan(before.dueAt);
      expect(sale.cameAt).toBeGreaterThanOrEqual(before.cameAt);
    }
  });

  it('drives people away where the queue is too long, to the other canteen and then home', () => {
    const short = { ...weekday.places.canteen, tills: 1, queueMost: 3 };
    const {
      places: fared,
      wentHome,
      sales,
    } = plan({
      day: { ...weekday, places: { canteen: short } } as Day,
      students: 900,
    });
    expect(fared[0]?.drivenAway).toBeGreaterThan(50);
    expect(fared[0]?.queueMost).toBeLessThanOrEqual(4);
    expect(sales.some(({ place }) => place === 1)).toBe(true);
    expect(wentHome).toBeGreaterThan(50);
  });

  it('keeps within the hours that were asked for', () => {
    const noon = { from: 11 * 3600, until: 12 * 3600 };
    const { sales } = plan({ day: { ...weekday, hours: noon } });
    expect(sales.length).toBeGreaterThan(100);
    expect(sales.every(({ cameAt }) => cameAt >= noon.from && cameAt < noon.until)).toBe(true);
    expect(sales.every(({ dueAt }) => dueAt > 0)).toBe(true);
  });

  it('lets everybody out again who came in, but who forgot to scan or turned back', () => {
    const { day: evening, habits: ways } = readScenario('gym-evening');
    const hall = evening?.places.gate;
    if (evening === null || hall === undefined) throw new Error('The evening has a gate.');
    const busy = { ...ways, mishaps: { 'turned-back': 100, 'exit-forgotten': 100 } };
    const places: { kind: 'gate' }[] = [{ kind: 'gate' }];
    const { sales } = planDay({ day: evening, places, students: 500, seed: 5, habits: busy });
    const of = (direction: string) =>
      sales.filter(({ passage }) => passage?.direction === direction);
    const [entries, exits] = [of('entry'), of('exit')];
    const seen = entries.filter(({ mishap }) => mishap === null);
    expect([entries.length > 100, seen.length < entries.length]).toEqual([true, true]);
    expect(exits).toHaveLength(seen.length);
    expect(entries.every(({ till }) => till < hall.tills)).toBe(true);
    expect(exits.every(({ till }) => till >= hall.tills && till < hall.tills * 2)).toBe(true);
    expect(exits.every(({ turnAt }) => turnAt < evening.hours.until)).toBe(true);
    const entered = new Set(seen.map(({ student }) => student));
    expect(exits.every(({ student }) => entered.has(student))).toBe(true);
  });

  it('keeps a device as long as somebody uses it, and the power away from its last student alone', () => {
    const { day: night, habits: ways } = readScenario('dorm-night');
    if (night === null) throw new Error('The night is one.');
    const dark = { ...ways, mishaps: { 'device-dead': 500 } };
    const kinds = (['shower', 'washer'] as const).map((kind) => ({ kind }));
    const size = { day: night, places: kinds, students: 300, seed: 5, habits: dark };
    const { sales } = planDay(size);
    const byDevice = new Map<string, typeof sales>();
    for (const sale of sales) {
      const device = `${sale.place} ${sale.till}`;
      const before = byDevice.get(device)?.at(-1);
      const freeAt = (before?.dueAt ?? 0) + (before?.useSeconds ?? 0) * 1000;
      expect(sale.dueAt).toBeGreaterThanOrEqual(freeAt - 1000);
      expect(before?.mishap).not.toBe('device-dead');
      byDevice.set(device, [...(byDevice.get(device) ?? []), sale]);
    }
    const dead = sales.filter(({ mishap }) => mishap === 'device-dead');
    expect(dead.length).toBeGreaterThan(3);
    expect(dead.every(({ place }) => place === 0)).toBe(true);
  });
});
