/** Two at once on one card, one number or one till: whoever commits first is seen by the other, and nothing happens twice. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FreezeCard } from '../../src/cards/freeze-card.js';
import { ReversePayment } from '../../src/payments/reverse-payment.js';
import {
  PaymentsStore,
  type Decision,
  type Sale,
} from '../../src/payments/store/payments.store.js';
import { Counter, paymentOf } from '../support/counter.js';
import { brokenProofs, Given, type Student } from '../support/given.js';
import { Holding, Turnstile, untilWaiting } from '../support/locks.js';
import { startService, type TestService } from '../support/service.js';

const office = { kind: 'service', id: 0n } as const;

let service: TestService;
let other: TestService;
let given: Given;
let till: Counter;
let turnstile: Turnstile;

beforeAll(async () => {
  service = await startService();
  other = await startService({ beside: service });
  given = new Given(service);
  till = await Counter.at(service, await given.canteen());
  turnstile = await Turnstile.build(service);
});
afterEach(async () => {
  Holding.endAll();
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(async () => {
  await other.close();
  await service.close();
});

const decide = (sale: Sale, by = service): Promise<Decision> => by.get(PaymentsStore).decide(sale);
const reasonOf = async (decision: Promise<Decision>): Promise<string | null> =>
  paymentOf(await decision).reason;
const reverse = ({ orderNumber }: Sale): ReturnType<ReversePayment['reverse']> =>
  other
    .get(ReversePayment)
    .reverse({ terminal: till.terminal, generation: 1 }, orderNumber, 'timeout');

/** Holds the card as another sale of it would. */
async function lockCard({ card }: Student): Promise<Holding> {
  const holding = await Holding.begin(service.owner);
  await holding.query('select cards.lock(array[$1::bigint])', [card.toString()]);
  return holding;
}

describe('a sale and a freeze', () => {
  it('frozen first: the sale waits for the freeze and is declined', async () => {
    const student = await given.student(1_000n);
    const freezing = await Holding.begin(service.owner);
    await freezing.query(`select cards.set_status($1, '{active}', 'frozen', 'service', 0)`, [
      student.card.toString(),
    ]);
    const sale = decide(till.sale(student, { amount: 400n }));
    await untilWaiting(service, 1);
    await freezing.commit();
    expect(await reasonOf(sale)).toBe('card_frozen');
    expect(await student.balance()).toBe(1_000n);
  });

  it('sold first: the freeze waits for the sale, which stands, and the next one is declined', async () => {
    const student = await given.student(1_000n);
    const gate = await turnstile.close();
    const sale = decide(till.sale(student, { amount: 400n }));
    await untilWaiting(service, 1);
    const frozen = service.get(FreezeCard).freeze(student.card, office);
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(sale)).toBeNull();
    await frozen;
    expect(await reasonOf(decide(till.sale(student, { amount: 1n })))).toBe('card_frozen');
    expect(await student.balance()).toBe(600n);
  });
});

describe('a sale and the reversal of its number', () => {
  it('sold first: the reversal waits for the sale and returns it', async () => {
    const student = await given.student(1_000n);
    const draft = till.sale(student, { amount: 400n });
    const gate = await turnstile.close();
    const sale = decide(draft);
    await untilWaiting(service, 1);
    const reversal = reverse(draft);
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(sale)).toBeNull();
    expect(await reversal).toEqual({ outcome: 'reversed', returned: 400n });
    expect(await student.balance()).toBe(1_000n);
  });

  it('barred while it was being decided: the sale is undone, tried again and told so', async () => {
    const student = await given.student(1_000n);
    const draft = till.sale(student, { amount: 400n });
    const next = till.sale(student, { amount: 400n });
    const gate = await lockCard(student);
    const sale = decide(draft);
    await untilWaiting(service, 1);
    // The number is looked up under the card's lock: this one is written after that, and before the sale writes it.
    const barring = await Holding.begin(service.owner);
    await barring.query(`select payments.reverse($1, $2, 'timeout', '72 hours')`, [
      draft.terminal.toString(),
      draft.orderNumber,
    ]);
    await gate.commit();
    await barring.untilBlocking();
    await barring.commit();
    expect(await sale).toEqual({ outcome: 'reversed' });
    expect(await student.balance()).toBe(1_000n);
    expect(await reasonOf(decide(next))).toBeNull();
  });

  it('that bars one of a batch leaves its neighbors their verdicts', async () => {
    const students = await Promise.all([1, 2, 3].map(() => given.student(1_000n)));
    const sales = students.map((student) => till.sale(student, { amount: 300n }));
    const barred = sales[1] as Sale;
    const gate = await lockCard(students[0] as Student);
    const decisions = Promise.all(sales.map((sale) => decide(sale)));
    await untilWaiting(service, 1);
    const barring = await Holding.begin(service.owner);
    await barring.query(`select payments.reverse($1, $2, 'timeout', '72 hours')`, [
      barred.terminal.toString(),
      barred.orderNumber,
    ]);
    await gate.commit();
    await barring.untilBlocking();
    await barring.commit();
    const outcomes = (await decisions).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['decided', 'reversed', 'decided']);
    expect(await Promise.all(students.map((student) => student.balance()))).toEqual([
      700n,
      1_000n,
      700n,
    ]);
  });
});

