/**
 * Defects that were found in the field's best-known ledgers, each as a fact about ours. Three have their tests beside what
 * they are about: rows outside the hash chain and a chain that was cut off (`src/ledger/seal.int-spec.ts`), and a cost that
 * grows with history (`cost-of-history.int-spec.ts`); the last test here sees that they are there.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { CapturePayment } from '../../src/payments/capture-payment.js';
import type { Payment } from '../../src/payments/payment.js';
import {
  PaymentsStore,
  type Decision,
  type Sale,
} from '../../src/payments/store/payments.store.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { appendEvent } from '../../src/platform/events/outbox.js';
import { RelayEvents } from '../../src/platform/events/relay-events.js';
import { GivenSales, type Till } from '../support/given-sales.js';
import { brokenProofs, metered } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import { read } from '../support/sources.js';

const atOnce = 8;

let service: TestService;
let clients: pg.Client[];
let merchant: string;
let till: Till;
let washer: Till;
let sales: GivenSales;
let owners = 900_000;
let payers = 800_000;

beforeAll(async () => {
  service = await startService();
  sales = new GivenSales(service);
  const id = await sales.merchant('Noodles');
  till = await sales.till(id, 'N1');
  washer = await sales.till(id, 'W1', metered);
  merchant = await one('select ledger.account_of($1, $2)', [id.toString(), 'merchant']);
  clients = Array.from(
    { length: atOnce },
    () => new pg.Client({ connectionString: service.config.ownerUrl }),
  );
  await Promise.all(clients.map((client) => client.connect()));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await service.close();
});

async function one(sql: string, values: unknown[] = []): Promise<string> {
  const { rows } = await service.owner.query<Record<string, unknown>>(sql, values);
  return String(Object.values(rows[0] ?? {})[0]);
}

/** A purse of nobody in particular with so much in it. */
async function purseOf(amount: number): Promise<{ owner: number; account: string }> {
  owners += 1;
  const account = await one(`select ledger.open_account($1, 'cash', null, true)`, [owners]);
  await one(
    `select ledger.record('top-up', array[ledger.open_account(0, 'bank', null, false), $1],
       array[-$2::bigint, $2], '{}')`,
    [account, amount],
  );
  return { owner: owners, account };
}

/** Lets everybody come to a locked purse first, so that they are there at the same moment. */
async function allAtOnce<Result>(
  account: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result[]> {
  const holder = await service.owner.connect();
  try {
    await holder.query('begin');
    await holder.query('select from ledger.account where id = $1 for update', [account]);
    const pids = clients.map((client) => (client as unknown as { processID: number }).processID);
    const running = Promise.all(clients.map(work));
    for (let waiting = 0; waiting < atOnce;) {
      const { rows } = await holder.query<{ waiting: number }>(
        'select count(distinct pid)::int as waiting from pg_locks where not granted and pid = any ($1)',
        [pids],
      );
      waiting = rows[0]?.waiting ?? 0;
    }
    await holder.query('commit');
    return await running;
  } finally {
    holder.release();
  }
}

describe('a purse that eight draw from at once', () => {
  it('pays exactly one of them: it never goes below zero (double spending by a sum without a lock)', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { owner, account } = await purseOf(100);
      const drawn = await allAtOnce(account, async (client) => {
        const { rows } = await client.query<{ number: string | null }>(
          `select number from ledger.draw(array[$1::bigint], '{cash}', '{100}', array[$2::bigint], '{null}', '{race}',
             array['{}'::jsonb])`,
          [owner, merchant],
        );
        return rows[0]?.number ?? null;
      });
      expect(drawn.filter((number) => number !== null)).toHaveLength(1);
      expect(await one('select balance from ledger.account where id = $1', [account])).toBe('0');
    }
  });

  it('loses no change: what is added at once is all there (lost updates under a lock that expires)', async () => {
    const { account } = await purseOf(1);
    await allAtOnce(account, async (client) => {
      for (let times = 0; times < 10; times += 1)
        await client.query(
          `select ledger.record('top-up', array[ledger.account_of(0, 'bank'), $1], '{-7, 7}', '{}')`,
          [account],
        );
    });
    expect(await one('select balance from ledger.account where id = $1', [account])).toBe('561');
    expect(await one('select seq from ledger.account where id = $1', [account])).toBe('81');
  });
});

/** A sale as it would be sent again: the same to the last byte. */
async function saleOf(from: Till, amount: bigint, over: Partial<Sale> = {}): Promise<Sale> {
  const { terminal, place } = from;
  return {
    terminal: terminal.id,
    keyGeneration: 1,
    orderNumber: sales.number(),
    hash: randomBytes(32),
    sequence: 1,
    shortNumber: `${terminal.code}-0001`,
    place: place.id,
    merchant: place.merchant.id,
    merchantAccount: place.merchant.account,
    purseKinds: ['cash'],
    holdSeconds: place.tariff.type === 'metered' ? place.tariff.holdSeconds : null,
    amount,
    occurredAt: service.clock.now(),
    payer: await sales['payer']((payers += 1), amount),
    ...over,
  };
}

const decide = (sale: Sale): Promise<Decision> => service.get(PaymentsStore).decide(sale);

function paymentOf(decision: Decision): Payment {
  if (!('payment' in decision)) throw new Error(decision.outcome);
  return decision.payment;
}

const kept = `select (select count(*) from ledger.entry) || ' ' || (select count(*) from ledger.hold) || ' '
  || (select count(*) from payments.payment) || ' ' || (select count(*) from platform.outbox) || ' '
  || (select sum(balance) + sum(held) from ledger.account)`;

