/** The books are proved every night, the office can read what came of it, and a monitor hears of what does not hold. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { verify } from '../../src/verify.js';
import { ask } from '../support/ask.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { Given } from '../support/given.js';
import { GivenSales } from '../support/given-sales.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let auditor: Colleague;
let metricsUrl: string;
let sales: GivenSales;

beforeAll(async () => {
  service = await startService();
  sales = new GivenSales(service);
  auditor = await givenColleague(service, 'li.na', ['auditor']);
  const port = await service.get(Metrics).listen(0, '127.0.0.1');
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
});
afterAll(() => service.close());

/** A figure as the monitor reads it; undefined when it is not shown. */
async function figure(line: string, url = metricsUrl): Promise<number | undefined> {
  const text = await (await fetch(url)).text();
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

const brokenLine = 'campus_proof_broken{proof="guarded balance = fold of its postings"}';

/** By somebody with every right. */
const tilt = (by: number): Promise<unknown> =>
  service.owner.query(
    `do $$ begin
       set local session_replication_role = replica;
       update ledger.account set balance = balance + ${by} where guarded;
     end $$`,
  );

async function lastProofs(): Promise<{ holds: boolean; proofs: Record<string, unknown>[] }> {
  const { status, body } = await auditor.get('proofs');
  expect(status).toBe(200);
  return body as { holds: boolean; proofs: Record<string, unknown>[] };
}

describe('the nightly proofs', () => {
  it('are none at first, and that does not pass for sound books', async () => {
    expect(await lastProofs()).toEqual({ holds: false, proofs: [] });
    expect(await figure(brokenLine)).toBeUndefined();
  });

  it('run once in a business day, however often the job is called', async () => {
    const till = await sales.till(await sales.merchant('Noodles'), 'N1');
    await till.sell(500n);
    await service.runJob('prove-books');
    const first = await lastProofs();
    expect(first.holds).toBe(true);
    expect(first.proofs.length).toBeGreaterThan(40);
    expect(await figure(brokenLine)).toBe(0);

    await tilt(1);
    await service.runJob('prove-books');
    expect(await lastProofs()).toEqual(first);
  });

  it('say the next night what does not hold any more, since when, and when it holds again', async () => {
    await service.setTime('2026-11-22T16:00:01Z');
    await service.runJob('prove-books');
    const night = await lastProofs();
    expect(night.holds).toBe(false);
    expect(night.proofs[0]).toMatchObject({
      proof: 'guarded balance = fold of its postings',
      broken: 1,
    });
    expect(await figure(brokenLine)).toBe(1);

    await service.setTime('2026-11-23T16:00:01Z');
    await service.runJob('prove-books');
    const later = await lastProofs();
    expect(later.proofs[0]).toMatchObject({ brokenSince: night.proofs[0]?.['brokenSince'] });

    await tilt(-1);
    await service.setTime('2026-11-24T16:00:01Z');
    await service.runJob('prove-books');
    expect(await lastProofs()).toMatchObject({
      holds: true,
      proofs: expect.arrayContaining([expect.objectContaining({ broken: 0, brokenSince: null })]),
    });
    expect(await figure(brokenLine)).toBe(0);
  });

  it('are printed by the command, a line for each, with what does not hold', async () => {
    const lines: string[] = [];
    expect(await verify(service.config, (line) => lines.push(line))).toBe(true);
    expect(lines.length).toBe((await lastProofs()).proofs.length);
    expect(lines).toContain('ok      guarded balance = fold of its postings');

    await tilt(1);
    lines.length = 0;
    expect(await verify(service.config, (line) => lines.push(line))).toBe(false);
    expect(lines).toContain('BROKEN  guarded balance = fold of its postings: 1');
    await tilt(-1);
  });

  it('are for members of staff only', async () => {
    expect(await ask(`${service.url}/v1/staff/proofs`)).toMatchObject({ status: 401 });
  });
});

describe('the metrics', () => {
  it('count sales by verdict and reason, and how long they took', async () => {
    // With real phones, and so beside the sales above, which have none.
    const open = await startService();
    const url = `http://127.0.0.1:${await open.get(Metrics).listen(0, '127.0.0.1')}/metrics`;
    const given = new Given(open);
    const till = await given.canteen();
    const student = await given.student(1_000n);
    expect((await till.sell(student.phone.next(), 900)).body).toMatchObject({
      verdict: 'approved',
    });
    expect((await till.sell(student.phone.next(), 900)).body).toMatchObject({
      verdict: 'declined',
    });
    expect(await figure('campus_sales_total{verdict="approved",reason="none"}', url)).toBe(1);
    expect(await figure('campus_batch_sales_sum', url)).toBeGreaterThan(1);
    expect(
      await figure('campus_sales_total{verdict="declined",reason="insufficient_funds"}', url),
    ).toBe(1);
    expect(await figure('campus_decide_seconds_count', url)).toBe(2);
    await open.close();
  });

  it('show how far consumers have come, and which holds nobody ended', async () => {
    await service.relayAll();
    expect(await figure('campus_outbox_lag_seconds{consumer="receipts"}')).toBe(0);
    const washer = await sales.till(await sales.merchant('Washing'), 'D1', {
      type: 'metered',
      hold: 500n,
      unit: 'liter',
      unitPrice: 5n,
      holdSeconds: 900,
    });
    await washer.sell(500n);
    expect(await figure('campus_holds_open')).toBe(1);
    await service.passTime(1_000);
    expect(await figure('campus_holds_overdue')).toBe(1);
    expect(await figure('campus_outbox_lag_seconds{consumer="receipts"}')).toBeGreaterThan(900);
    expect(await figure('campus_seal_lag_seconds')).toBeGreaterThan(900);
  });

  it('tell nobody a figure that could not be read', async () => {
    service.get(Metrics).watch({
      name: 'campus_unreadable',
      help: 'x',
      read: () => Promise.reject(new Error('away')),
    });
    expect(await figure('campus_unreadable')).toBeUndefined();
    expect(await figure('campus_metrics_unread_total{metric="campus_unreadable"}')).toBe(1);
  });

  it('are all that answers on their port', async () => {
    expect((await fetch(metricsUrl.replace('metrics', 'health'))).status).toBe(404);
  });
});
