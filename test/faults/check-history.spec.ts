/** The checker sees each way in which a service could break its word. */
import { describe, expect, it } from '@jest/globals';
import { checkHistory, type Kept, type KeptPayment } from './check-history.js';
import { History, type Ending, type Operation, type Verdict } from './history.js';

const orderNumber = 'order-1';
const approved: Verdict = { paymentId: '7', verdict: 'approved', reason: null, amount: 400 };
const declined: Verdict = { ...approved, verdict: 'declined', reason: 'code_used' };

const paid: KeptPayment = {
  id: '7',
  orderNumber,
  terminal: 1,
  verdict: 'approved',
  reason: null,
  state: 'captured',
  amount: 400,
  captured: 400,
  returned: 0,
  code: '5 100',
};
const turnedAway: KeptPayment = {
  ...paid,
  verdict: 'declined',
  reason: 'code_used',
  state: 'declined',
  captured: 0,
};
const takenBack: KeptPayment = { ...paid, state: 'reversed', returned: 400 };

const nothing: Kept = {
  payments: [],
  entries: [],
  events: [],
  receipts: [],
  receiptMessages: [],
  consumersBehind: [],
  brokenProofs: [],
};
const sale = { payment: '7', kind: 'sale', toMerchant: 400 };
const reversal = { payment: '7', kind: 'reversal', toMerchant: -400 };
const keptSale: Kept = {
  ...nothing,
  payments: [paid],
  entries: [sale],
  events: [{ payment: '7', type: 'payment.approved' }],
  receipts: ['7'],
  receiptMessages: ['7'],
};
const keptDecline: Kept = {
  ...nothing,
  payments: [turnedAway],
  events: [{ payment: '7', type: 'payment.declined' }],
};
const keptReversal: Kept = {
  ...keptSale,
  payments: [takenBack],
  entries: [sale, reversal],
  events: [...keptSale.events, { payment: '7', type: 'payment.reversed' }],
};

const told = (verdict: Verdict): Ending => ({ end: 'verdict', verdict });
const unknown: Ending = { end: 'unknown', why: 'the connection was closed' };
const refused: Ending = { end: 'refused', code: 'amount_out_of_range' };
const undone = (outcome: string, returned = 0): Ending => ({
  end: 'reversal',
  reversal: { outcome, returned },
});

/** Sales and reversals of one order number, one after another. */
function happened(
  ...steps: readonly (readonly ['sell' | 'reverse', Ending])[]
): readonly Operation[] {
  const history = new History(null);
  for (const [ask, ending] of steps) {
    const about = { orderNumber, terminal: 1 };
    const question =
      ask === 'sell' ? { ask, ...about, amount: 400, code: '5 100' } : { ask, ...about };
    history.end(history.ask(question), ending);
  }
  return history.operations();
}

const rulesBroken = (operations: readonly Operation[], kept: Kept): string[] =>
  checkHistory(operations, kept).map(({ rule }) => rule);

describe('a history without fault', () => {
  it.each<[string, readonly Operation[], Kept]>([
    ['an approval that is kept', happened(['sell', told(approved)]), keptSale],
    ['a decline that is kept', happened(['sell', told(declined)]), keptDecline],
    ['an unknown sale that happened', happened(['sell', unknown]), keptSale],
    ['an unknown sale that did not', happened(['sell', unknown]), nothing],
    [
      'a lost answer, asked for again',
      happened(['sell', unknown], ['sell', told(approved)]),
      keptSale,
    ],
    ['a refused request', happened(['sell', refused]), nothing],
    [
      'a reversal',
      happened(['sell', told(approved)], ['reverse', undone('reversed', 400)]),
      keptReversal,
    ],
    [
      'an unknown reversal that happened',
      happened(['sell', unknown], ['reverse', unknown]),
      keptReversal,
    ],
    [
      'a sale that was barred',
      happened(['sell', unknown], ['reverse', undone('never_seen')]),
      nothing,
    ],
  ])('breaks no rule: %s', (_name, operations, kept) => {
    expect(checkHistory(operations, kept)).toEqual([]);
  });
});

