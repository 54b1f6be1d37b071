import { describe, expect, it } from '@jest/globals';
import type { BookedPayment, Books } from './books.js';
import type { Fate } from './fates.js';
import { agree, judge } from './judge.js';

const fate = (orderNumber: string, told: Partial<Fate>): Fate => ({
  orderNumber,
  terminalId: '1',
  kind: 'canteen',
  student: 0,
  mishap: null,
  outcome: 'approved',
  reason: null,
  amount: 0,
  captured: 0,
  returned: 0,
  beganAt: 0,
  millis: 5,
  asked: null,
  word: null,
  heard: null,
  finalMillis: null,
  ...told,
});

const said = (word: NonNullable<Fate['word']>, heard: string | null): Partial<Fate> => ({
  asked: 'phone',
  word,
  heard,
});

const payment = (id: string, orderNumber: string, told: Partial<BookedPayment>): BookedPayment => ({
  id,
  orderNumber,
  verdict: 'approved',
  reason: null,
  state: 'captured',
  amount: 1250,
  captured: 1250,
  returned: 0,
  ...told,
});

const unpaid = (id: string, orderNumber: string, reason: string): BookedPayment =>
  payment(id, orderNumber, { verdict: 'declined', state: 'declined', reason, captured: 0 });

const fates: Fate[] = [
  fate('sale', { amount: 1250, captured: 1250 }),
  fate('declined', { outcome: 'declined', reason: 'code_used' }),
  fate('refused', { outcome: 'refused', reason: 'code_foreign', mishap: 'foreign-code' }),
  fate('taken back', { outcome: 'reversed', amount: 900, captured: 900, returned: 900 }),
  fate('never seen', { outcome: 'reversed' }),
  fate('hold', { kind: 'dorm', amount: 500, captured: 137 }),
  fate('unknown', { outcome: 'unknown' }),
  fate('alone', { mishap: 'no-network', amount: 800, captured: 800 }),
  fate('confirmed', { ...said('confirm', 'confirmed'), amount: 600, captured: 600 }),
  fate('refusal', {
    ...said('refuse', 'refused'),
    outcome: 'declined',
    reason: 'confirmation_refused',
  }),
  fate('silence', {
    ...said('nothing', null),
    outcome: 'declined',
    reason: 'confirmation_expired',
  }),
];

const books: Books = {
  payments: [
    payment('1', 'sale', {}),
    payment('2', 'declined', {
      verdict: 'declined',
      state: 'declined',
      reason: 'code_used',
      captured: 0,
    }),
    payment('3', 'taken back', { state: 'reversed', amount: 900, captured: 900, returned: 900 }),
    payment('4', 'hold', { amount: 500, captured: 137 }),
    payment('5', 'unknown', { amount: 700, captured: 700 }),
    payment('6', 'alone', { amount: 800, captured: 800 }),
    payment('7', 'confirmed', { amount: 600, captured: 600 }),
    unpaid('8', 'refusal', 'confirmation_refused'),
    unpaid('10', 'silence', 'confirmation_expired'),
  ],
  entries: [
    { entry: '11', payment: '1', kind: 'sale', toMerchant: 1250 },
    { entry: '12', payment: '3', kind: 'sale', toMerchant: 900 },
    { entry: '13', payment: '3', kind: 'reversal', toMerchant: -900 },
    { entry: '14', payment: '4', kind: 'capture', toMerchant: 137 },
    { entry: '15', payment: '5', kind: 'sale', toMerchant: 700 },
    { entry: '16', payment: '6', kind: 'sale', toMerchant: 800 },
    { entry: '17', payment: '7', kind: 'capture', toMerchant: 600 },
  ],
  proofs: [{ proof: 'every entry sums to zero', broken: 0 }],
  ledgerSum: 0n,
};

type Entries = NonNullable<Books['entries']>;

/** What fails in a world that is right but for this. */
function failures(wrong: { books?: Partial<Books>; fates?: readonly Fate[] }) {
  const judgment = judge(wrong.fates ?? fates, { ...books, ...wrong.books });
  const failed = judgment.checks.filter(({ holds }) => !holds).map(({ name }) => name);
  return { ...judgment, failed };
}

