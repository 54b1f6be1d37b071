import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeBank, type FakeBank } from '../../local/fakes/bank/start-fake-bank.js';
import { startService, type TestService } from '../../test/support/service.js';
import { setImmediate } from 'node:timers/promises';
import { CarryOutInstructions } from './carry-out-instructions.js';
import { bankPortToken, type BankPort } from './domain/bank-port.js';
import { FetchStatement } from './fetch-statement.js';
import { FindAgreement } from './find-agreement.js';
import { InstructBank } from './instruct-bank.js';
import type { RunJobs } from '../platform/jobs/run-jobs.js';
import { SignAgreement } from './sign-agreement.js';

const holderName = '张伟';
let fake: FakeBank;
let service: TestService;

const sign = (owner: bigint, bankAccount: string, name = holderName) =>
  service.get(SignAgreement).sign(owner, { holderName: name, bankAccount });

const inForce = (owner: bigint): Promise<bigint | undefined> =>
  service.inTransaction((tx) => service.get(FindAgreement).ofOwner(tx, owner));

const spoil = (fault: unknown): Promise<Response> =>
  fetch(`${fake.url}/__fake/faults`, { method: 'POST', body: JSON.stringify(fault) });

beforeAll(async () => {
  fake = await startFakeBank({ settlementOpening: 1_000 });
  service = await startService({ env: { BANK_URL: fake.url } });
});

afterAll(async () => {
  await service?.close();
  await fake?.close();
});

describe('an agreement', () => {
  it('is signed once, however often it is asked for, and keeps only the tail of the account', async () => {
    const first = await sign(1n, '6222000000001234');
    expect(await sign(1n, '6222000000001234')).toEqual(first);
    expect(await inForce(1n)).toBe(first.agreementId);
    await expect(sign(1n, '6222000000005678')).rejects.toMatchObject({ code: 'agreement_exists' });
    const { rows } = await service.owner.query('select * from bank.agreement where owner = 1');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('622200');
  });

  it('that the bank refuses leaves the owner free to propose another', async () => {
    const refused = { code: 'agreement_refused' };
    await expect(sign(2n, '6222000000000009')).rejects.toMatchObject(refused);
    expect(await inForce(2n)).toBeUndefined();
    const { agreementId } = await sign(2n, '6222000000005678');
    expect(await inForce(2n)).toBe(agreementId);
  });

  it('whose answer was lost is not in force until it is asked for again, under the same number', async () => {
    await spoil({ on: 'all', dropAfter: 1, count: 1 });
    const lost = { code: 'bank_unavailable' };
    await expect(sign(3n, '6222000000004321')).rejects.toMatchObject(lost);
    expect(await inForce(3n)).toBeUndefined();
    const signedBefore = fake.books.agreements.size;
    await sign(3n, '6222000000004321');
    expect(await inForce(3n)).toBeDefined();
    expect(fake.books.agreements.size).toBe(signedBefore);
  });

  it('is one for an owner, also when two are proposed at once', async () => {
    const answers = await Promise.allSettled([
      sign(4n, '6222000000001111'),
      sign(4n, '6222000000001111'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const { rows } = await service.owner.query('select 1 from bank.agreement where owner = 4');
    expect(rows).toHaveLength(1);
  });
});

describe('a payout', () => {
  it('goes out once and stands on the statement of its day', async () => {
    const wish = { payeeAccount: '9558800001', amount: 400n, purpose: '一食堂' };
    const { instructionId, number } = await service.inTransaction((tx) =>
      service.get(InstructBank).claimPayout(tx, wish),
    );
    await service.get(CarryOutInstructions).carryOut();
    const { rows } = await service.owner.query<{ state: string; day: string }>(
      `select state, platform.business_date(booked_at)::text as day from bank.instruction where id = $1`,
      [String(instructionId)],
    );
    expect(rows[0]?.state).toBe('succeeded');
    const csv = await service.get(FetchStatement).fetch(rows[0]?.day ?? '');
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'date,reference,direction,amount,balance',
      `${rows[0]?.day},${number},out,400,600`,
    ]);
  });

  it('that has its end keeps it', async () => {
    const change = service.owner.query(
      `update bank.instruction set state = 'failed', booked_at = null`,
    );
    await expect(change).rejects.toThrow('has its end already');
  });
});

describe('a claim', () => {
  it('wakes the worker of a process that does chores, and of no other', async () => {
    const { agreementId } = await sign(5n, '6222000000002222');
    const claimWith = async (isWorking: boolean): Promise<{ ended: () => Promise<boolean> }> => {
      const port = service.app.get<BankPort>(bankPortToken, { strict: false });
      const jobs = { isWorking } as RunJobs;
      const worker = new CarryOutInstructions(service.database, jobs, port);
      const { instructionId } = await service.inTransaction((tx) =>
        new InstructBank(worker).claimDebit(tx, { agreementId, amount: 1n, purpose: 'test' }),
      );
      const sql = 'select 1 from bank.instruction where id = $1 and resolved_at is not null';
      const ended = async (): Promise<boolean> =>
        (await service.owner.query(sql, [String(instructionId)])).rows.length === 1;
      return { ended };
    };
    const idle = await claimWith(false);
    expect(await idle.ended()).toBe(false);
    const awake = await claimWith(true);
    // Nobody else carries anything out here: only the wake can end this loop.
    while (!(await awake.ended())) await setImmediate();
    while (!(await idle.ended())) await setImmediate();
  });
});

describe('a statement', () => {
  it('of a day that has not begun, or from a bank that is away, is refused as such', async () => {
    const statement = (date: string): Promise<string> => service.get(FetchStatement).fetch(date);
    await expect(statement('2999-01-01')).rejects.toMatchObject({ code: 'statement_unknown' });
    await spoil({ on: 'all', dropBefore: 1, count: 1 });
    await expect(statement('2026-11-22')).rejects.toMatchObject({ code: 'bank_unavailable' });
  });
});
