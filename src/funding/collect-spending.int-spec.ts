import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startFakeBank, type FakeBank } from '../../local/fakes/bank/start-fake-bank.js';
import { startService, type TestService } from '../../test/support/service.js';
import { CarryOutInstructions } from '../bank/carry-out-instructions.js';
import { bankPortToken, type BankPort } from '../bank/domain/bank-port.js';
import { SignAgreement } from '../bank/sign-agreement.js';
import { RegisterCardholder } from '../cardholders/register-cardholder.js';
import { IssueCard } from '../cards/issue-card.js';
import { OpenPurse } from '../cards/open-purse.js';
import { appendEvent } from '../platform/events/outbox.js';
import { RunJobs } from '../platform/jobs/run-jobs.js';

type Card = { id: bigint; cardholder: bigint; bankAccount: string };
type Sale = { payment: bigint; entry: bigint; card: Card };

const opening = 100_00n;
let fake: FakeBank;
let service: TestService;
let port: BankPort;
let bank: CarryOutInstructions;
let numbers = 0;

const lever = (name: string, body: unknown): Promise<Response> =>
  fetch(`${fake.url}/__fake/${name}`, { method: 'POST', body: JSON.stringify(body) });

const spoil = (fault: unknown): Promise<Response> => lever('faults', fault);

async function one<Row>(sql: string, values: unknown[] = []): Promise<Row> {
  return (await service.owner.query(sql, values)).rows[0] as Row;
}

async function record(kind: string, moves: readonly (readonly [bigint, bigint])[]) {
  const { entry } = await one<{ entry: string }>('select ledger.record($1, $2, $3, $4) as entry', [
    kind,
    moves.map(([account]) => String(account)),
    moves.map(([, amount]) => String(amount)),
    '{}',
  ]);
  return BigInt(entry);
}

async function house(kind: string): Promise<bigint> {
  const sql = 'select ledger.open_account(0, $1, null, false) as id';
  return BigInt((await one<{ id: string }>(sql, [kind])).id);
}

const purse = (card: Card, kind: 'cash' | 'subsidy' = 'cash'): Promise<bigint> =>
  service.inTransaction((tx) => service.get(OpenPurse).open(tx, card.id, kind, null));

/** A card with ¥100 of cash, and by default an agreement with the bank. */
async function newCard(tail = '1234', hasAgreement = true): Promise<Card> {
  const number = (numbers += 1);
  const bankAccount = `62220000${String(number).padStart(4, '0')}${tail}`;
  const card = await service.inTransaction(async (tx) => {
    const cardholder = await service
      .get(RegisterCardholder)
      .register(tx, { number: `S${number}`, name: '张伟', group: 'student' });
    const id = await service.get(IssueCard).issue(tx, cardholder, String(20260000 + number));
    return { id, cardholder, bankAccount };
  });
  await record('top-up', [
    [await house('bank'), -opening],
    [await purse(card), opening],
  ]);
  if (hasAgreement)
    await service.get(SignAgreement).sign(card.id, { holderName: '张伟', bankAccount });
  return card;
}

async function tell(
  type: string,
  { payment, entry, card }: Sale,
  entryTold: bigint | null = entry,
) {
  await service.inTransaction((tx) =>
    appendEvent(tx, type, {
      payment: String(payment),
      card: String(card.id),
      cardholder: String(card.cardholder),
      place: '1',
      shortNumber: 'B1-0001',
      entry: entryTold === null ? null : String(entryTold),
    }),
  );
}

async function sell(card: Card, cash: bigint, type = 'payment.approved'): Promise<Sale> {
  numbers += 1;
  const entry = await record('sale', [
    [await purse(card), -cash],
    [await house('suspense'), cash],
  ]);
  const sale = { payment: BigInt(numbers), entry, card };
  await tell(type, sale);
  return sale;
}

/** As a reversal does: the mirror of the sale, and its event. */
async function reverse(sale: Sale): Promise<void> {
  const sql = `select ledger.reverse($1, 'reversal', '{}') as entry`;
  const { entry } = await one<{ entry: string }>(sql, [String(sale.entry)]);
  await tell('payment.reversed', sale, BigInt(entry));
}

async function balance(card: Card): Promise<bigint> {
  const sql = `select balance from ledger.account_balance where owner = $1 and kind = 'cash'`;
  return BigInt((await one<{ balance: string }>(sql, [String(card.id)])).balance);
}

async function collections(card: Card): Promise<unknown[]> {
  const { rows } = await service.owner.query<{ state: string; amount: string }>(
    'select state, amount from funding.collection where card = $1 order by id',
    [String(card.id)],
  );
  return rows.map(({ state, amount }) => [state, Number(amount)]);
}

const instructionOf = (card: Card) =>
  one<{ state: string; reason: string | null; attempts: number; number: string }>(
    `select i.state, i.reason, i.attempts, i.number from bank.instruction i
     join bank.agreement a on a.id = i.agreement where a.owner = $1 order by i.id desc limit 1`,
    [String(card.id)],
  );

