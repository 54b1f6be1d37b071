/**
 * A dump that is restored into a fresh cluster, whose transaction numbers begin again, goes on as if nothing had happened:
 * nothing is answered differently, told twice or forgotten, and the seal goes on where it was.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createDatabaseIfMissing } from '../../local/postgres/database.mjs';
import { startCluster } from '../../local/postgres/cluster.mjs';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { modulesFromTheGroundUp } from '../../src/module-graph.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { migrateDatabase } from '../../src/platform/database/migrate-database.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { allProofs } from '../../src/proofs.js';
import { Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import { TestPhone } from '../support/test-phone.js';
import { TestTerminal, type Draft } from '../support/test-terminal.js';
import { copyRows } from './copy-rows.js';

let before: TestService;
let after: TestService;
let cluster: Awaited<ReturnType<typeof startCluster>>;
let folder: string;
let till: TestTerminal;
let student: Student;
let paid: Draft;
let answered: string;

beforeAll(async () => {
  before = await startService();
  const given = new Given(before);
  till = await given.canteen();
  student = await given.student(10_000n);
  paid = till.draft(student.phone.next(), 700);
  answered = (await till.post(paid)).text;
  await before.relayAll();
  await sealAll(before);
  await before.runJob('anchor-seal');

  // Far ahead of any cluster that has just been made, and half of what happens next is told to nobody before the end.
  await before.owner.query(
    'do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$',
  );
  await till.sell(student.phone.next(), 800);
  const washer = await given.dorm();
  await washer.sell(student.phone.next());
  const part = await washer.sell(student.phone.next());
  await washer.capture(String(part.body['orderNumber']), 200);

  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-restore-'));
  cluster = await startCluster({ dir: path.join(folder, 'postgres'), durable: false });
  await createDatabaseIfMissing(cluster.url(), 'campus');
  const database = {
    url: cluster.url('campus'),
    ownerUrl: cluster.url('campus'),
    drop: async () => {},
  };
  const config = Object.assign(new AppConfig(), before.config, {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
  });
  await migrateDatabase(config, modulesFromTheGroundUp);
  await copyDatabase(database.ownerUrl);
  await migrateDatabase(config, modulesFromTheGroundUp);

  after = await startService({
    database,
    now: before.clock.now().toISOString(),
    env: { KEYS_FILE: before.config.keysFile, ANCHOR_FILE: before.config.anchorFile },
  });
}, 120_000);
afterAll(async () => {
  await after?.close();
  await cluster?.stop();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  await before.close();
});

async function copyDatabase(url: string): Promise<void> {
  const target = new pg.Pool({ connectionString: url, max: 1 });
  const [from, to] = [await before.owner.connect(), await target.connect()];
  try {
    await copyRows(from, to);
  } finally {
    from.release();
    to.release();
    await target.end();
  }
}

/** The horizon is the server's: transactions of other tests hold it for moments. */
async function sealAll(service: TestService): Promise<void> {
  for (;;) {
    await service.runJob('seal-entries');
    if ((await one(service, unsealed)) === '0') return;
  }
}

const unsealed = `select count(*) from ledger.entry e where (e.era, e.xid, e.id) > all (
  select b.last_era, b.last_xid, b.last_id from ledger.block b)`;

async function one(service: TestService, sql: string): Promise<string> {
  const { rows } = await service.owner.query<Record<string, unknown>>(sql);
  return String(Object.values(rows[0] ?? {})[0]);
}

async function brokenIn(service: TestService): Promise<string[]> {
  const proofs = await proveWith(allProofs(service.config), service.database);
  return proofs.filter(({ broken }) => broken !== 0n).map(({ proof }) => proof);
}

/** The same thing in the same hand, at the restored service. */
function moved<Thing extends TestPhone | TestTerminal>(thing: Thing): Thing {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(thing) as object) as Thing, thing);
  Reflect.set(copy, 'service', after);
  return copy;
}

it('begins a new era, since the cluster is far behind the rows', async () => {
  expect(await one(after, 'select era from platform.era')).toBe('2');
  expect(
    await one(
      after,
      `select max(e.xid::text::bigint) > pg_current_xact_id()::text::bigint + 10000 from ledger.entry e`,
    ),
  ).toBe('true');
  expect(await brokenIn(after)).toEqual([]);
});

it('tells what nobody had been told, once', async () => {
  const receipts = 'select count(*) from receipts.receipt';
  const approved = `select count(*) from payments.payment where verdict = 'approved' and captured > 0`;
  expect(Number(await one(after, receipts))).toBeLessThan(Number(await one(after, approved)));
  const cursor = await one(
    after,
    `select id from platform.outbox_cursor where consumer = 'receipts'`,
  );
  await after.relayAll();
  expect(await one(after, receipts)).toBe(await one(after, approved));
  expect(
    Number(await one(after, `select id from platform.outbox_cursor where consumer = 'receipts'`)),
  ).toBeGreaterThan(Number(cursor));
  expect(await one(after, 'select count(*) from platform.outbox_failure')).toBe('0');
});

it('answers an old order number as before, and a used code as used', async () => {
  expect((await moved(till).post(paid)).text).toBe(answered);
  const code = (JSON.parse(paid.body) as { instrument: { code: string } }).instrument.code;
  expect((await moved(till).sell(code, 100)).body).toMatchObject({
    verdict: 'declined',
    reason: 'code_used',
  });
});

it('sells to phones of before and to a phone of now, and tells everybody', async () => {
  await after.passTime(30);
  const sale = await moved(till).sell(moved(student.phone).next(), 900);
  expect(sale.body).toMatchObject({ verdict: 'approved' });
  const { token } = await after.get(IssueEnrolmentLink).issue(student.cardholder);
  const another = await TestPhone.enrol(after, token);
  const next = await moved(till).sell(another.next(), 100);
  expect(next.body).toMatchObject({ verdict: 'approved' });
  await after.relayAll();
  const newest = `select count(*) from receipts.receipt r join payments.payment p on p.id = r.payment
    where p.order_no in ('${String(sale.body['orderNumber'])}', '${String(next.body['orderNumber'])}')`;
  expect(await one(after, newest)).toBe('2');
});

it('seals on, and everything that is proved holds', async () => {
  const blocks = Number(await one(after, 'select count(*) from ledger.block'));
  await sealAll(after);
  await after.passTime(120);
  await after.runJob('anchor-seal');
  expect(Number(await one(after, 'select count(*) from ledger.block'))).toBeGreaterThan(blocks);
  expect(await one(after, 'select sum(entries) from ledger.block')).toBe(
    await one(after, 'select count(*) from ledger.entry'),
  );
  expect(await brokenIn(after)).toEqual([]);
});
