/** What is held is captured, released, reversed or expires: whoever comes first ends it, and the others are told. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePayment, type Captured } from '../../src/payments/capture-payment.js';
import { ReversePayment } from '../../src/payments/reverse-payment.js';
import { PaymentsStore, type Sale } from '../../src/payments/store/payments.store.js';
import { Refusal } from '../../src/platform/errors/problem.js';
import { Counter, paymentOf } from '../support/counter.js';
import { brokenProofs, Given, type Student } from '../support/given.js';
import { Holding, Turnstile, untilWaiting } from '../support/locks.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

const held = 500n;
const holdSeconds = 900;
/** So slow that a test does not see it move. */
const standstill = 1e-9;

let service: TestService;
let given: Given;
let device: TestTerminal;
let shower: Counter;
let turnstile: Turnstile;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  device = await given.dorm();
  shower = await Counter.at(service, device);
  turnstile = await Turnstile.build(service);
});
beforeEach(() => service.setTime(noon));
afterEach(async () => {
  Holding.endAll();
  await sweep();
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(() => service.close());

const sweep = (): Promise<void> => service.runJob('end-expired-holds');

type Held = {
  readonly student: Student;
  readonly sale: Sale;
  /** To the microsecond, which a Date does not know. */
  readonly until: string;
};

async function hold(cash = 1_000n): Promise<Held> {
  const student = await given.student(cash);
  const sale = shower.sale(student, { amount: held, holdSeconds });
  expect(paymentOf(await service.get(PaymentsStore).decide(sale)).state).toBe('held');
  const { rows } = await service.owner.query<{ until: string }>(
    'select hold_until::text as until from payments.payment where order_no = $1',
    [sale.orderNumber],
  );
  return { student, sale, until: rows[0]?.until ?? '' };
}

/** @returns what became of the payment, or the code of the refusal. */
function capture(
  { orderNumber }: Sale,
  amount: bigint,
  { final = true, captureNumber = device.number() } = {},
): Promise<string> {
  const { terminal } = shower;
  return service
    .get(CapturePayment)
    .capture({
      terminalKey: { terminal, generation: 1 },
      orderNumber,
      captureNumber,
      amount,
      final,
    })
    .then(({ state }: Captured) => state, codeOf);
}

const reverse = ({ orderNumber }: Sale): Promise<[string, bigint]> =>
  service
    .get(ReversePayment)
    .reverse({ terminal: shower.terminal, generation: 1 }, orderNumber, 'timeout')
    .then(({ outcome, returned }) => [outcome, returned]);

const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.code;
  throw error;
};

/** The same calls in a transaction of the test's own, which has done its work and not committed yet. */
async function uncommitted(sql: string, values: readonly unknown[] = []): Promise<Holding> {
  const holding = await Holding.begin(service.owner);
  await holding.query(sql, values);
  return holding;
}

const uncommittedCapture = (
  { terminal, orderNumber, merchantAccount }: Sale,
  amount: bigint,
  { final = true, captureNumber = device.number() } = {},
): Promise<Holding> =>
  uncommitted('select payments.capture($1, $2, $3, $4, $5, $6)', [
    terminal.toString(),
    orderNumber,
    captureNumber,
    amount.toString(),
    final,
    merchantAccount.toString(),
  ]);

const uncommittedReversal = ({ terminal, orderNumber }: Sale): Promise<Holding> =>
  uncommitted(`select payments.reverse($1, $2, 'timeout', '72 hours')`, [
    terminal.toString(),
    orderNumber,
  ]);

const stopAt = async (instant: string, microsecondsLater = 0): Promise<void> => {
  await service.owner.query(
    `select platform.set_clock($1::timestamptz + make_interval(secs => $2::float8 / 1e6), $3)`,
    [instant, microsecondsLater, standstill],
  );
  await service.clock.settle();
};

async function stateOf({ orderNumber }: Sale): Promise<unknown[]> {
  const { rows } = await service.owner.query<{ state: string; captured: string }>(
    'select state, captured from payments.payment where order_no = $1',
    [orderNumber],
  );
  return [rows[0]?.state, BigInt(rows[0]?.captured ?? 0)];
}

describe('the end of a hold', () => {
  it('is exact: a microsecond before it the hold is captured, at it never more', async () => {
    const [early, late] = [await hold(), await hold()];
    await stopAt(early.until, -1);
    expect(await capture(early.sale, held)).toBe('captured');
    await stopAt(late.until);
    expect(await capture(late.sale, held)).toBe('hold_expired');
    expect(await late.student.balance()).toBe(500n + held);
  });

  it('counts for a capture that was sent in time and waited until it was too late', async () => {
    const { student, sale, until } = await hold();
    const gate = await uncommitted('select cards.lock(array[$1::bigint])', [
      student.card.toString(),
    ]);
    const captured = capture(sale, 100n);
    await gate.untilBlocking();
    await stopAt(until);
    await gate.commit();
    expect(await captured).toBe('hold_expired');
    expect(await stateOf(sale)).toEqual(['held', 0n]);
    await sweep();
    expect(await stateOf(sale)).toEqual(['released', 0n]);
    expect(await student.balance()).toBe(1_000n);
  });

  it('frees the money for the next sale, though nobody has swept', async () => {
    const { student, sale, until } = await hold(held);
    await stopAt(until);
    const next = shower.sale(student, { amount: held, holdSeconds });
    expect(paymentOf(await service.get(PaymentsStore).decide(next)).state).toBe('held');
    expect(await capture(sale, 1n)).toBe('hold_expired');
  });
});

describe('a capture and the sweep', () => {
  it('captured first: the sweep waits and releases only the rest', async () => {
    const { student, sale, until } = await hold();
    const capturing = await uncommittedCapture(sale, 200n, { final: false });
    await stopAt(until);
    const swept = sweep();
    await capturing.untilBlocking();
    await capturing.commit();
    await swept;
    expect(await stateOf(sale)).toEqual(['captured', 200n]);
    expect(await student.balance()).toBe(800n);
  });

  it('captured to the end first: the sweep finds nothing to do', async () => {
    const { student, sale, until } = await hold();
    const capturing = await uncommittedCapture(sale, 200n);
    await stopAt(until);
    const swept = sweep();
    await capturing.untilBlocking();
    await capturing.commit();
    await swept;
    expect(await stateOf(sale)).toEqual(['captured', 200n]);
    expect(await student.balance()).toBe(800n);
  });

  it('swept first: the capture waits and is refused', async () => {
    const { student, sale, until } = await hold();
    await stopAt(until);
    const sweeping = await uncommitted('select payments.end_expired_holds(100)');
    const captured = capture(sale, 200n);
    await sweeping.untilBlocking();
    await sweeping.commit();
    expect(await captured).toBe('hold_expired');
    expect(await student.balance()).toBe(1_000n);
  });
});

describe('a sale and the sweep', () => {
  it('sold first: the sweep waits, and the money is freed once', async () => {
    const { student, sale, until } = await hold(held);
    await stopAt(until);
    const gate = await turnstile.close();
    const sold = service.get(PaymentsStore).decide(shower.sale(student, { amount: 300n }));
    await untilWaiting(service, 1);
    const swept = sweep();
    await untilWaiting(service, 2);
    await gate.open();
    expect(paymentOf(await sold).state).toBe('captured');
    await swept;
    expect(await stateOf(sale)).toEqual(['released', 0n]);
    expect(await student.balance()).toBe(200n);
  });

  it('swept first: the sale waits and has the money', async () => {
    const { student, until } = await hold(held);
    await stopAt(until);
    const sweeping = await uncommitted('select payments.end_expired_holds(100)');
    const sold = service.get(PaymentsStore).decide(shower.sale(student, { amount: held }));
    await sweeping.untilBlocking();
    await sweeping.commit();
    expect(paymentOf(await sold).state).toBe('captured');
    expect(await student.balance()).toBe(0n);
  });
});

describe('a capture and a reversal', () => {
  it('captured first: the reversal waits and returns what was captured', async () => {
    const { student, sale } = await hold();
    const capturing = await uncommittedCapture(sale, 200n);
    const reversed = reverse(sale);
    await capturing.untilBlocking();
    await capturing.commit();
    expect(await reversed).toEqual(['reversed', 200n]);
    expect(await student.balance()).toBe(1_000n);
  });

  it('reversed first: the capture waits and finds nothing held', async () => {
    const { student, sale } = await hold();
    const reversing = await uncommittedReversal(sale);
    const captured = capture(sale, 200n);
    await reversing.untilBlocking();
    await reversing.commit();
    expect(await captured).toBe('not_held');
    expect(await student.balance()).toBe(1_000n);
  });
});

describe('a reversal and the sweep', () => {
  it('reversed first: the sweep finds nothing to do', async () => {
    const { student, sale, until } = await hold();
    await stopAt(until);
    const reversing = await uncommittedReversal(sale);
    const swept = sweep();
    await reversing.untilBlocking();
    await reversing.commit();
    await swept;
    expect(await stateOf(sale)).toEqual(['released', 0n]);
    expect(await student.balance()).toBe(1_000n);
  });

  it('swept first: the reversal waits and finds it released', async () => {
    const { student, sale, until } = await hold();
    await stopAt(until);
    const sweeping = await uncommitted('select payments.end_expired_holds(100)');
    const reversed = reverse(sale);
    await sweeping.untilBlocking();
    await sweeping.commit();
    expect(await reversed).toEqual(['released', 0n]);
    expect(await student.balance()).toBe(1_000n);
  });

  it('twice: the second waits and says what the first gave back', async () => {
    const { sale } = await hold();
    expect(await capture(sale, 150n)).toBe('captured');
    const reversing = await uncommittedReversal(sale);
    const again = reverse(sale);
    await reversing.untilBlocking();
    await reversing.commit();
    expect(await again).toEqual(['already_reversed', 150n]);
  });
});

describe('two captures', () => {
  it('of more than the hold together: the second waits and takes nothing', async () => {
    const { student, sale } = await hold();
    const capturing = await uncommittedCapture(sale, 300n, { final: false });
    const second = capture(sale, 300n);
    await capturing.untilBlocking();
    await capturing.commit();
    expect(await second).toBe('capture_exceeds_hold');
    expect(await capture(sale, 200n, { final: false })).toBe('captured');
    expect(await student.balance()).toBe(500n);
  });

  it('of one number: the second waits and is answered as the first', async () => {
    const { student, sale } = await hold();
    const captureNumber = device.number();
    const capturing = await uncommittedCapture(sale, 300n, { captureNumber });
    const same = capture(sale, 300n, { captureNumber });
    await capturing.untilBlocking();
    const other = capture(sale, 200n, { captureNumber });
    await capturing.commit();
    expect(await same).toBe('captured');
    expect(await other).toBe('capture_number_reused');
    expect(await student.balance()).toBe(700n);
  });
});