const withPayments = (change: (all: readonly BookedPayment[]) => BookedPayment[]) => ({
  books: { payments: change(books.payments) },
});

const withEntries = (change: (all: Entries) => Entries) => ({
  books: { entries: change(books.entries ?? []) },
});

const changed = (orderNumber: string, to: Partial<BookedPayment>) =>
  withPayments((all) =>
    all.map((one) => (one.orderNumber === orderNumber ? { ...one, ...to } : one)),
  );

describe('the judge', () => {
  it('finds nothing in a world where all is right', () => {
    expect(failures({})).toMatchObject({ failed: [], doubled: 0, missing: 0 });
  });

  it('misses an approved sale that has no payment', () => {
    const found = failures(withPayments((all) => all.filter(({ id }) => id !== '1')));
    expect(found.missing).toBe(1);
    expect(found.failed).toContain('Every sale seen approved is in the books (4)');
  });

  it('misses an approved sale that the ledger does not have', () => {
    const found = failures(withEntries((all) => all.filter(({ entry }) => entry !== '11')));
    expect(found.missing).toBe(1);
    expect(found.failed).toContain('The ledger has every payment exactly once, with its amount');
  });

  it('misses an approved sale that was booked as declined', () => {
    expect(failures(changed('sale', { verdict: 'declined' })).missing).toBe(1);
  });

  it('sees one order number with two payments', () => {
    const found = failures(withPayments((all) => [...all, payment('9', 'sale', {})]));
    expect(found.doubled).toBe(1);
    expect(found.failed).toContain('No order number was paid twice');
  });

  it('sees one payment posted twice', () => {
    const twice = { entry: '99', payment: '1', kind: 'sale', toMerchant: 1250 };
    const found = failures(withEntries((all) => [...all, twice]));
    expect(found.doubled).toBe(1);
    expect(found.failed).toContain('Merchants are owed what was paid');
  });

  it('sees a sale that is unknown to its terminal and was paid twice', () => {
    const found = failures(withPayments((all) => [...all, payment('9', 'unknown', {})]));
    expect(found.doubled).toBe(1);
  });

  it('sees money returned twice', () => {
    const twice = { entry: '99', payment: '3', kind: 'reversal', toMerchant: -900 };
    expect(failures(withEntries((all) => [...all, twice])).doubled).toBe(1);
  });

  it('sees a reversed sale that kept its money', () => {
    const found = failures(changed('taken back', { state: 'captured', returned: 0 }));
    expect(found.failed).toContain('Every reversed sale comes to nothing (2)');
  });

  it('sees a declined sale in the ledger', () => {
    const charged = { entry: '99', payment: '2', kind: 'sale', toMerchant: 0 };
    const found = failures(withEntries((all) => [...all, charged]));
    expect(found.failed).toContain('The ledger has nothing of a declined sale');
  });

  it('sees a decline that is not kept, or kept for another reason', () => {
    const name = 'Every declined sale is kept as declined, for the same reason (3)';
    expect(failures(changed('declined', { reason: 'limit_day' })).failed).toContain(name);
    const gone = withPayments((all) => all.filter(({ id }) => id !== '2'));
    expect(failures(gone).failed).toContain(name);
  });

  it('sees another amount captured than the device was told', () => {
    const found = failures(changed('hold', { captured: 138 }));
    expect(found.failed).toContain('Every approved sale took what its terminal was told');
  });

  it('sees a refused request that was kept', () => {
    const found = failures(withPayments((all) => [...all, payment('9', 'refused', {})]));
    expect(found.failed).toContain('Nothing of a refused request is kept (1)');
  });

  it('sees a payment that no terminal made', () => {
    const found = failures(withPayments((all) => [...all, payment('9', 'nobody', {})]));
    expect(found.failed).toContain('No payment that no terminal made');
  });

  it('sees a sale without a network that was not paid', () => {
    const lost = fates.map((one) =>
      one.orderNumber === 'alone' ? { ...one, outcome: 'unknown' as const } : one,
    );
    expect(failures({ fates: lost }).failed).toEqual(['Every sale without a network is paid (1)']);
  });

  it('sees a sale that was confirmed and not paid', () => {
    const name = 'Every sale confirmed in time is paid (1)';
    const declined = { outcome: 'declined', reason: 'confirmation_expired' } as const;
    const lost = fates.map((one) =>
      one.orderNumber === 'confirmed' ? { ...one, ...declined } : one,
    );
    expect(failures({ fates: lost }).failed).toContain(name);
    expect(failures(changed('confirmed', { verdict: 'declined' })).failed).toContain(name);
  });

  it('sees money taken for a sale that was refused, or that nobody said anything to', () => {
    const name = 'Every sale refused or left without a word took nothing (2)';
    expect(failures(changed('refusal', { captured: 1250 })).failed).toContain(name);
    expect(failures(changed('silence', { verdict: 'approved' })).failed).toContain(name);
    const taken = { entry: '99', payment: '10', kind: 'capture', toMerchant: 1250 };
    expect(failures(withEntries((all) => [...all, taken])).failed).toContain(name);
    const paid = fates.map((one) =>
      one.orderNumber === 'silence' ? { ...one, outcome: 'approved' as const } : one,
    );
    expect(failures({ fates: paid }).failed).toContain(name);
  });

  it('sees a sale that ended for another reason than what was said', () => {
    const early = fates.map((one) =>
      one.orderNumber === 'silence' ? { ...one, reason: 'confirmation_refused' } : one,
    );
    expect(failures({ fates: early }).failed).toContain(
      'Every sale refused or left without a word took nothing (2)',
    );
  });

  it('sees a sale that waits for ever, at its terminal or in the books', () => {
    const name = 'No sale waits for a word any more';
    const open = fates.map((one) =>
      one.orderNumber === 'silence' ? { ...one, outcome: 'pending' as const } : one,
    );
    expect(failures({ fates: open }).failed).toContain(name);
    expect(failures(changed('silence', { verdict: 'pending' })).failed).toContain(name);
  });

  it('sees a worthless code that paid', () => {
    const stale = fates.map((one) =>
      one.orderNumber === 'sale' ? { ...one, mishap: 'stale-code' as const } : one,
    );
    expect(failures({ fates: stale }).failed).toEqual(['No stale, foreign or misread code paid']);
  });

  it('sees that too many phones are not known, and forgives a few', () => {
    const refusals = (many: number) =>
      Array.from({ length: many }, (_, at) =>
        fate(`stranger ${at}`, { outcome: 'declined', reason: 'code_invalid' }),
      );
    const failed = (many: number) => failures({ fates: [...fates, ...refusals(many)] }).failed;
    expect(failed(3)).not.toContain('Fresh codes are known');
    expect(failed(9)).toContain('Fresh codes are known');
  });

  it('sees a ledger that does not sum to zero and a proof that breaks', () => {
    const proofs = [{ proof: 'every entry sums to zero', broken: 2 }];
    expect(failures({ books: { ledgerSum: 1n, proofs } }).failed).toEqual([
      'The ledger sums to zero',
      'Proof: every entry sums to zero',
    ]);
  });

  it('judges by payments alone when only the office can be asked', () => {
    const office = { entries: null, proofs: null };
    expect(failures({ books: office }).failed).toEqual([]);
    const gone = { ...office, payments: books.payments.slice(1) };
    expect(failures({ books: gone }).missing).toBe(1);
  });

  it('sees two views that differ', () => {
    const { payments } = books;
    expect(agree('same', payments, [...payments].reverse()).holds).toBe(true);
    expect(agree('same', payments, payments.slice(1)).holds).toBe(false);
    const other = payments.map((one, at) => (at === 0 ? { ...one, captured: 1 } : one));
    expect(agree('same', payments, other).holds).toBe(false);
  });
});
