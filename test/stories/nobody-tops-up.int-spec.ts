/** A student spends in the canteen and at a dorm meter, and the purse fills up again from the bank by itself. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeBank, type FakeBank } from '../../local/fakes/bank/start-fake-bank.js';
import { SignAgreement } from '../../src/bank/sign-agreement.js';
import type { Payment } from '../../src/payments/payment.js';
import { GivenSales, type Till } from '../support/given-sales.js';
import { startService, type TestService } from '../support/service.js';

let fake: FakeBank;
let service: TestService;
let canteen: Till;
let meter: Till;

async function cardOf({ id }: Payment): Promise<string> {
  const { rows } = await service.owner.query<{ card: string }>(
    'select card from payments.payment where id = $1',
    [String(id)],
  );
  return String(rows[0]?.card);
}

async function agree(payment: Payment): Promise<void> {
  const card = await cardOf(payment);
  const bankAccount = `6222000000${card.padStart(4, '0')}1234`;
  await service.get(SignAgreement).sign(BigInt(card), { holderName: '张伟', bankAccount });
}

/** Fen in the cash purse of the card that paid. */
async function cash(payment: Payment): Promise<number> {
  const { rows } = await service.owner.query<{ balance: string }>(
    `select balance from ledger.account_balance where owner = $1 and kind = 'cash'`,
    [await cardOf(payment)],
  );
  return Number(rows[0]?.balance);
}

async function settle(): Promise<void> {
  await service.relayAll();
  await service.runJob('carry-out-instructions');
  await service.relayAll();
}

beforeAll(async () => {
  fake = await startFakeBank();
  service = await startService({ env: { BANK_URL: fake.url } });
  const given = new GivenSales(service);
  const merchant = await given.merchant('Campus catering');
  canteen = await given.till(merchant, 'B3');
  meter = await given.till(merchant, 'D1', {
    type: 'metered',
    hold: 500n,
    unit: 'liter',
    unitPrice: 5n,
    holdSeconds: 900,
  });
});

afterAll(async () => {
  await service?.close();
  await fake?.close();
});

describe('nobody tops up', () => {
  it('after a sale in the canteen', async () => {
    const lunch = await canteen.sell(1250n);
    await agree(lunch);
    expect(await cash(lunch)).toBe(0);
    await settle();
    expect(await cash(lunch)).toBe(1250);
  });

  it('after a shower: what was captured comes back, what was released never left', async () => {
    const shower = await meter.sell(500n);
    await agree(shower);
    await settle();
    expect(await cash(shower)).toBe(500);
    await meter.capture(shower, 100n, false);
    await meter.capture(shower, 37n);
    expect(await cash(shower)).toBe(363);
    await settle();
    expect(await cash(shower)).toBe(500);
  });

  it('after a mistake: a sale taken back in time is not collected, and later its money stays', async () => {
    const early = await canteen.sell(800n);
    const late = await canteen.sell(900n);
    await Promise.all([agree(early), agree(late)]);
    await canteen.reverse(early);
    await settle();
    await canteen.reverse(late);
    await settle();
    expect([await cash(early), await cash(late)]).toEqual([800, 1800]);
    const { rows } = await service.owner.query(
      'select missing from funding.standing where card = any ($1) order by card',
      [[await cardOf(early), await cardOf(late)]],
    );
    expect(rows).toEqual([{ missing: '-900' }]);
  });

  it('and the bank, the purses and the ledger tell the same story', async () => {
    const { rows } = await service.owner.query<{ broken: string }>(
      'select * from ledger.prove() where broken <> 0',
    );
    expect(rows).toEqual([]);
    expect(fake.books.settlementBalance).toBe(1250 + 137 + 900);
  });
});
