import { describe, expect, it } from '@jest/globals';
import type { Place, Tariff } from './place.js';
import { priceFor, quotePrice } from './quote-price.js';

const name = { zh: '第一食堂', en: 'Canteen 1' };
const at = (tariff: Tariff, isOpen = true): Place => ({
  id: 1n,
  name,
  kind: 'canteen',
  tariff,
  isOpen,
  serves: null,
  sellsOffline: true,
  isAttended: true,
  voids: { minutes: 10, supervisorAbove: 5_000n },
  shows: { maskedName: true, purses: false, balance: false },
  merchant: { id: 2n, name, account: 3n },
});

const entered = at({ type: 'entered', maximum: 5_000n });
const fixed = at({ type: 'fixed', amount: 300n });
const metered = at({
  type: 'metered',
  hold: 500n,
  unit: 'liter',
  unitPrice: 5n,
  holdSeconds: 900,
});

const refusal = (place: Place, amount?: bigint): unknown => {
  try {
    return quotePrice(place, amount);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a price', () => {
  it('is what the cashier enters, from 1 fen to the maximum', () => {
    expect(quotePrice(entered, 1n)).toEqual({ amount: 1n, holdSeconds: null });
    expect(quotePrice(entered, 5_000n)).toEqual({ amount: 5_000n, holdSeconds: null });
    expect([0n, -1n, 5_001n].map((amount) => refusal(entered, amount))).toEqual(
      Array<string>(3).fill('amount_out_of_range'),
    );
    expect(refusal(entered)).toBe('amount_required');
  });

  it('is what the place says where it is fixed or metered, and never what a terminal says', () => {
    expect(quotePrice(fixed, undefined)).toEqual({ amount: 300n, holdSeconds: null });
    expect(quotePrice(metered, undefined)).toEqual({ amount: 500n, holdSeconds: 900 });
    expect([fixed, metered].map((place) => refusal(place, 300n))).toEqual([
      'amount_not_allowed',
      'amount_not_allowed',
    ]);
  });

  it('is none where the place is closed', () => {
    expect(refusal(at(fixed.tariff, false))).toBe('place_closed');
  });

  it('depends on the meal and the group where the place says so, the closest first', () => {
    const priced = at({
      type: 'fixed',
      amount: 300n,
      prices: [
        { meal: 'lunch', group: null, amount: 800n },
        { meal: null, group: 'guest', amount: 1_500n },
        { meal: 'lunch', group: 'guest', amount: 2_000n },
      ],
    });
    const price = (group: string, meal: string | null): bigint =>
      priceFor(priced, 300n, { group, meal });
    expect([price('student', 'lunch'), price('student', 'dinner'), price('student', null)]).toEqual(
      [800n, 300n, 300n],
    );
    expect([price('guest', 'lunch'), price('guest', 'dinner'), price('guest', null)]).toEqual([
      2_000n,
      1_500n,
      1_500n,
    ]);
    expect(priceFor(entered, 77n, { group: 'guest', meal: 'lunch' })).toBe(77n);
  });
});
