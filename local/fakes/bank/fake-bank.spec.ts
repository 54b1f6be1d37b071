import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bankDefaults } from './defaults.js';
import { bankSignature } from './signature.js';
import { startFakeBank } from './start-fake-bank.js';
import type { FakeBank } from './start-fake-bank.js';

type Answer = { status: number; body: Record<string, unknown>; text: string; signed: boolean };

const START = Date.parse('2026-11-22T04:00:00.000Z');
let now = START;
let bank: FakeBank;
let stateDir: string;

const start = (): Promise<FakeBank> =>
  startFakeBank({ stateDir, clock: () => now, settlementOpening: 1_000 });

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const timestamp = String(Math.floor(now / 1000));
  const response = await fetch(bank.url + path, {
    method,
    ...(text === '' ? {} : { body: text }),
    headers: {
      'x-bank-client': bankDefaults.client,
      'x-bank-timestamp': timestamp,
      'x-bank-signature': bankSignature(bankDefaults.secret, timestamp, method, path, text),
    },
  });
  return read(response, path);
}

async function read(response: Response, path: string): Promise<Answer> {
  const text = await response.text();
  const time = response.headers.get('x-bank-timestamp') ?? '';
  const wanted = bankSignature(bankDefaults.secret, time, String(response.status), path, text);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    signed: response.headers.get('x-bank-signature') === wanted,
  };
}

const lever = (name: string, body: unknown): Promise<Response> =>
  fetch(`${bank.url}/__fake/${name}`, { method: 'POST', body: JSON.stringify(body) });

const sign = (agreementNumber: string, bankAccount: string): Promise<Answer> =>
  send('POST', '/v1/agreements', { agreementNumber, holderName: '张伟', bankAccount });

const debit = (instructionNumber: string, amount: number, agreement = 'a-1'): Promise<Answer> =>
  send('POST', '/v1/debits', {
    instructionNumber,
    agreementNumber: agreement,
    amount,
    currency: 'CNY',
    purpose: '校园卡自动充值',
  });

const balanceOf = (account: string): number | undefined =>
  bank.books.accounts.get(account)?.balance;

beforeEach(async () => {
  now = START;
  stateDir = await mkdtemp(join(tmpdir(), 'fake-bank-'));
  bank = await start();
  await sign('a-1', '6222000000001234');
});

afterEach(async () => {
  await bank.close();
  await rm(stateDir, { recursive: true, force: true });
});

describe('agreements', () => {
  it('are signed once, shown masked, and revoked for good', async () => {
    const again = await sign('a-1', '6222000000001234');
    expect(again).toMatchObject({ status: 201, signed: true });
    expect(again.body).toMatchObject({ status: 'active', bankAccount: '****1234' });
    expect((await sign('a-1', '6222000000009999')).body['code']).toBe('agreement_number_reused');
    expect((await send('DELETE', '/v1/agreements/a-1')).body['status']).toBe('revoked');
    expect((await send('GET', '/v1/agreements/a-1')).body['status']).toBe('revoked');
    expect((await debit('i-1', 100)).body).toMatchObject({
      status: 'failed',
      reason: 'agreement_revoked',
    });
    expect((await send('GET', '/v1/agreements/a-2')).body['code']).toBe('agreement_unknown');
  });

  it('are refused for an account of somebody else', async () => {
    expect(await sign('a-9', '6222000000000009')).toMatchObject({ status: 422 });
  });
});

describe('debits', () => {
  it('book once, whatever the number of requests', async () => {
    const first = await debit('i-1', 1_250);
    expect(first.body).toMatchObject({
      status: 'succeeded',
      reason: null,
      amount: 1_250,
      bookedAt: '2026-11-22T04:00:00.000Z',
    });
    expect((await debit('i-1', 1_250)).text).toBe(first.text);
    expect((await send('GET', '/v1/instructions/i-1')).text).toBe(first.text);
    expect((await debit('i-1', 1_251)).body['code']).toBe('instruction_number_reused');
    expect(balanceOf('6222000000001234')).toBe(200_000 - 1_250);
    expect(bank.books.settlementBalance).toBe(1_000 + 1_250);
  });

  it('fail for a stated reason, for ever', async () => {
    await sign('empty', '6222000000000001');
    await sign('frozen', '6222000000000002');
    await sign('limited', '6222000000000004');
    expect((await debit('i-1', 1, 'empty')).body['reason']).toBe('insufficient_funds');
    expect((await debit('i-2', 1, 'frozen')).body['reason']).toBe('account_frozen');
    expect((await debit('i-3', 5_001, 'limited')).body['reason']).toBe('limit');
    expect((await debit('i-4', 500_001)).body['reason']).toBe('limit');
    await lever('accounts', { bankAccount: '6222000000000001', balance: 500 });
    expect((await debit('i-1', 1, 'empty')).body['reason']).toBe('insufficient_funds');
    expect((await debit('i-5', 1, 'empty')).body['status']).toBe('succeeded');
  });

  it('are refused without a trace when they are malformed', async () => {
    expect((await debit('i-1', 1.5)).body['code']).toBe('malformed_request');
    expect((await debit('i-1', 0)).status).toBe(400);
    expect((await debit('i-1', 1, 'nobody')).body['code']).toBe('agreement_unknown');
    expect((await send('GET', '/v1/instructions/i-1')).body['code']).toBe('instruction_unknown');
  });

  it('settle later when they are processing, at the time they were promised', async () => {
    await lever('faults', { processing: 1, processingMs: 60_000, count: 1 });
    expect((await debit('i-1', 700)).body).toMatchObject({ status: 'processing', bookedAt: null });
    expect((await debit('i-2', 100)).body['status']).toBe('succeeded');
    await lever('clock', { advanceMs: 61_000 });
    expect((await send('GET', '/v1/instructions/i-1')).body).toMatchObject({
      status: 'succeeded',
      bookedAt: '2026-11-22T04:01:00.000Z',
    });
    expect(bank.books.settlementBalance).toBe(1_000 + 800);
  });
});

