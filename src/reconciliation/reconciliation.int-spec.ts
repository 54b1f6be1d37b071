import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startFakeBank, type FakeBank } from '../../local/fakes/bank/start-fake-bank.js';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { GivenSales, type Till } from '../../test/support/given-sales.js';
import { startService, type TestService } from '../../test/support/service.js';
import { CarryOutInstructions } from '../bank/carry-out-instructions.js';
import { FetchStatement } from '../bank/fetch-statement.js';
import { FindAgreement } from '../bank/find-agreement.js';
import { InstructBank } from '../bank/instruct-bank.js';
import { SignAgreement } from '../bank/sign-agreement.js';
import { RecordShift } from '../settlement/record-shift.js';

let fake: FakeBank;
let service: TestService;
let given: GivenSales;
let office: Colleague;
let agreement: bigint;
let merchant: bigint;
let days = 0;
let today: string;

type Found = {
  source: string;
  type: string;
  reference: string;
  here: Record<string, unknown> | null;
  there: Record<string, unknown> | null;
  clearedAt: string | null;
};

/** The bank's clock and ours move together. */
async function toTime(instant: string): Promise<void> {
  await service.setTime(instant);
  const body = JSON.stringify({ now: instant });
  expect((await fetch(`${fake.url}/__fake/clock`, { method: 'POST', body })).status).toBe(200);
}

/** Asks the bank for money and waits for it. @returns the number of the instruction. */
async function collect(amount: bigint): Promise<string> {
  const { number } = await service.inTransaction((tx) =>
    service
      .get(InstructBank)
      .claimDebit(tx, { agreementId: agreement, amount, purpose: 'collection' }),
  );
  await service.get(CarryOutInstructions).carryOut();
  return number;
}

const statementOf = (date: string): Promise<string> => service.get(FetchStatement).fetch(date);

const importCsv = (csv?: string) =>
  office.post('bank-statements', { date: today, ...(csv === undefined ? {} : { csv }) });

async function reconcile(): Promise<{ agrees: boolean; open: Found[]; all: Found[] }> {
  const { status, body } = await office.post('reconciliations', { date: today });
  expect(status).toBe(200);
  const all = body['discrepancies'] as Found[];
  expect((await office.get(`reconciliations/${today}`)).body).toEqual(body);
  return {
    agrees: body['agrees'] === true,
    open: all.filter(({ clearedAt }) => clearedAt === null),
    all,
  };
}

/** The bank's file after somebody's hand: lines changed, balances made to follow. */
async function statementWith(change: (lines: string[][]) => string[][]): Promise<string> {
  const [header, ...lines] = (await statementOf(today)).trim().split('\r\n');
  let balance = 1_000_000;
  const changed = change(lines.map((line) => line.split(','))).map(
    ([date, reference, direction, amount]) => {
      balance += direction === 'in' ? Number(amount) : -Number(amount);
      return [date, reference, direction, amount, balance].join(',');
    },
  );
  return [header, ...changed, ''].join('\r\n');
}

async function report(
  till: Till,
  openedAt: string,
  count: number,
  amount: bigint,
): Promise<string> {
  const shiftNumber = given.number();
  await service.passTime(1);
  await service.get(RecordShift).record({
    terminal: till.terminal.id,
    shiftNumber,
    openedAt,
    closedAt: service.clock.now().toISOString(),
    sales: { count, amount },
    reversals: { count: 0, amount: 0n },
  });
  return shiftNumber;
}

beforeAll(async () => {
  fake = await startFakeBank();
  service = await startService({ env: { BANK_URL: fake.url } });
  given = new GivenSales(service);
  office = await givenColleague(service, 'wang.li', ['cashier-office']);
  merchant = await given.merchant('Catering');
  const owner = 1n;
  await service
    .get(SignAgreement)
    .sign(owner, { holderName: '张伟', bankAccount: '6222000000011234' });
  agreement =
    (await service.inTransaction((tx) => service.get(FindAgreement).ofOwner(tx, owner))) ?? 0n;
}, 60_000);

afterAll(async () => {
  await service.close();
  await fake.close();
});

/** Every test has a day of its own; it begins at noon in Shanghai. */
beforeEach(async () => {
  days += 1;
  const noon = new Date(Date.UTC(2026, 10, 22 + days, 4)).toISOString();
  await toTime(noon);
  today = noon.slice(0, 10);
});

