import path from 'node:path';
import pg from 'pg';
import { modulesFromTheGroundUp } from '../../src/module-graph.js';
import { readConfig, type AppConfig } from '../../src/platform/config/app-config.js';
import { migrateDatabase } from '../../src/platform/database/migrate-database.js';
import { buildCampus } from './build-campus.js';
import { CampusClock } from './campus-clock.js';
import type { CampusSize } from './campus-plan.js';
import { CodeCounters } from './code-counters.js';

/** The throw-away server that everything happens on. */
export type Server = {
  readonly url: string;
  /** Of PostgreSQL's first process. */
  readonly pid: number;
  /** A folder for files, which goes away with the server. */
  readonly workDir: string;
};

export const databaseUrl = (server: Server, name: string): string =>
  Object.assign(new URL(server.url), { pathname: `/${name}` }).href;

/** What the service is told on this server. */
export function environmentOf(server: Server, database: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl(server, database),
    DATA_DIR: server.workDir,
    KEYS_FILE: path.join(server.workDir, 'keys.json'),
    CLOCK: 'simulated',
    LOG_LEVEL: 'warn',
  };
}

export async function onServer(server: Server, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Makes a database with a campus in it, which others can be copied from as long as nobody is connected. */
export async function makeCampus(server: Server, name: string, size: CampusSize): Promise<void> {
  await onServer(server, `create database ${name}`);
  const config = readConfig(environmentOf(server, name));
  await migrateDatabase(config, modulesFromTheGroundUp);
  await buildCampus(config, size);
}

/** A campus in a database of its own, open for measuring. */
export type Campus = {
  readonly name: string;
  readonly size: CampusSize;
  readonly config: AppConfig;
  /** Behind the service's back, as the owner of everything. */
  readonly owner: pg.Pool;
  readonly clock: CampusClock;
  readonly counters: CodeCounters;
  close(): Promise<void>;
};

export async function copyCampus(
  server: Server,
  template: string,
  name: string,
  size: CampusSize,
): Promise<Campus> {
  await onServer(server, `create database ${name} template ${template} strategy file_copy`);
  const config = readConfig(environmentOf(server, name));
  const owner = new pg.Pool({
    connectionString: config.ownerUrl,
    options: '-c timezone=UTC',
    max: 4,
  });
  owner.on('error', () => undefined);
  const clock = new CampusClock(owner);
  const counters = new CodeCounters(size.cards, clock);
  return { name, size, config, owner, clock, counters, close: () => owner.end() };
}
