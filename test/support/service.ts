/**
 * The real service in this process, on a free port and a database of its own, with a clock that the test moves. Nothing
 * happens behind the test's back: events are relayed and chores run when it says so.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { createApp, openDoors } from '../../src/create-app.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { AppConfig, readConfig } from '../../src/platform/config/app-config.js';
import { inTransaction, type Tx } from '../../src/platform/database/transaction.js';
import { RelayEvents } from '../../src/platform/events/relay-events.js';
import { RunJobs } from '../../src/platform/jobs/run-jobs.js';
import { createTestDatabase, type TestDatabase } from './database.js';

/** A Sunday at noon on campus: 2026-11-22, 12:00 in Shanghai. */
export const noon = '2026-11-22T04:00:00Z';

export type ServiceOptions = {
  /** More of the environment: BANK_URL, WECHAT_API_URL … */
  readonly env?: Readonly<Record<string, string>>;
  /** What the service's clock says at the start, going on at the speed of a real one. */
  readonly now?: string;
  /** Leads the service to its database by another way, such as a cable that can be pulled. */
  readonly through?: (databaseUrl: string) => Promise<string>;
  /** A second process of the service beside this one: on its database, with its keys. Close it first. */
  readonly beside?: TestService;
  /** A database that is there already, instead of a new copy. */
  readonly database?: TestDatabase;
};

export type TestService = {
  /** `http://127.0.0.1:PORT`, without a slash at the end; also its own Origin. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly config: AppConfig;
  /** The service's own connections, as campus_app. */
  readonly database: DataSource;
  /** Behind the service's back, as the owner of everything. */
  readonly owner: pg.Pool;
  readonly clock: Clock;
  /** Any provider: `service.get(RegisterCardholder)`. */
  get<Provider>(provider: new (...needs: never[]) => Provider): Provider;
  inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Sets the service's clock, for the database and for this process. */
  setTime(instant: string | Date): Promise<void>;
  /** Moves the service's clock on. */
  passTime(seconds: number): Promise<void>;
  /** Hands every event to every consumer, until there is none left. */
  relayAll(): Promise<void>;
  runJob(name: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts it; whoever starts it closes it in `afterAll`. */
export async function startService({
  env = {},
  now = noon,
  through = (databaseUrl) => Promise.resolve(databaseUrl),
  beside,
  database,
}: ServiceOptions = {}): Promise<TestService> {
  const copy = beside === undefined ? (database ?? (await createTestDatabase())) : sharedBy(beside);
  const owner = new pg.Pool({ connectionString: copy.ownerUrl, max: 4 });
  // A dropped database ends its connections with an error that is nobody's.
  owner.on('error', () => undefined);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-service-'));
  if (beside === undefined) await owner.query('select platform.set_clock($1, 1)', [now]);
  const config = readConfig({
    DATABASE_URL: await through(copy.url),
    DATABASE_OWNER_URL: copy.ownerUrl,
    DATA_DIR: folder,
    DEMO: '1',
    CLOCK: 'simulated',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
    DATABASE_POOL: '8',
    ...(beside === undefined ? {} : { KEYS_FILE: beside.config.keysFile }),
    ...env,
    PORT: '0',
  });
  const app = await createApp(config);
  await openDoors(app, config, { serve: true, work: false });
  const { port } = app.getHttpServer().address() as AddressInfo;
  config.PORT = String(port);

  const clock = app.get(Clock);
  const service: TestService = {
    url: `http://127.0.0.1:${port}`,
    app,
    config,
    database: app.get(DataSource),
    owner,
    clock,
    get: (provider) => app.get(provider, { strict: false }),
    inTransaction: (work) => inTransaction(service.database, work),
    setTime: async (instant) => {
      await owner.query('select platform.set_clock($1, 1)', [instant]);
      await clock.settle();
    },
    passTime: async (seconds) => {
      await owner.query(
        'select platform.set_clock(platform.now() + make_interval(secs => $1), 1)',
        [seconds],
      );
      await clock.settle();
    },
    relayAll: async () => {
      // The horizon is the server's: a transaction of another test file, in another database, hides events for a moment.
      do await app.get(RelayEvents).relayAll();
      while (await hasEventsToRelay(owner));
    },
    runJob: (name) => app.get(RunJobs).runNow(name),
    close: async () => {
      await app.close();
      await service.database.destroy();
      await owner.end();
      await copy.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return service;
}

function sharedBy({ config }: TestService): TestDatabase {
  const { DATABASE_URL: url, ownerUrl } = config;
  return { url, ownerUrl, drop: () => Promise.resolve() };
}

async function hasEventsToRelay(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query(
    `select 1 from platform.outbox o, platform.outbox_cursor c
     where (o.era, o.xid, o.id) > (c.era, c.xid, c.id) limit 1`,
  );
  return rows.length > 0;
}