const approvalLost = 'an acknowledged approval is in payments and ledger, once and with its amount';
const declineLost = 'an acknowledged decline is kept as it was, and is not in the ledger';
const changed = 'an acknowledged verdict never changes';
const twice = 'whatever was heard, a sale happened at most once';

describe('the checker', () => {
  const sold = happened(['sell', told(approved)]);

  it.each<[string, readonly Operation[], Kept, string]>([
    ['an approval without payment', sold, nothing, approvalLost],
    ['an approval without entry', sold, { ...keptSale, entries: [] }, approvalLost],
    [
      'an approval of another amount',
      sold,
      { ...keptSale, payments: [{ ...paid, amount: 300, captured: 300 }] },
      approvalLost,
    ],
    ['an approval that became a decline', sold, keptDecline, approvalLost],
    [
      'an approval that was posted twice',
      sold,
      { ...keptSale, entries: [sale, sale] },
      approvalLost,
    ],
    [
      'an unknown sale that was posted twice',
      happened(['sell', unknown]),
      { ...keptSale, entries: [sale, sale] },
      twice,
    ],
    [
      'an unknown sale that was paid twice',
      happened(['sell', unknown]),
      { ...keptSale, payments: [paid, { ...paid, id: '8', code: '5 101' }] },
      twice,
    ],
    ['a decline in the ledger', happened(['sell', told(declined)]), keptSale, declineLost],
    ['a decline that is not kept', happened(['sell', told(declined)]), nothing, declineLost],
    [
      'a decline for another reason',
      happened(['sell', told({ ...declined, reason: 'card_frozen' })]),
      keptDecline,
      declineLost,
    ],
    [
      'a verdict that changed on replay',
      happened(['sell', told(declined)], ['sell', told(approved)]),
      keptSale,
      changed,
    ],
    [
      'a payment that changed on replay',
      happened(['sell', told({ ...approved, paymentId: '6' })], ['sell', told(approved)]),
      keptSale,
      changed,
    ],
    [
      'a refused request that was kept',
      happened(['sell', refused]),
      keptSale,
      'what was refused alone is not kept',
    ],
    [
      'a reversal that was forgotten',
      happened(['sell', told(approved)], ['reverse', undone('reversed', 400)]),
      keptSale,
      'an acknowledged reversal stands, and returned what it said',
    ],
    [
      'a barred sale that was kept',
      happened(['sell', unknown], ['reverse', undone('never_seen')]),
      keptSale,
      'an acknowledged reversal stands, and returned what it said',
    ],
    [
      'a barred sale that was answered',
      happened(['reverse', undone('never_seen')], ['sell', told(approved)]),
      keptSale,
      'what was barred before it arrived never arrives',
    ],
    [
      'a reversal that nobody asked for',
      sold,
      keptReversal,
      'nothing is returned that nobody asked to reverse',
    ],
    [
      'an event that was written twice',
      sold,
      { ...keptSale, events: [...keptSale.events, ...keptSale.events] },
      'a payment has one event of its verdict, and one of its reversal',
    ],
    [
      'an event that is missing',
      sold,
      { ...keptSale, events: [] },
      'a payment has one event of its verdict, and one of its reversal',
    ],
    [
      'a receipt that is missing',
      sold,
      { ...keptSale, receipts: [] },
      'a payment that stands has one receipt and one message, another at most one',
    ],
    [
      'a receipt that was said twice',
      sold,
      { ...keptSale, receiptMessages: ['7', '7'] },
      'a payment that stands has one receipt and one message, another at most one',
    ],
    ['a stranger', [], keptSale, 'no payment is a stranger'],
    [
      'a code that paid twice',
      sold,
      { ...keptSale, payments: [paid, { ...paid, id: '8', orderNumber: 'order-2' }] },
      'a code pays once',
    ],
    [
      'a consumer that is behind',
      sold,
      { ...keptSale, consumersBehind: ['receipts'] },
      'every consumer has heard everything',
    ],
    ['books that do not prove', sold, { ...keptSale, brokenProofs: ['a sum'] }, 'the books prove'],
  ])('sees %s', (_name, operations, kept, rule) => {
    expect(rulesBroken(operations, kept)).toContain(rule);
  });
});
