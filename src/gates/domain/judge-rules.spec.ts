import { describe, expect, it } from '@jest/globals';
import type { Gate, GateRule } from '../gate.js';
import { fitTogether } from './judge-rules.js';

const free: GateRule = {
  group: 'student',
  from: '06:00',
  until: '12:00',
  charge: 'free',
  amount: null,
  minutePrice: null,
};
const gate = (rules: GateRule[], changes: Partial<Gate> = {}): Omit<Gate, 'place'> => ({
  passback: 'hard',
  passbackMinutes: null,
  capacity: null,
  opens: '06:00',
  closes: '24:00',
  hasSensor: true,
  forgottenAmount: 0n,
  rules,
  ...changes,
});

describe('rules of a gate', () => {
  it('fit when a group has one rule for each hour', () => {
    const paid: GateRule = { ...free, from: '12:00', until: '24:00', charge: 'entry', amount: 3n };
    expect(fitTogether(gate([free, paid, { ...free, group: 'staff' }]))).toBe(true);
    expect(fitTogether(gate([free, { ...paid, from: '11:59' }]))).toBe(false);
  });

  it.each([
    ['a free rule with a price', { amount: 1n }],
    ['an entry without a price', { charge: 'entry' }],
    ['time without the price of a minute', { charge: 'time', amount: 1n }],
    ['an entry with the price of a minute', { charge: 'entry', amount: 1n, minutePrice: 1n }],
    ['an end before the beginning', { until: '06:00' }],
  ] as const)('do not fit: %s', (_, change) => {
    expect(fitTogether(gate([{ ...free, ...change }]))).toBe(false);
  });

  it('do not fit a gate that closes before it opens, or that times what it does not time', () => {
    expect(fitTogether(gate([], { closes: '06:00' }))).toBe(false);
    expect(fitTogether(gate([], { passback: 'timed' }))).toBe(false);
    expect(fitTogether(gate([], { passbackMinutes: 5 }))).toBe(false);
  });
});