describe('a statement', () => {
  it('is imported whole, and the same file again is the same statement', async () => {
    await collect(1250n);
    await collect(300n);
    const csv = await statementOf(today);
    const first = await importCsv(csv);
    expect(first).toMatchObject({
      status: 200,
      body: { date: today, lines: 2, moneyIn: 1550, moneyOut: 0 },
    });
    expect(first.body['sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect((await importCsv(csv)).body).toEqual(first.body);
    expect((await importCsv()).body).toEqual(first.body);
    const { rows } = await service.owner.query(
      `select count(*)::int as lines from reconciliation.statement s
       join reconciliation.statement_line l on l.statement = s.id where s.date = $1`,
      [today],
    );
    expect(rows).toEqual([{ lines: 2 }]);
  });

  it('counts again when the right file comes after a wrong one', async () => {
    await collect(1250n);
    const right = await statementOf(today);
    const wrong = right.replaceAll('1250', '1251');
    const first = await importCsv(right);
    await importCsv(wrong);
    const again = await importCsv(right);
    expect(again.body['sha256']).toBe(first.body['sha256']);
    const { rows } = await service.owner.query<{ csv: string }>(
      'select csv from reconciliation.statement where date = $1 order by id desc limit 1',
      [today],
    );
    expect(rows[0]?.csv).toBe(right);
  });

  it('that cannot be read or does not add up leaves nothing behind, and names the lines', async () => {
    const header = 'date,reference,direction,amount,balance';
    const broken = await importCsv(`${header}\n${today},a,in,12.50,1250\n`);
    expect(broken).toMatchObject({
      status: 422,
      body: {
        code: 'statement_malformed',
        errors: [{ pointer: '/csv', message: expect.stringContaining('Line 2: amount') }],
      },
    });
    const lost = await importCsv(`${header}\n${today},a,in,100,1100\n${today},b,in,1,1\n`);
    expect(lost.body).toMatchObject({
      code: 'statement_does_not_add_up',
      errors: [{ message: expect.stringContaining('Line 3: ') }],
    });
    const { rows } = await service.owner.query(
      'select from reconciliation.statement where date = $1',
      [today],
    );
    expect(rows).toEqual([]);
  });

  it('is never changed, and is imported by nobody without the permission', async () => {
    await importCsv('date,reference,direction,amount,balance\n');
    for (const table of ['statement', 'statement_line', 'run'])
      await expect(service.owner.query(`truncate reconciliation.${table} cascade`)).rejects.toThrow(
        'append-only',
      );
    const auditor = await givenColleague(service, 'han.mei', ['auditor']);
    const refused = await auditor.post('bank-statements', { date: today, csv: '' });
    expect(refused.body.code).toBe('permission_missing');
    expect((await auditor.post('reconciliations', { date: today })).body.code).toBe(
      'permission_missing',
    );
  });
});

describe('a day against the bank', () => {
  it('agrees when every instruction stands in the statement once, with its amount', async () => {
    await collect(1250n);
    await collect(300n);
    await importCsv();
    expect(await reconcile()).toEqual({ agrees: true, open: [], all: [] });
  });

  it('shows each difference by its type, with the facts of both sides', async () => {
    const [kept, lost, changed, doubled] = [
      await collect(100n),
      await collect(200n),
      await collect(300n),
      await collect(400n),
    ];
    const strange = '00000000-0000-7000-8000-000000000001';
    await importCsv(
      await statementWith((lines) => [
        ...lines
          .filter(([, reference]) => reference !== lost)
          .flatMap((line) => (line[1] === doubled ? [line, line] : [line]))
          .map((line) => (line[1] === changed ? [...line.slice(0, 3), '299'] : line)),
        [today, strange, 'in', '77'],
        [today, 'FEE', 'out', '5'],
      ]),
    );
    const { agrees, open } = await reconcile();
    expect(agrees).toBe(false);
    expect(open).toMatchObject([
      {
        type: 'amount',
        reference: changed,
        here: { amount: 300, direction: 'in' },
        there: { lines: [{ amount: 299, direction: 'in' }] },
      },
      {
        type: 'duplicate',
        reference: doubled,
        here: { amount: 400 },
        there: { lines: [{ amount: 400 }, { amount: 400 }] },
      },
      { type: 'missing_here', reference: strange, here: null, there: { lines: [{ amount: 77 }] } },
      { type: 'missing_here', reference: 'FEE', there: { lines: [{ direction: 'out' }] } },
      { type: 'missing_there', reference: lost, here: { amount: 200 }, there: null },
    ]);
    expect(open.every(({ source }) => source === 'bank')).toBe(true);
    expect(open.some(({ reference }) => reference === kept)).toBe(false);
  });

  it('shows a debit that the bank made and we do not believe in beside what we know of it', async () => {
    const number = await collect(100n);
    await service.owner.query(
      `alter table bank.instruction disable trigger instruction_ends_once;
       update bank.instruction set state = 'unknown', resolved_at = null, booked_at = null
       where number = '${number}';
       alter table bank.instruction enable trigger instruction_ends_once`,
    );
    await importCsv();
    expect((await reconcile()).open).toMatchObject([
      { type: 'missing_here', reference: number, here: { state: 'unknown' } },
    ]);
    await service.passTime(60);
    await service.get(CarryOutInstructions).carryOut();
    expect((await reconcile()).agrees).toBe(true);
  });

  it('takes up the newest statement, and clears what is gone', async () => {
    const lost = await collect(200n);
    await importCsv('date,reference,direction,amount,balance\r\n');
    const first = await reconcile();
    expect(first.open).toMatchObject([{ type: 'missing_there', reference: lost }]);
    expect(await reconcile()).toEqual(first);

    await service.passTime(60);
    await importCsv();
    const second = await reconcile();
    expect(second).toMatchObject({ agrees: true, open: [] });
    expect(second.all).toMatchObject([{ reference: lost, clearedAt: expect.any(String) }]);
  });

  it('counts an instruction on the day on which the bank booked it', async () => {
    await toTime(`${today}T15:59:50Z`);
    const late = await collect(100n);
    await toTime(`${today}T16:00:05Z`);
    await importCsv();
    expect((await reconcile()).agrees).toBe(true);
    const yesterday = today;
    today = new Date(Date.parse(yesterday) + 86_400_000).toISOString().slice(0, 10);
    await importCsv();
    expect((await reconcile()).agrees).toBe(true);
    const [row] = (
      await service.owner.query(
        'select platform.business_date(booked_at)::text as day from bank.instruction where number = $1',
        [late],
      )
    ).rows as { day: string }[];
    expect(row?.day).toBe(yesterday);
    days += 1;
  });

  it('is not settled without a statement', async () => {
    await collect(100n);
    const { body } = await office.post('reconciliations', { date: today });
    expect(body).toMatchObject({ statementId: null, agrees: false, discrepancies: [] });
  });
});

describe('a day against the terminals', () => {
  const openedAt = (): string => service.clock.now().toISOString();

  it('shows shifts that differ, sales that we never saw, and sales in no shift', async () => {
    await importCsv();
    const [right, wrong, ghost, silent] = [
      await given.till(merchant, `A${days}`),
      await given.till(merchant, `B${days}`),
      await given.till(merchant, `C${days}`),
      await given.till(merchant, `D${days}`),
    ];
    const from = openedAt();
    await service.passTime(1);
    for (const till of [right, wrong, silent]) await till.sell(1250n);
    await report(right, from, 1, 1250n);
    const short = await report(wrong, from, 1, 1200n);
    const unheardOf = await report(ghost, from, 2, 900n);
    expect((await reconcile()).open).toMatchObject([
      {
        source: 'terminal',
        type: 'amount',
        reference: short,
        here: { terminal: `B${days}`, sales: { count: 1, amount: 1250 } },
        there: { terminal: `B${days}`, sales: { count: 1, amount: 1200 } },
      },
      {
        type: 'missing_here',
        reference: unheardOf,
        here: { sales: { count: 0, amount: 0 } },
        there: { sales: { count: 2, amount: 900 } },
      },
      {
        type: 'missing_there',
        reference: `D${days}`,
        here: { sales: { count: 1, amount: 1250 } },
        there: null,
      },
    ]);
    await report(silent, from, 1, 1250n);
    const again = await reconcile();
    expect(again.open.length).toBe(2);
    expect(again.all.length).toBe(3);
  });

  it('shows two shifts of one terminal that overlap', async () => {
    await importCsv();
    const till = await given.till(merchant, `E${days}`);
    const from = openedAt();
    await service.passTime(1);
    await till.sell(500n);
    const numbers = [await report(till, from, 1, 500n), await report(till, from, 1, 500n)];
    const { open } = await reconcile();
    expect(open.map(({ type }) => type)).toEqual(['duplicate', 'duplicate']);
    expect(new Set(open.map(({ reference }) => reference))).toEqual(new Set(numbers));
    expect(open[0]?.there).toMatchObject({ overlaps: [open[1]?.reference] });
  });

  it('agrees over midnight: a shift covers what it sold on the day before', async () => {
    const till = await given.till(merchant, `F${days}`);
    await toTime(`${today}T15:59:50Z`);
    const from = openedAt();
    await service.passTime(1);
    await till.sell(500n);
    await service.passTime(60);
    await till.sell(300n);
    await report(till, from, 2, 800n);
    await importCsv();
    expect((await reconcile()).agrees).toBe(true);
    days += 1;
  });
});

describe('a reconciliation', () => {
  it('of a day that has not begun, or that was never run, is refused', async () => {
    const soon = await office.post('reconciliations', { date: '2027-11-22' });
    expect(soon.body.code).toBe('reconciliation_day_not_begun');
    const never = await office.get('reconciliations/2026-01-01');
    expect(never.body.code).toBe('reconciliation_unknown');
    const unreal = await office.post('reconciliations', { date: '2026-02-30' });
    expect(unreal.body.code).toBe('malformed_request');
  });

  it('may be run by several people at once', async () => {
    await collect(100n);
    await importCsv('date,reference,direction,amount,balance\r\n');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => office.post('reconciliations', { date: today })),
    );
    for (const { body } of answers)
      expect(body['discrepancies']).toMatchObject([{ clearedAt: null }]);
  });
});
