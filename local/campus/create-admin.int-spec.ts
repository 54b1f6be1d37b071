import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';

// Each run is a process that starts the whole office.
jest.setTimeout(60_000);

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'campus-admin-'));
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function run(args: string[], input = ''): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join('dist', 'local', 'campus', 'create-admin.js'), ...args],
    {
      encoding: 'utf8',
      input,
      env: { ...process.env, DATABASE_URL: database.url, DATA_DIR: folder, DEMO: '1' },
    },
  );
  return { status, out: stdout, err: stderr };
}

const password = 'seven lamps in a row';

describe('admin:create', () => {
  it('creates an administrator and prints what an authenticator needs, never the password', async () => {
    const { status, out } = run(['--name', 'first.one', '--password', password]);
    expect(status).toBe(0);
    expect(out).toMatch(/^otpauth:\/\/totp\/Campus%20Paycode:first\.one\?secret=[A-Z2-7]{32}&/m);
    expect(out).toMatch(/^Secret for typing it in: [A-Z2-7]{32}$/m);
    expect(out).not.toContain(password);
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query('select name, roles, created_by from staff.member');
    await client.end();
    expect(rows).toEqual([{ name: 'first.one', roles: ['administrator'], created_by: null }]);
  });

  it('reads the password from a pipe, and gives other roles', () => {
    const { status, out } = run(['--name', 'second', '--roles', 'auditor,marketing'], password);
    expect(status).toBe(0);
    expect(out).toContain('second can log in as auditor, marketing.');
  });

  it('says in one sentence why it created nobody', () => {
    const taken = run(['--name', 'first.one', '--password', password]);
    expect(taken).toMatchObject({ status: 1, out: '' });
    expect(taken.err).toMatch(/^Somebody has this login name already\./);
    const short = run(['--name', 'third', '--password', 'short']);
    expect(short.err).toContain('password must have 12 to 128 characters.');
    const role = run(['--name', 'third', '--password', password, '--roles', 'king']);
    expect(role.err).toContain('roles must be some of administrator,');
    expect(run(['--name', 'third']).err).toContain('No password was given');
  });

  it('shows how it is used when it was asked wrongly', () => {
    const asked = run(['--nmae', 'x']);
    expect(asked.status).toBe(2);
    expect(asked.err).toContain('npm run admin:create');
    expect(run(['--help'])).toMatchObject({ status: 0, err: '' });
  });
});