const debited = (card: Card): number =>
  200_000 - (fake.books.accounts.get(card.bankAccount)?.balance ?? 0);

/** Everything that follows from what happened so far. */
async function settle(): Promise<void> {
  await service.relayAll();
  await bank.carryOut();
  await service.relayAll();
}

/** A worker whose bank line is watched or broken by the test. */
const workerWith = (over: Partial<BankPort>): CarryOutInstructions =>
  new CarryOutInstructions(service.database, service.app.get(RunJobs), {
    isReachable: true,
    sign: (mandate) => port.sign(mandate),
    instruct: (instruction) => port.instruct(instruction),
    find: (instruction) => port.find(instruction),
    statement: (date) => port.statement(date),
    ...over,
  });

beforeAll(async () => {
  fake = await startFakeBank();
  service = await startService({ env: { BANK_URL: fake.url } });
  port = service.app.get(bankPortToken, { strict: false });
  bank = service.get(CarryOutInstructions);
});

beforeEach(() => spoil([]));

afterAll(async () => {
  await service?.close();
  await fake?.close();
});

describe('after a sale', () => {
  it('the card collects what the sale spent, and nobody tops up', async () => {
    const card = await newCard();
    await sell(card, 12_50n);
    await service.relayAll();
    expect(await collections(card)).toEqual([['claimed', 1250]]);
    expect(debited(card)).toBe(0);
    await settle();
    expect(await collections(card)).toEqual([['succeeded', 1250]]);
    expect([await balance(card), debited(card)]).toEqual([opening, 1250]);
    const funded = await one<{ payload: unknown }>(
      `select payload from platform.outbox where type = 'card.funded' and payload->>'card' = $1`,
      [String(card.id)],
    );
    expect(funded.payload).toMatchObject({
      cardholder: String(card.cardholder),
      amount: 1250,
      kind: 'collection',
    });
  });

  it('only the cash of a sale is collected, and of a hold only what was captured', async () => {
    const card = await newCard();
    const subsidy = await purse(card, 'subsidy');
    await record('subsidy', [
      [await house('subsidy-expense'), -700n],
      [subsidy, 700n],
    ]);
    const entry = await record('sale', [
      [subsidy, -700n],
      [await purse(card), -500n],
      [await house('suspense'), 1200n],
    ]);
    await tell('payment.approved', { payment: 1n, entry, card });
    await tell('payment.approved', { payment: 2n, entry, card }, null);
    await sell(card, 1_37n, 'payment.captured');
    await settle();
    expect(await collections(card)).toEqual([
      ['succeeded', 500],
      ['succeeded', 137],
    ]);
  });

  it('nothing is collected without an agreement', async () => {
    const card = await newCard('1234', false);
    await sell(card, 5_00n);
    await settle();
    expect([await collections(card), await balance(card)]).toEqual([[], opening - 500n]);
  });

  it('an event that is told again collects nothing more', async () => {
    const card = await newCard();
    const sale = await sell(card, 3_00n);
    await tell('payment.approved', sale);
    await settle();
    expect([await collections(card), debited(card)]).toEqual([[['succeeded', 300]], 300]);
  });
});

describe('a refusal of the bank', () => {
  it('is recorded, told, and made good with the next sale', async () => {
    const card = await newCard('0001');
    await sell(card, 12_00n);
    await settle();
    expect(await collections(card)).toEqual([['failed', 1200]]);
    const failed = await one<{ payload: unknown }>(
      `select payload from platform.outbox where type = 'collection.failed' and payload->>'card' = $1`,
      [String(card.id)],
    );
    expect(failed.payload).toMatchObject({ reason: 'insufficient_funds', amount: 1200 });
    await lever('accounts', { bankAccount: card.bankAccount, balance: 200_000 });
    await sell(card, 15_00n);
    await settle();
    expect(await collections(card)).toEqual([
      ['failed', 1200],
      ['succeeded', 2700],
    ]);
    expect([await balance(card), debited(card)]).toEqual([opening, 2700]);
  });

  it('for its limit does not make every later amount too large', async () => {
    const card = await newCard('0004');
    for (const amount of [60_00n, 10_00n, 5_00n, 1_00n]) {
      await sell(card, amount);
      await settle();
    }
    // ¥60 is over this account's ¥50: from then on ¥30, ¥40 … until nothing is missing.
    expect(await collections(card)).toEqual([
      ['failed', 6000],
      ['succeeded', 3000],
      ['succeeded', 4000],
      ['succeeded', 600],
    ]);
    expect(await balance(card)).toBe(opening);
  });

  it('because the agreement was revoked ends the agreement', async () => {
    const card = await newCard();
    const { number } = await one<{ number: string }>(
      'select number from bank.agreement where owner = $1',
      [String(card.id)],
    );
    const agreement = fake.books.agreements.get(number);
    if (agreement) agreement.revokedAt = new Date().toISOString();
    await sell(card, 1_00n);
    await settle();
    await sell(card, 1_00n);
    await settle();
    expect(await collections(card)).toEqual([['failed', 100]]);
  });
});

