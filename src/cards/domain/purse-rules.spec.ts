import { describe, expect, it } from '@jest/globals';
import type { PurseRule } from '../card.js';
import { kindsAt, type PurseRules, type Spending } from './purse-rules.js';

const kind = (code: string, over: Partial<PurseRule> = {}): PurseRule => ({
  code,
  name: { zh: code, en: code },
  placeKinds: null,
  places: null,
  meals: null,
  ...over,
});

const rules: PurseRules = {
  kinds: [
    kind('cash'),
    kind('subsidy', { placeKinds: ['canteen'] }),
    kind('subsidy-breakfast', { placeKinds: ['canteen'], meals: ['breakfast'] }),
    kind('coupon-noodles', { places: [7n] }),
  ],
  orders: new Map([
    ['student', ['coupon-noodles', 'subsidy-breakfast', 'subsidy', 'cash']],
    ['staff', ['cash', 'subsidy']],
    ['guest', []],
  ]),
};

const at = (over: Partial<Spending>): readonly string[] =>
  kindsAt(rules, { group: 'student', place: { id: 1n, kind: 'canteen' }, meal: null, ...over });

describe('the kinds of purses that pay', () => {
  it('are those that are good at this place and meal, in the order of the group', () => {
    expect(at({ meal: 'breakfast' })).toEqual(['subsidy-breakfast', 'subsidy', 'cash']);
    expect(at({ meal: 'lunch' })).toEqual(['subsidy', 'cash']);
    expect(at({ place: { id: 7n, kind: 'canteen' } })).toEqual([
      'coupon-noodles',
      'subsidy',
      'cash',
    ]);
    expect(at({ place: { id: 2n, kind: 'gym' } })).toEqual(['cash']);
    expect(at({ group: 'staff' })).toEqual(['cash', 'subsidy']);
  });

  it('bound to a meal are good in no time between meals', () => {
    expect(at({ meal: null })).toEqual(['subsidy', 'cash']);
  });

  it('are none for a group that names none, and for a group that nobody knows', () => {
    expect([at({ group: 'guest' }), at({ group: 'nobody' })]).toEqual([[], []]);
  });
});
