/** A database for one test file: a copy of the migrated one, so that files run side by side and see only themselves. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export type TestDatabase = {
  /** For the service. */
  url: string;
  /** For migrations, and for looking behind the service's back. */
  ownerUrl: string;
  drop(): Promise<void>;
};

/** The clock of the copy is simulated, so that a test can move time. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = setting('TEST_SERVER_URL');
  const template = setting('TEST_TEMPLATE');
  const name = `campus_test_${randomUUID().replaceAll('-', '')}`;
  await run(server, `create database ${name} template ${template} strategy file_copy`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  return {
    url,
    ownerUrl: url,
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: a test that needs a database is named *.int-spec.ts.`);
  }
  return value;
}
