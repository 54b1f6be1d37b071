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
});