describe('faults', () => {
  it('cut the line before or after booking', async () => {
    await lever('faults', { dropBefore: 1, count: 1, only: '^i-1$' });
    await expect(debit('i-1', 100)).rejects.toThrow('fetch failed');
    expect((await send('GET', '/v1/instructions/i-1')).status).toBe(404);
    await lever('faults', { dropAfter: 1, count: 1 });
    await expect(debit('i-1', 100)).rejects.toThrow('fetch failed');
    expect((await send('GET', '/v1/instructions/i-1')).body['status']).toBe('succeeded');
    expect((await debit('i-1', 100)).body['status']).toBe('succeeded');
    expect(bank.books.settlementBalance).toBe(1_100);
  });

  it('answer 5xx with and without having booked', async () => {
    await lever('faults', [
      { error5xx: 1, only: 'i-1' },
      { error5xxAfter: 1, only: 'i-2' },
    ]);
    expect(await debit('i-1', 100)).toMatchObject({ status: 503, signed: true });
    expect(await debit('i-2', 100)).toMatchObject({ status: 500, signed: true });
    expect(bank.books.settlementBalance).toBe(1_100);
  });
});

describe('payouts and statements', () => {
  it('show each booked line with the balance after it', async () => {
    await debit('i-1', 900);
    const payout = { instructionNumber: 'p-1', payeeAccount: '955880001', purpose: '一食堂' };
    const paid = await send('POST', '/v1/payouts', { ...payout, amount: 400 });
    expect(paid.body).toMatchObject({ kind: 'payout', status: 'succeeded' });
    const poor = { ...payout, instructionNumber: 'p-2', amount: 9_999 };
    expect((await send('POST', '/v1/payouts', poor)).body['reason']).toBe('insufficient_funds');
    await lever('transfers', { reference: 'subsidy,"11"', amount: 50 });
    await lever('clock', { now: '2026-11-22T16:00:00.000Z' });
    await debit('i-2', 1);
    expect((await send('GET', '/v1/statements/2026-11-22')).text.split('\r\n')).toEqual([
      'date,reference,direction,amount,balance',
      '2026-11-22,i-1,in,900,1900',
      '2026-11-22,p-1,out,400,1500',
      '2026-11-22,"subsidy,""11""",in,50,1550',
      '',
    ]);
    const next = await send('GET', '/v1/statements/2026-11-23');
    expect(next.text).toContain('2026-11-23,i-2,in,1,1551');
    expect((await send('GET', '/v1/statements/2026-11-24')).status).toBe(404);
  });
});

describe('authentication', () => {
  it('refuses what is unsigned, badly signed or far from its time', async () => {
    const path = '/v1/agreements/a-1';
    const ask = async (headers: Record<string, string>): Promise<Answer> =>
      read(await fetch(bank.url + path, { headers }), path);
    const time = String(START / 1000);
    const late = String(START / 1000 - 86_400 * 3_650);
    const client = { 'x-bank-client': bankDefaults.client };
    expect((await ask({})).body['code']).toBe('signature_missing');
    const wrong = { ...client, 'x-bank-timestamp': time, 'x-bank-signature': 'aa' };
    expect(await ask(wrong)).toMatchObject({ status: 401, signed: true });
    const signature = bankSignature(bankDefaults.secret, late, 'GET', path, '');
    const old = { ...client, 'x-bank-timestamp': late, 'x-bank-signature': signature };
    expect((await ask(old)).body['code']).toBe('clock_off');
  });
});

describe('a restart', () => {
  it('keeps what was acknowledged and forgets a torn last line', async () => {
    await debit('i-1', 100);
    await lever('faults', { processing: 1, processingMs: 1_000 });
    await debit('i-2', 200);
    const before = (await send('GET', '/v1/instructions/i-1')).text;
    await bank.close();
    await appendFile(join(stateDir, 'bank.jsonl'), '{"type":"instruction_ta');
    now = START + 5_000;
    bank = await start();
    expect((await send('GET', '/v1/instructions/i-1')).text).toBe(before);
    expect((await send('GET', '/v1/instructions/i-2')).body['status']).toBe('succeeded');
    expect((await debit('i-3', 1)).body['bankReference']).toBe('BK000000000003');
    expect(bank.books.settlementBalance).toBe(1_301);
  });
});