describe('two processes', () => {
  it('with two sales of one code: the second waits and finds it used', async () => {
    const student = await given.student(1_000n);
    const first = till.sale(student, { amount: 400n });
    const second: Sale = { ...till.sale(student, { amount: 300n }), payer: first.payer };
    const gate = await turnstile.close();
    const paid = decide(first);
    await untilWaiting(service, 1);
    const refused = decide(second, other);
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(paid)).toBeNull();
    expect(await reasonOf(refused)).toBe('code_used');
    expect(await student.balance()).toBe(600n);
  });

  it('with two sales of one card, which has money for one: the second waits and lacks funds', async () => {
    const student = await given.student(500n);
    const gate = await turnstile.close();
    const paid = decide(till.sale(student, { amount: 400n }));
    await untilWaiting(service, 1);
    const refused = decide(till.sale(student, { amount: 400n }), other);
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(paid)).toBeNull();
    expect(await reasonOf(refused)).toBe('insufficient_funds');
  });

  it('with one request: both answer the same, and one of them decided it', async () => {
    const student = await given.student(1_000n);
    const sale = till.sale(student, { amount: 400n });
    const gate = await turnstile.close();
    const first = decide(sale);
    await untilWaiting(service, 1);
    const second = decide(sale, other);
    await untilWaiting(service, 2);
    await gate.open();
    const [decided, known] = await Promise.all([first, second]);
    expect([decided.outcome, known.outcome]).toEqual(['decided', 'known']);
    expect(paymentOf(known)).toEqual(paymentOf(decided));
    expect(await student.balance()).toBe(600n);
  });

  it("with one request about nobody's code, which locks no card: the number itself is waited for", async () => {
    const sale: Sale = {
      ...till.sale(await given.student(0n), { amount: 400n }),
      payer: { refused: 'code_invalid' },
    };
    const gate = await turnstile.close();
    const first = decide(sale);
    await untilWaiting(service, 1);
    const second = decide(sale, other);
    await untilWaiting(service, 2);
    await gate.open();
    const [decided, known] = await Promise.all([first, second]);
    expect([decided.outcome, known.outcome]).toEqual(['decided', 'known']);
    expect(paymentOf(known)).toEqual(paymentOf(decided));
  });

  it('with one number over two cards: the second is reused and takes nothing', async () => {
    const [one, two] = [await given.student(1_000n), await given.student(1_000n)];
    const sale = till.sale(one, { amount: 400n });
    const forged: Sale = {
      ...till.sale(two, { amount: 400n }),
      orderNumber: sale.orderNumber,
    };
    const gate = await turnstile.close();
    const first = decide(sale);
    await untilWaiting(service, 1);
    const second = decide(forged, other);
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(first)).toBeNull();
    expect(await second).toEqual({ outcome: 'reused' });
    expect([await one.balance(), await two.balance()]).toEqual([600n, 1_000n]);
  });

  it('with two cards at one merchant wait for nothing', async () => {
    const [one, two] = [await given.student(1_000n), await given.student(1_000n)];
    const sold = await decide(till.sale(two, { amount: 1n }), other);
    expect(paymentOf(sold).reason).toBeNull();
    const uncommitted = await Holding.begin(service.owner);
    await uncommitted.query('select from ledger.account where owner = $1 for update', [
      one.card.toString(),
    ]);
    const waiting = decide(till.sale(one, { amount: 400n }));
    await untilWaiting(service, 1);
    expect(await reasonOf(decide(till.sale(two, { amount: 400n }), other))).toBeNull();
    await untilWaiting(service, 1);
    await uncommitted.commit();
    expect(await reasonOf(waiting)).toBeNull();
  });
});

