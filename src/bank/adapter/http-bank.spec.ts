import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bankDefaults } from '../../../local/fakes/bank/defaults.js';
import { startFakeBank, type FakeBank } from '../../../local/fakes/bank/start-fake-bank.js';
import type { Instruction } from '../domain/bank-port.js';
import { BankLine } from './bank-line.js';
import { HttpBank } from './http-bank.js';

const { client, secret } = bankDefaults;

let fake: FakeBank;
let bank: HttpBank;

const lever = (name: string, body: unknown): Promise<Response> =>
  fetch(`${fake.url}/__fake/${name}`, { method: 'POST', body: JSON.stringify(body) });

const debit = (over: Partial<Instruction> = {}): Instruction => ({
  number: 'i-1',
  kind: 'debit',
  agreementNumber: 'a-1',
  payeeAccount: null,
  amount: 1_250n,
  purpose: '校园卡自动充值',
  ...over,
});

const sign = (number: string, bankAccount: string) =>
  bank.sign({ number, holderName: '张伟', bankAccount });

beforeEach(async () => {
  fake = await startFakeBank();
  bank = new HttpBank(new BankLine({ url: fake.url, client, secret, timeoutMs: 500 }));
  await sign('a-1', '6222000000001234');
});

afterEach(() => fake.close());

describe('an agreement', () => {
  it('is signed again as the same, or refused with a reason', async () => {
    expect(await sign('a-1', '6222000000001234')).toMatchObject({ outcome: 'active' });
    expect(await sign('a-2', '6222000000000009')).toEqual({
      outcome: 'refused',
      reason: 'holder_mismatch',
    });
    expect(await sign('a-1', '6222000000009999')).toEqual({
      outcome: 'refused',
      reason: 'agreement_number_reused',
    });
  });
});

describe('an instruction', () => {
  it('succeeds once under its number', async () => {
    const first = await bank.instruct(debit());
    expect(first).toMatchObject({ outcome: 'succeeded', bankReference: 'BK000000000001' });
    expect(await bank.instruct(debit())).toEqual(first);
    expect(await bank.find(debit())).toEqual(first);
    expect(fake.books.settlementBalance).toBe(1_250);
  });

  it('pays out from the settlement account', async () => {
    await bank.instruct(debit());
    const payout = { kind: 'payout', agreementNumber: null, payeeAccount: '9558800001' } as const;
    expect(await bank.instruct(debit({ number: 'p-1', amount: 250n, ...payout }))).toMatchObject({
      outcome: 'succeeded',
    });
    expect(fake.books.settlementBalance).toBe(1_000);
  });

  it("fails for the bank's reason", async () => {
    await sign('empty', '6222000000000001');
    expect(await bank.instruct(debit({ agreementNumber: 'empty' }))).toEqual({
      outcome: 'failed',
      reason: 'insufficient_funds',
      bankReference: 'BK000000000001',
    });
    expect(await bank.instruct(debit({ number: 'i-2', agreementNumber: 'nobody' }))).toEqual({
      outcome: 'failed',
      reason: 'agreement_unknown',
      bankReference: null,
    });
  });

  it.each([
    ['cut before it was booked', { dropBefore: 1 }, 'line_broken', { outcome: 'never_seen' }],
    ['cut after it was booked', { dropAfter: 1 }, 'line_broken', { outcome: 'succeeded' }],
    ['refused as busy', { error5xx: 1 }, 'answered_503', { outcome: 'never_seen' }],
    ['broken after booking', { error5xxAfter: 1 }, 'answered_500', { outcome: 'succeeded' }],
    ['too slow', { latencyMs: 900, dropAfter: 1 }, 'timed_out', { outcome: 'never_seen' }],
  ])('is unknown when it was %s, until it is asked for', async (_, fault, reason, found) => {
    await lever('faults', { ...fault, count: 1 });
    expect(await bank.instruct(debit())).toEqual({ outcome: 'unknown', reason });
    expect(await bank.find(debit())).toMatchObject(found);
  });

  it('is unknown as long as the bank processes it', async () => {
    await lever('faults', { processing: 1, processingMs: 60_000, count: 1 });
    const processing = { outcome: 'unknown', reason: 'processing' };
    expect(await bank.instruct(debit())).toEqual(processing);
    expect(await bank.find(debit())).toEqual(processing);
    await lever('clock', { advanceMs: 61_000 });
    expect(await bank.find(debit())).toMatchObject({ outcome: 'succeeded' });
  });

  it('is unknown when the answer speaks of another amount', async () => {
    await bank.instruct(debit());
    expect(await bank.find(debit({ amount: 1n }))).toEqual({
      outcome: 'unknown',
      reason: 'answer_of_another',
    });
  });
});

describe('the line', () => {
  it('believes nobody who does not hold the secret', async () => {
    const stranger = new HttpBank(new BankLine({ url: fake.url, client, secret: 'another one' }));
    expect(await stranger.instruct(debit())).toEqual({
      outcome: 'unknown',
      reason: 'answer_not_signed',
    });
    expect(fake.books.settlementBalance).toBe(0);
  });

  it('knows nothing when nobody listens', async () => {
    const { url } = fake;
    await fake.close();
    const away = new HttpBank(new BankLine({ url, client, secret }));
    expect(await away.find(debit())).toEqual({ outcome: 'unknown', reason: 'bank_away' });
    expect(new HttpBank(undefined).isReachable).toBe(false);
  });
});

describe('a statement', () => {
  it('comes as the CSV of its day', async () => {
    await bank.instruct(debit());
    const { bookedAt } = (await bank.find(debit())) as unknown as { bookedAt: Date };
    const date = new Date(bookedAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(await bank.statement(date)).toEqual({
      outcome: 'found',
      csv: `date,reference,direction,amount,balance\r\n${date},i-1,in,1250,1250\r\n`,
    });
    expect(await bank.statement('2999-01-01')).toEqual({ outcome: 'not_begun' });
  });
});
