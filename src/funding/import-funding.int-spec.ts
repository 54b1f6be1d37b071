import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateSync } from 'otplib';
import { startService, type TestService } from '../../test/support/service.js';
import { RegisterCardholder } from '../cardholders/register-cardholder.js';
import { IssueCard } from '../cards/issue-card.js';
import { CreateStaffMember } from '../staff/create-staff-member.js';
import { ImportFunding } from './import-funding.js';

type Answer = { status: number; body: Record<string, unknown> };
type Report = { linesOk: number; linesWrong: number; amount: number; wrong: unknown[] };

const password = 'seven lamps in a row';
let service: TestService;
let maker: string;
let checker: string;
let batches = 0;
const cards = new Map<string, bigint>();

async function call(method: string, path: string, token: string, body?: unknown): Promise<Answer> {
  const response = await fetch(service.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

async function hire(name: string, roles: string[]): Promise<string> {
  const { totpSecret: secret } = await service.inTransaction((tx) =>
    service
      .get(CreateStaffMember)
      .create(tx, { name, displayName: name, roles, password, createdBy: null }),
  );
  const totp = generateSync({ secret, epoch: service.clock.unixSeconds() });
  const answer = await call('POST', '/v1/staff/logins', '', { name, password, totp });
  return String(answer.body['token']);
}

const csv = (...lines: string[]): string => ['card_number,name,amount', ...lines].join('\n');

const propose = (over: Record<string, unknown>): Promise<Answer> =>
  call('POST', '/v1/staff/funding-imports', maker, {
    kind: 'top-up',
    batchNumber: `B-${(batches += 1)}`,
    ...over,
  });

async function consent(approval: unknown, decision = 'consent', body?: unknown): Promise<void> {
  const path = `/v1/staff/approvals/${String(approval)}/${decision}`;
  expect((await call('POST', path, checker, body)).status).toBe(200);
  await service.relayAll();
}

const read = async (id: unknown): Promise<Record<string, unknown>> =>
  (await call('GET', `/v1/staff/funding-imports/${String(id)}`, maker)).body;

async function purses(number: string): Promise<Record<string, number>> {
  const { rows } = await service.owner.query<{ kind: string; balance: string }>(
    'select kind, balance from ledger.account_balance where owner = $1 and guarded order by kind',
    [String(cards.get(number))],
  );
  return Object.fromEntries(rows.map(({ kind, balance }) => [kind, Number(balance)]));
}

beforeAll(async () => {
  service = await startService();
  maker = await hire('maker', ['cashier-office']);
  checker = await hire('checker', ['cashier-office']);
  for (const [index, name] of ['张伟', '李娜', '王芳', '刘洋'].entries()) {
    const number = `20260000${index + 1}`;
    const id = await service.inTransaction(async (tx) => {
      const cardholder = await service
        .get(RegisterCardholder)
        .register(tx, { number: `S${index}`, name, group: 'student' });
      return service.get(IssueCard).issue(tx, cardholder, number);
    });
    cards.set(number, id);
  }
});

afterAll(() => service?.close());

describe('an imported file', () => {
  it('pays each of its lines once, after a second person consented', async () => {
    const proposed = await propose({ csv: csv('202600001,张伟,50.00', '202600002,李娜,0.07') });
    expect(proposed).toMatchObject({
      status: 200,
      body: { report: { linesOk: 2, linesWrong: 0, amount: 5007, wrong: [] } },
    });
    const { importId, approvalId } = proposed.body;
    await service.runJob('post-accepted-imports');
    expect(await purses('202600001')).toEqual({ cash: 0 });
    const alone = await call('POST', `/v1/staff/approvals/${String(approvalId)}/consent`, maker);
    expect(alone.body['code']).toBe('approval_needs_another');
    await consent(approvalId);
    await service.runJob('post-accepted-imports');
    await service.runJob('post-accepted-imports');
    expect([await purses('202600001'), await purses('202600002')]).toEqual([
      { cash: 5000 },
      { cash: 7 },
    ]);
    expect(await read(importId)).toMatchObject({ state: 'posted', lines: 2, linesPosted: 2 });
  });

  it('of subsidies pays into a purse that ends', async () => {
    const usableUntil = '2026-12-31T16:00:00.000Z';
    const lines = csv('202600003,王芳,30');
    const { body } = await propose({ kind: 'subsidy', usableUntil, csv: lines });
    await consent(body['approvalId']);
    await service.runJob('post-accepted-imports');
    expect(await purses('202600003')).toEqual({ cash: 0, subsidy: 3000 });
    expect(await read(body['importId'])).toMatchObject({ kind: 'subsidy', usableUntil });
  });

  it('of subsidies pays into purses of the kind that it names', async () => {
    const wish = { kind: 'subsidy', purse: 'subsidy-breakfast', csv: csv('202600002,李娜,8') };
    const { body } = await propose(wish);
    await consent(body['approvalId']);
    await service.runJob('post-accepted-imports');
    expect(await purses('202600002')).toMatchObject({ 'subsidy-breakfast': 800 });
    expect(await read(body['importId'])).toMatchObject({ purse: 'subsidy-breakfast' });
  });

  it('with wrong lines names each of them and proposes nothing', async () => {
    const lines = csv(
      '202600001,张伟,5',
      '999999999,张伟,5',
      '202600002,张伟,5',
      '202600003,王芳,-1',
    );
    const { body } = await propose({ csv: lines });
    expect([body['importId'], body['approvalId']]).toEqual([null, null]);
    expect((body['report'] as Report).wrong).toEqual([
      { line: 3, cardNumber: '999999999', problem: 'card_unknown' },
      { line: 4, cardNumber: '202600002', problem: 'name_differs' },
      { line: 5, cardNumber: '202600003', problem: 'amount_not_positive' },
    ]);
  });

  it('that is only tried proposes nothing', async () => {
    const { body } = await propose({ csv: csv('202600001,张伟,5'), dryRun: true });
    expect(body).toMatchObject({ importId: null, approvalId: null, report: { linesOk: 1 } });
  });

  it('with a batch number that was imported pays nobody twice', async () => {
    const file = { batchNumber: 'SEPTEMBER', csv: csv('202600004,刘洋,10') };
    const answers = await Promise.all([propose(file), propose(file), propose(file)]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    const accepted = answers.find(({ status }) => status === 200);
    await consent(accepted?.body['approvalId']);
    await service.runJob('post-accepted-imports');
    expect((await propose({ ...file, dryRun: true })).body['code']).toBe('batch_already_imported');
    expect(await purses('202600004')).toEqual({ cash: 1000 });
  });

  it('that was rejected pays nothing and frees its batch number', async () => {
    const file = { batchNumber: 'OCTOBER', csv: csv('202600004,刘洋,10') };
    const { body } = await propose(file);
    await consent(body['approvalId'], 'rejection', { reason: 'wrong month' });
    await service.runJob('post-accepted-imports');
    expect(await read(body['importId'])).toMatchObject({ state: 'rejected', linesPosted: 0 });
    expect((await propose(file)).status).toBe(200);
  });

  it('is paid to its end after a crash, by several workers at once, each line once', async () => {
    const before = await purses('202600001');
    const names = [...cards.keys()].map((number, index) => [
      number,
      ['张伟', '李娜', '王芳', '刘洋'][index],
    ]);
    const { body } = await propose({
      csv: csv(...names.map(([number, name]) => `${number},${name},1.00`)),
    });
    await consent(body['approvalId']);
    // The last line cannot be paid, as if the process had died there.
    await service.owner.query(`alter table funding.import_line
      add constraint broken check (not (entry is not null and line = 5 and amount = 100)) not valid`);
    const importId = BigInt(String(body['importId']));
    const imports = service.get(ImportFunding);
    await expect(imports.post(importId)).rejects.toThrow('broken');
    expect(await read(importId)).toMatchObject({ state: 'accepted', linesPosted: 3 });
    await service.owner.query('alter table funding.import_line drop constraint broken');
    await Promise.all([imports.post(importId), imports.post(importId)]);
    await imports.post(importId);
    expect(await read(importId)).toMatchObject({ state: 'posted', linesPosted: 4 });
    expect((await purses('202600001'))['cash']).toBe((before['cash'] ?? 0) + 100);
  });

  it.each([
    [{ csv: 'number,name\n1,2' }, 422, 'import_not_readable'],
    [
      { csv: csv('202600001,张伟,5'), usableUntil: '2027-01-01T00:00:00Z' },
      422,
      'import_usable_until_wrong',
    ],
    [
      { kind: 'subsidy', csv: csv('202600001,张伟,5'), usableUntil: '2026-11-22T03:59:59Z' },
      422,
      'import_usable_until_wrong',
    ],
    [{ csv: csv('202600001,张伟,5'), usableUntil: 'tomorrow' }, 400, 'malformed_request'],
    [
      { csv: csv('202600001,张伟,5'), kind: 'subsidy', purse: 'subsidy-tea' },
      422,
      'import_purse_wrong',
    ],
    [{ csv: csv('202600001,张伟,5'), kind: 'subsidy', purse: 'cash' }, 422, 'import_purse_wrong'],
    [{ csv: csv('202600001,张伟,5'), purse: 'subsidy' }, 422, 'import_purse_wrong'],
    [{ csv: csv('202600001,张伟,5'), kind: 'gift' }, 400, 'malformed_request'],
    [{ csv: csv('202600001,张伟,5'), batchNumber: '../x' }, 400, 'malformed_request'],
    [{ csv: csv('202600001,张伟,5'), maker: '1' }, 400, 'unknown_field'],
  ])('is refused when it is %j', async (over, status, code) => {
    expect(await propose(over)).toMatchObject({ status, body: { code } });
  });
});

describe('the lists', () => {
  it('show imports newest first and say when there is none of an id', async () => {
    const { body } = await call('GET', '/v1/staff/funding-imports?limit=2', maker);
    const ids = (body['imports'] as { id: string }[]).map(({ id }) => Number(id));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBeGreaterThan(ids[1] ?? 0);
    expect((await read('999999'))['code']).toBe('import_unknown');
  });

  it('show collections by state', async () => {
    const list = (query: string) => call('GET', `/v1/staff/collections${query}`, maker);
    expect(await list('?state=failed')).toEqual({ status: 200, body: { collections: [] } });
    expect((await list('?state=lost')).body['code']).toBe('malformed_request');
    expect((await call('GET', '/v1/staff/collections', '')).status).toBe(401);
  });
});