describe('a sale and money that arrives', () => {
  it('funded first: the sale waits for the money and spends it', async () => {
    const student = await given.student(100n);
    const collection = await Holding.begin(service.owner);
    await collection.query(
      `select ledger.record('collection',
         array[ledger.open_account(0, 'bank', null, false), ledger.account_of($1, 'cash')],
         array[-900::bigint, 900], '{}')`,
      [student.card.toString()],
    );
    const sale = decide(till.sale(student, { amount: 1_000n }));
    await untilWaiting(service, 1);
    await collection.commit();
    expect(await reasonOf(sale)).toBeNull();
    expect(await student.balance()).toBe(0n);
  });

  it('sold first: the money waits for the sale, and both are in the books', async () => {
    const student = await given.student(100n);
    const gate = await turnstile.close();
    const sale = decide(till.sale(student, { amount: 100n }));
    await untilWaiting(service, 1);
    const funded = given.fund(student.card, 900n);
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(sale)).toBeNull();
    await funded;
    expect(await student.balance()).toBe(900n);
  });
});

describe('a sale and a revocation', () => {
  it('counts from its commit, also for a sale that was sent before it', async () => {
    const student = await given.student(1_000n);
    const revoked = await Counter.at(service, await given.canteen());
    const gate = await lockCard(student);
    const sale = decide(revoked.sale(student, { amount: 400n }));
    await untilWaiting(service, 1);
    await service.owner.query(
      `update terminals.terminal set status = 'revoked', revoked_at = platform.now() where id = $1`,
      [revoked.terminal.id.toString()],
    );
    await gate.commit();
    expect(await sale).toEqual({ outcome: 'terminal_revoked' });
    expect(await student.balance()).toBe(1_000n);
  });

  it('that has not committed stops no sale and makes none wait', async () => {
    const student = await given.student(1_000n);
    const revoked = await Counter.at(service, await given.canteen());
    const revoking = await Holding.begin(service.owner);
    await revoking.query(
      `update terminals.terminal set status = 'revoked', revoked_at = platform.now() where id = $1`,
      [revoked.terminal.id.toString()],
    );
    expect(await reasonOf(decide(revoked.sale(student, { amount: 400n })))).toBeNull();
    await revoking.commit();
    expect(await decide(revoked.sale(student, { amount: 1n }))).toEqual({
      outcome: 'terminal_revoked',
    });
  });
});

describe('a sale and the binding of another phone', () => {
  it('bound first: the sale waits, and the code of the phone before is refused', async () => {
    const student = await given.student(1_000n);
    const binding = await lockCard(student);
    await binding.query('select payment_codes.close_phone($1)', [
      student.phone.credential.toString(),
    ]);
    const sale = decide(till.sale(student, { amount: 400n }));
    await untilWaiting(service, 1);
    await binding.commit();
    expect(await reasonOf(sale)).toBe('credential_closed');
  });

  it('sold first: the binding waits for the sale, which stands', async () => {
    const student = await given.student(1_000n);
    const gate = await turnstile.close();
    const sale = decide(till.sale(student, { amount: 400n }));
    await untilWaiting(service, 1);
    const bound = student.bindAnotherPhone();
    await untilWaiting(service, 2);
    await gate.open();
    expect(await reasonOf(sale)).toBeNull();
    const phone = await bound;
    expect(await reasonOf(decide(till.sale(student, { amount: 1n })))).toBe('credential_closed');
    const paid = decide(till.sale({ card: student.card, phone }, { amount: 1n }));
    expect(await reasonOf(paid)).toBeNull();
  });
});