describe('a sale that is taken back', () => {
  it('before the bank was called is not collected', async () => {
    const card = await newCard();
    const sale = await sell(card, 8_00n);
    await service.relayAll();
    await reverse(sale);
    await settle();
    expect(await collections(card)).toEqual([['cancelled', 800]]);
    expect([await balance(card), debited(card)]).toEqual([opening, 0]);
  });

  it('afterwards leaves its money in the purse and lowers the next collections by it', async () => {
    const card = await newCard();
    const sale = await sell(card, 8_00n);
    await settle();
    await reverse(sale);
    await settle();
    expect(await balance(card)).toBe(opening + 800n);
    await sell(card, 3_00n);
    await sell(card, 6_00n);
    await settle();
    expect(await collections(card)).toEqual([
      ['succeeded', 800],
      ['covered', 0],
      ['succeeded', 100],
    ]);
    expect([await balance(card), debited(card)]).toEqual([opening, 900]);
  });
});

describe('a call that broke', () => {
  it.each([
    ['after the bank booked', { dropAfter: 1, count: 1 }],
    ['before the bank took it', { dropBefore: 1, count: 1 }],
    ['with a 500 after booking', { error5xxAfter: 1, count: 1 }],
    ['while the bank was still processing', { processing: 1, processingMs: 0, count: 1 }],
  ])('%s is unknown, and resolved by asking with its number', async (_, fault) => {
    const card = await newCard();
    await spoil(fault);
    await sell(card, 4_00n);
    await settle();
    const unknown = await instructionOf(card);
    expect([unknown.state, await balance(card)]).toEqual(['unknown', opening - 400n]);
    await service.passTime(2);
    await settle();
    const { state, number } = await instructionOf(card);
    expect([state, number]).toEqual(['succeeded', unknown.number]);
    expect([await balance(card), debited(card)]).toEqual([opening, 400]);
  });

  it('is asked for less and less often while the bank is away, and still resolved', async () => {
    const card = await newCard();
    await sell(card, 4_00n);
    await spoil({ on: 'all', dropBefore: 1 });
    const tries: number[] = [];
    for (const seconds of [1, 2, 2, 4]) {
      await settle();
      tries.push((await instructionOf(card)).attempts);
      await service.passTime(seconds);
    }
    // At first after 1 s, then after 2 s more, then after 4 s more: the third pause of 2 s is too
    // short.
    expect(tries).toEqual([1, 2, 3, 3]);
    await spoil([]);
    await settle();
    expect([await balance(card), debited(card)]).toEqual([opening, 400]);
  });
});

describe('a worker that died', () => {
  const dieInstead = (): Promise<never> => Promise.reject(new Error('killed'));

  it.each([
    ['before its call went out', dieInstead, 0],
    [
      'after its call was answered',
      (instruction: Parameters<BankPort['instruct']>[0]) =>
        port.instruct(instruction).then(dieInstead),
      600,
    ],
  ])('%s leaves an instruction that another finds by its number', async (_, instruct, booked) => {
    const card = await newCard();
    await sell(card, 6_00n);
    await service.relayAll();
    await workerWith({ instruct }).carryOut();
    expect([(await instructionOf(card)).state, debited(card)]).toEqual(['called', booked]);
    await settle();
    expect((await instructionOf(card)).state).toBe('called');
    await service.passTime(16);
    await settle();
    expect([await balance(card), debited(card)]).toEqual([opening, 600]);
  });

  it('after it recorded the answer leaves an event that is posted once', async () => {
    const card = await newCard();
    await sell(card, 6_00n);
    await service.relayAll();
    await bank.carryOut();
    expect(await balance(card)).toBe(opening - 600n);
    await service.owner.query(
      `insert into platform.outbox (type, payload) select type, payload from platform.outbox
       where type = 'instruction.succeeded' order by id desc limit 1`,
    );
    await service.relayAll();
    expect([await balance(card), await collections(card)]).toEqual([opening, [['succeeded', 600]]]);
  });
});

describe('many sales', () => {
  it('are collected eight at a time by workers that never double', async () => {
    const cards = await Promise.all(Array.from({ length: 20 }, () => newCard()));
    for (const card of cards) await sell(card, 2_00n);
    await service.relayAll();
    let under = 0;
    let most = 0;
    const instruct: BankPort['instruct'] = async (instruction) => {
      most = Math.max(most, (under += 1));
      const answer = await port.instruct(instruction);
      under -= 1;
      return answer;
    };
    await spoil({ latencyMs: 20 });
    const worker = workerWith({ instruct });
    await Promise.all([worker.carryOut(), worker.carryOut(), bank.carryOut()]);
    await service.relayAll();
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect(cards.map(debited)).toEqual(cards.map(() => 200));
    expect(await Promise.all(cards.map(balance))).toEqual(cards.map(() => opening));
  });

  it('leave books that prove themselves', async () => {
    const { rows } = await service.owner.query('select * from ledger.prove() where broken <> 0');
    expect(rows).toEqual([]);
  });
});
