/** A void, a reversal, a refund, a capture and the end of the shift at once: whoever commits first is seen by the other. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Payment } from '../../src/payments/payment.js';
import { ReversePayment } from '../../src/payments/reverse-payment.js';
import { Refusal } from '../../src/platform/errors/problem.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { SetTillRules } from '../../src/places/set-till-rules.js';
import { settlementProofs } from '../../src/settlement/prove-settlement.js';
import { RecordShift } from '../../src/settlement/record-shift.js';
import { VoidSale } from '../../src/settlement/void-sale.js';
import { GivenSales, type Till } from '../support/given-sales.js';
import { brokenProofs, metered } from '../support/given.js';
import { Holding } from '../support/locks.js';
import { noon, startService, type TestService } from '../support/service.js';

let service: TestService;
let given: GivenSales;
let merchant: bigint;
let till: Till;
let tills = 0;

beforeAll(async () => {
  service = await startService();
  given = new GivenSales(service);
  merchant = await given.merchant('Noodles');
});
beforeEach(async () => {
  await service.setTime(noon);
  tills += 1;
  till = await given.till(merchant, `V${tills}`);
});
afterEach(async () => {
  Holding.endAll();
  expect(await brokenProofs(service)).toEqual([]);
  const proofs = await proveWith(settlementProofs, service.database);
  expect(proofs.filter(({ broken }) => broken !== 0n)).toEqual([]);
});
afterAll(() => service.close());

const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.code;
  throw error;
};

function voidSale(
  { orderNumber }: Payment,
  { voidNumber = given.number(), hash = randomBytes(32) } = {},
): Promise<unknown> {
  return service
    .get(VoidSale)
    .void({
      terminalKey: { terminal: till.terminal, generation: 1 },
      voidNumber,
      orderNumber,
      hash,
      supervision: undefined,
    })
    .then(({ outcome, returned }) => [outcome, returned], codeOf);
}

const reverse = ({ orderNumber }: Payment): Promise<unknown> =>
  service
    .get(ReversePayment)
    .reverse({ terminal: till.terminal, generation: 1 }, orderNumber, 'timeout')
    .then(({ outcome, returned }) => [outcome, returned]);

/** Done in a transaction of the test's own, and not committed yet. */
async function uncommitted(sql: string, values: readonly unknown[] = []): Promise<Holding> {
  const holding = await Holding.begin(service.owner);
  await holding.query(sql, values);
  return holding;
}

const uncommittedVoid = (
  { orderNumber }: Payment,
  { voidNumber = given.number(), hash = randomBytes(32) } = {},
): Promise<Holding> =>
  uncommitted('select settlement.void_sale($1, 1, $2, $3, $4, null)', [
    till.terminal.id.toString(),
    voidNumber,
    orderNumber,
    hash,
  ]);

/** Runs `other` while `first` is done and not committed, and lets `first` commit when `other` waits for it. */
async function after<Result>(first: Holding, other: () => Promise<Result>): Promise<Result> {
  const waiting = other();
  await first.untilBlocking();
  await first.commit();
  return waiting;
}

async function givenBack({ id }: Payment): Promise<bigint> {
  const { rows } = await service.owner.query<{ returned: string }>(
    'select returned from payments.payment where id = $1',
    [id.toString()],
  );
  return BigInt(rows[0]?.returned ?? 0);
}

/** As if two people had agreed on it. @returns the refund, to be carried out */
async function agreedRefund({ id }: Payment, amount: number): Promise<string> {
  const { rows } = await service.owner.query<{ refund: string }>(
    `select refund from payments.propose_refund(gen_random_uuid(), $1, $2, 'cold', 1)`,
    [id.toString(), amount],
  );
  const refund = rows[0]?.refund ?? '';
  await service.owner.query('select payments.set_refund_approval($1, $1)', [refund]);
  await service.owner.query(`select payments.decide_refund($1, $1, 2, 'accepted')`, [refund]);
  return refund;
}

const carryOut = 'select payments.carry_out_refund($1) as state';

