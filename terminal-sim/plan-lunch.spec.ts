import { describe, expect, it } from '@jest/globals';
import { planLunch, type LunchSize, type PlannedSale } from './plan-lunch.js';
import { Queue } from './queue.js';
import { readScenario } from './scenario.js';

const size: LunchSize = {
  sales: 3000,
  speed: 20,
  students: 300,
  kinds: ['canteen', 'gym', 'dorm'],
  seed: 42,
  habits: readScenario('lunch').habits,
};

describe('a planned lunch', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planLunch(size)).toEqual(planLunch(size));
    expect(planLunch({ ...size, seed: 43 })).not.toEqual(planLunch(size));
  });

  it('lets everyone pay once before anyone pays again', () => {
    const rounds = planLunch(size)
      .filter(({ mishap }) => mishap !== 'charged-again')
      .map(({ student }) => student);
    for (let at = 0; at + size.students <= rounds.length; at += size.students) {
      expect(new Set(rounds.slice(at, at + size.students)).size).toBe(size.students);
    }
  });

  it('has an amount where a cashier enters one, and uses where a device measures', () => {
    const plan = planLunch(size);
    expect(plan.filter(({ kind, amount }) => (amount === null) === (kind === 'canteen'))).toEqual(
      [],
    );
    expect(plan.filter(({ kind, uses }) => uses.length > 0 !== (kind === 'dorm'))).toEqual([]);
    const most = Math.max(...plan.map(({ uses }) => uses.reduce((sum, use) => sum + use, 0)));
    expect(most).toBeLessThanOrEqual(1);
  });

  it('goes wrong in every way there is, and mostly right', () => {
    const mishaps = planLunch(size).map(({ mishap }) => mishap);
    expect(new Set(mishaps).size).toBe(11);
    expect(mishaps.filter((mishap) => mishap === null).length).toBeGreaterThan(size.sales * 0.9);
  });

  it('charges nobody again but who has just paid the same in a canteen', () => {
    const plan = planLunch(size);
    const again = plan.filter(({ mishap }) => mishap === 'charged-again');
    expect(again.length).toBeGreaterThan(0);
    for (const { index, student, amount } of again) {
      const before = { kind: 'canteen', mishap: null, student, amount };
      expect(plan[index - 1]).toMatchObject(before);
    }
  });

  it('lets most of those who are asked confirm, some refuse, and few say nothing', () => {
    const said = (plan: readonly PlannedSale[], word: string) =>
      plan.filter(({ word: { says } }) => says === word).length;
    const plan = planLunch(size);
    expect(said(plan, 'confirm')).toBeGreaterThan(size.sales * 0.8);
    expect(said(plan, 'refuse')).toBeGreaterThan(said(plan, 'nothing'));
    expect(said(plan, 'nothing')).toBeGreaterThan(0);
    expect(said(plan.slice(size.sales / 2 + 1), 'nothing')).toBe(0);
  });

  it('brings the sales at the speed asked for', () => {
    expect(planLunch(size)[100]?.dueAt).toBe(5000);
    expect(planLunch({ ...size, speed: Infinity }).every(({ dueAt }) => dueAt === 0)).toBe(true);
  });
});

describe('the line before the tills', () => {
  const plan = planLunch({ ...size, sales: 3, speed: 10 });
  const [first, second] = plan.map(({ student }) => student);

  it('serves people as they come', () => {
    const queue = new Queue(plan, () => 0);
    expect(queue.next(0)).toEqual({ sale: plan[0] });
    expect(queue.next(0)).toEqual({ wait: 100 });
    expect(queue.next(100)).toEqual({ sale: plan[1] });
    expect(queue.next(200)).toEqual({ sale: plan[2] });
    expect(queue.next(200)).toBe('nobody');
  });

  it('lets another go first while a phone has no code to show', () => {
    let readyIn = 700;
    const queue = new Queue(plan, (student) => (student === first ? readyIn : 0));
    expect(queue.next(100)).toEqual({ sale: plan[1] });
    expect(queue.next(100)).toEqual({ wait: 700 });
    readyIn = 0;
    expect(queue.next(100)).toEqual({ sale: plan[0] });
    expect(second).not.toBe(first);
  });

  it('sends everybody home', () => {
    const queue = new Queue(plan, () => 0);
    queue.close();
    expect(queue.next(1000)).toBe('nobody');
  });
});
