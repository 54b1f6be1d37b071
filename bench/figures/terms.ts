import os from 'node:os';
import pg from 'pg';
import type { Server } from '../campus/campus-database.js';

/** What the figures hold under, besides what stands with each. */
export type Terms = {
  readonly at: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Processes that wanted a core before the bench began, a minute's mean. */
  readonly loadBefore: number;
};

const settings = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_sync_method',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
  'autovacuum',
];

export async function readTerms(server: Server, loadBefore: number): Promise<Terms> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; value: string }>(
      'select name, current_setting(name) as value from unnest($1::text[]) name',
      [[...settings, 'server_version']],
    );
    const values = new Map(rows.map(({ name, value }) => [name, value]));
    return {
      at: new Date().toISOString(),
      cores: os.availableParallelism(),
      processor: os.cpus()[0]?.model.trim() ?? 'unknown',
      memoryGiB: Math.round(os.totalmem() / 2 ** 30),
      node: process.version,
      postgres: values.get('server_version') ?? 'unknown',
      settings: Object.fromEntries(settings.map((name) => [name, values.get(name) ?? ''])),
      loadBefore,
    };
  } finally {
    await client.end();
  }
}