describe('a void and a reversal', () => {
  it('voided first: the reversal waits and says what was given back', async () => {
    const sale = await till.sell(1_250n);
    expect(await after(await uncommittedVoid(sale), () => reverse(sale))).toEqual([
      'already_reversed',
      1_250n,
    ]);
    expect(await givenBack(sale)).toBe(1_250n);
  });

  it('reversed first: the void waits and finds it taken back', async () => {
    const sale = await till.sell(1_250n);
    const reversing = await uncommitted(`select payments.reverse($1, $2, 'timeout', '72 hours')`, [
      till.terminal.id.toString(),
      sale.orderNumber,
    ]);
    expect(await after(reversing, () => voidSale(sale))).toEqual(['already_reversed', 1_250n]);
    expect(await givenBack(sale)).toBe(1_250n);
  });
});

describe('two voids', () => {
  it('of one sale: the second waits and finds it voided', async () => {
    const sale = await till.sell(1_250n);
    expect(await after(await uncommittedVoid(sale), () => voidSale(sale))).toEqual([
      'already_voided',
      1_250n,
    ]);
    expect(await givenBack(sale)).toBe(1_250n);
  });

  it('of one number: the same is answered as the first, another is refused', async () => {
    const [sale, other] = [await till.sell(1_250n), await till.sell(800n)];
    const same = { voidNumber: given.number(), hash: randomBytes(32) };
    const first = await uncommittedVoid(sale, same);
    const another = voidSale(other, { voidNumber: same.voidNumber });
    expect(await after(first, () => voidSale(sale, same))).toEqual(['voided', 1_250n]);
    expect(await another).toBe('order_number_reused');
    expect(await givenBack(other)).toBe(0n);
  });
});

describe('a void and a refund', () => {
  it('voided first: the refund waits and fails', async () => {
    const sale = await till.sell(1_250n);
    const refund = await agreedRefund(sale, 250);
    const { rows } = await after(await uncommittedVoid(sale), () =>
      service.owner.query(carryOut, [refund]),
    );
    expect(rows).toEqual([{ state: 'failed' }]);
    expect(await givenBack(sale)).toBe(1_250n);
  });

  it('refunded first: the void waits and gives back what remains', async () => {
    const sale = await till.sell(1_250n);
    const refunding = await uncommitted(carryOut, [await agreedRefund(sale, 250)]);
    expect(await after(refunding, () => voidSale(sale))).toEqual(['voided', 1_000n]);
    expect(await givenBack(sale)).toBe(1_250n);
  });
});

describe('a void and a capture', () => {
  beforeEach(async () => {
    till = await given.till(merchant, `W${tills}`, metered);
    await service.get(SetTillRules).set(till.place.id, { attended: true });
  });

  it('captured first: the void waits and gives back what was taken', async () => {
    const sale = await till.sell(500n);
    const capturing = await uncommitted('select payments.capture($1, $2, $3, 200, true, $4)', [
      till.terminal.id.toString(),
      sale.orderNumber,
      given.number(),
      till.place.merchant.account.toString(),
    ]);
    expect(await after(capturing, () => voidSale(sale))).toEqual(['voided', 200n]);
  });

  it('voided first: the capture waits and finds nothing held', async () => {
    const sale = await till.sell(500n);
    const captured = await after(await uncommittedVoid(sale), () =>
      till.capture(sale, 200n).then(() => 'captured', codeOf),
    );
    expect(captured).toBe('not_held');
    expect(await givenBack(sale)).toBe(0n);
  });
});

describe('a void and the end of the shift', () => {
  const report = () => ({
    terminal: till.terminal.id,
    shiftNumber: given.number(),
    openedAt: new Date(noon).toISOString(),
    closedAt: service.clock.now().toISOString(),
    sales: { count: 1, amount: 1_250n },
    reversals: { count: 0, amount: 0n },
  });

  it('voided first: the report waits and counts it', async () => {
    const sale = await till.sell(1_250n);
    await service.passTime(1);
    const voids = { count: 1, amount: 1_250n };
    const finding = await after(await uncommittedVoid(sale), () =>
      service.get(RecordShift).record({ ...report(), voids }),
    );
    expect(finding).toMatchObject({ agrees: true, service: { voids } });
  });

  it('reported first: the void waits and is too late', async () => {
    const sale = await till.sell(1_250n);
    await service.passTime(1);
    const { terminal, shiftNumber, openedAt, closedAt } = report();
    const reporting = await uncommitted(
      'select settlement.record_shift($1, $2, $3, $4, 1, 1250, 0, 0, 0, 0)',
      [terminal.toString(), shiftNumber, openedAt, closedAt],
    );
    expect(await after(reporting, () => voidSale(sale))).toBe('void_too_late');
    expect(await givenBack(sale)).toBe(0n);
  });
});
