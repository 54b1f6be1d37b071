import { describe, expect, it } from '@jest/globals';
import { judgeGates, type GateBooks, type KeptVisit } from './judge-gates.js';
import type { Passage } from './passages.js';

const entry: Passage = {
  orderNumber: 'in',
  terminalId: '1',
  student: 7,
  direction: 'entry',
  mishap: null,
  outcome: 'open',
  reason: null,
  amount: 2_000,
  millis: 20,
  saw: 'passed',
  told: 'passed',
};
const exit: Passage = { ...entry, orderNumber: 'out', direction: 'exit', amount: 430 };
const visit: KeptVisit = {
  id: '5',
  orderNumber: 'in',
  state: 'over',
  endReason: 'exit',
  charged: 430,
  paid: 430,
};
const kept = { verdict: 'approved', reason: null, state: 'passed', lapsed: false, visit: '5' };
const books: GateBooks = {
  passages: [
    { ...kept, orderNumber: 'in' },
    { ...kept, orderNumber: 'out' },
  ],
  visits: [visit],
};
const broken = (seen: readonly Passage[], change: Partial<GateBooks> = {}): string[] =>
  judgeGates(seen, { ...books, ...change })
    .filter(({ holds }) => !holds)
    .map(({ name }) => name);
const visitWith = (change: Partial<KeptVisit>) => ({ visits: [{ ...visit, ...change }] });

describe('presence at a gate', () => {
  it('adds up for whoever came, went and paid for the time between', () => {
    expect(broken([entry, exit])).toEqual([]);
  });

  it('adds up for whoever forgot to scan, when the clock let them out', () => {
    const forgotten = visitWith({ endReason: 'forgotten', charged: 1_000, paid: 1_000 });
    expect(broken([entry], forgotten)).toEqual([]);
    expect(broken([entry])).toEqual([
      'Whoever was not seen to leave is inside until the place closes (1)',
    ]);
  });

  it('adds up for whoever turned back, or was told too late', () => {
    const voided = { ...visitWith({ state: 'void', endReason: 'lapsed', charged: 0, paid: 0 }) };
    const [first] = books.passages;
    if (first === undefined) throw new Error('There is one.');
    const back: Passage = { ...entry, saw: 'not_passed', told: 'not_passed' };
    const asVoided = (lapsed: boolean) => ({
      ...voided,
      passages: [{ ...first, state: 'voided', lapsed }],
    });
    expect(broken([back], asVoided(false))).toEqual([]);
    expect(broken([{ ...entry, told: 'too_late' }], asVoided(true))).toEqual([]);
    expect(broken([{ ...entry, told: 'too_late' }], asVoided(false))).toHaveLength(1);
  });

  it.each([
    ['somebody is still inside', [entry, exit], visitWith({ state: 'inside', endReason: null })],
    ['a visit cost something else than the gate said', [entry, exit], visitWith({ charged: 500 })],
    ['a sale took something else than its visit cost', [entry, exit], visitWith({ paid: 2_000 })],
    ['a gate was never heard', [{ ...entry, told: null }, exit], {}],
    ['an entry has no visit', [entry, exit], { visits: [] }],
    ['a visit has no entry', [], { visits: [{ ...visit, orderNumber: 'nobody' }] }],
    [
      'somebody is inside whom the gate left outside',
      [{ ...entry, outcome: 'declined', reason: 'place_full', saw: null, told: null }, exit],
      {},
    ],
  ] as const)('does not add up when %s', (_, seen, change) => {
    expect(broken([...seen, ...(seen.length === 0 ? [exit] : [])], change)).not.toEqual([]);
  });
});