describe('a call that is delivered again', () => {
  it('is not applied again, nor answered otherwise (a retried script applied its change twice)', async () => {
    const sale = await saleOf(till, 300n);
    const first = paymentOf(await decide(sale));
    expect(first.verdict).toBe('approved');
    const after = await one(kept);
    const again = await Promise.all(Array.from({ length: atOnce }, () => decide(sale)));
    for (const decision of again) expect(decision).toEqual({ outcome: 'known', payment: first });
    expect(await one(kept)).toBe(after);
  });

  it('of a hold finds the same hold, whose capture is taken once (a retry had made another hold)', async () => {
    const sale = await saleOf(washer, 500n);
    const first = paymentOf(await decide(sale));
    expect(first.state).toBe('held');
    expect(await decide(sale)).toEqual({ outcome: 'known', payment: first });
    expect(await one('select count(*) from ledger.hold h where h.owner = $1', [cardOf(sale)])).toBe(
      '1',
    );

    const capture = {
      terminalKey: { terminal: washer.terminal, generation: 1 },
      orderNumber: sale.orderNumber,
      captureNumber: sales.number(),
      amount: 200n,
      final: true,
    };
    const captured = await service.get(CapturePayment).capture(capture);
    const after = await one(kept);
    for (let times = 0; times < 3; times += 1)
      expect(await service.get(CapturePayment).capture(capture)).toEqual(captured);
    expect(await one(kept)).toBe(after);
  });
});

const cardOf = ({ payer }: Sale): string => ('card' in payer ? payer.card.toString() : '');

describe('a batch', () => {
  it('in which one cannot be posted lets the others through (all or nothing)', async () => {
    const good = await Promise.all([saleOf(till, 100n), saleOf(till, 200n)]);
    const bad = await saleOf(till, 300n, { merchantAccount: 999_999_999n });
    const poor = await saleOf(till, 400n, { amount: 401n });
    const [one1, two, three, four] = await Promise.allSettled(
      [good[0] as Sale, bad, poor, good[1] as Sale].map(decide),
    );
    expect(one1).toMatchObject({ value: { payment: { verdict: 'approved' } } });
    expect(two).toMatchObject({ status: 'rejected' });
    expect(three).toMatchObject({ value: { payment: { reason: 'insufficient_funds' } } });
    expect(four).toMatchObject({ value: { payment: { verdict: 'approved' } } });
    expect(
      await one('select count(*) from payments.payment where order_no = $1', [bad.orderNumber]),
    ).toBe('0');
  });
});

describe('sealing', () => {
  it('holds no sale up: its tables may be locked while sales go on (a chain that serialised the ledger)', async () => {
    const sealer = await service.owner.connect();
    try {
      await sealer.query(`begin; select pg_advisory_xact_lock(hashtext('job seal-entries'));
        lock table ledger.block, ledger.anchor in access exclusive mode`);
      expect((await till.sell(100n)).verdict).toBe('approved');
    } finally {
      await sealer.query('rollback');
      sealer.release();
    }
  });
});

describe('a consumer that dies between what it does and its cursor', () => {
  it('has done nothing, and does it once when it comes again (an offset committed before the effect)', async () => {
    await service.owner.query(
      'create table public.effect (event bigint); grant usage on schema public to campus_app; grant insert on public.effect to campus_app',
    );
    const relay = new RelayEvents(service.database);
    let tries = 0;
    relay.consume('mortal', {
      'test.mortal': async ({ id }, tx) => {
        tries += 1;
        await tx.query('insert into public.effect values ($1)', [id.toString()]);
        if (tries === 1) await tx.query('select pg_terminate_backend(pg_backend_pid())');
      },
    });
    await inTransaction(service.database, (tx) => appendEvent(tx, 'test.mortal', {}));
    let deaths = 0;
    // Other tests' transactions on this server hold the horizon back for moments.
    while ((await one('select count(*) from public.effect')) === '0')
      await relay.relayAll().catch(() => {
        deaths += 1;
      });
    await relay.relayAll();
    expect({ tries, deaths }).toEqual({ tries: 2, deaths: 1 });
    expect(await one('select count(*) from public.effect')).toBe('1');
    await service.owner.query('drop table public.effect');
  });
});

describe('a surplus', () => {
  it.each([1, -1])(
    'is as wrong as a lack: a purse that is off by %d fen breaks a proof',
    async (by) => {
      const { account } = await purseOf(50);
      const tilt = (amount: number): Promise<unknown> =>
        service.owner.query(`do $$ begin
        set local session_replication_role = replica;
        update ledger.account set balance = balance + (${amount}) where id = ${account};
      end $$`);
      await tilt(by);
      expect(await brokenProofs(service)).toEqual(['guarded balance = fold of its postings']);
      await tilt(-by);
      expect(await brokenProofs(service)).toEqual([]);
    },
  );

  it('of amounts beyond what a floating number can hold is exact to the fen', async () => {
    const { account } = await purseOf(1_000_000_000_000);
    for (let times = 0; times < 3; times += 1)
      await one(
        `select ledger.record('top-up', array[ledger.account_of(0, 'bank'), $1], '{-999999999999, 999999999999}', '{}')`,
        [account],
      );
    expect(await one('select balance from ledger.account where id = $1', [account])).toBe(
      '3999999999997',
    );
  });
});

it('what is told elsewhere is told there', () => {
  const told = [
    [
      'src/ledger/seal.int-spec.ts',
      'seals what an open transaction posted early and committed late',
    ],
    ['src/ledger/seal.int-spec.ts', 'a tail that was cut off, entries and blocks'],
    ['test/defects/cost-of-history.int-spec.ts', 'looks at no more pages'],
    ['test/proofs/append-only.int-spec.ts', 'take none from their owner either'],
    ['src/reconciliation/reconciliation.int-spec.ts', 'shows each difference by its type'],
  ] as const;
  for (const [file, title] of told) expect(read(file)).toContain(title);
});
