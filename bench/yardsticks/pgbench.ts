import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { databaseUrl, onServer, type Server } from '../campus/campus-database.js';
import { measureOwnScript, prepareOwnTables } from './pgbench-script.js';

export const clients = 32;
export const threads = 2;
export const scale = 10;
const database = 'pgbench';
const debian = '/usr/lib/postgresql';

export type PgbenchResult = { readonly tps: number; readonly latencyMs: number };

/** PostgreSQL's own yardstick: `pgbench -c 32 -j 2 -M prepared` over TCP, TPC-B-like, one commit for each transaction. */
export type Pgbench = {
  /** Which program it is, in words. */
  readonly what: string;
  prepare(): Promise<void>;
  run(seconds: number): Promise<PgbenchResult>;
};

/** Debian's program or whatever stands on the path; where there is none, the same script driven from here. */
export function findPgbench(server: Server): Pgbench {
  const program = programs().find((candidate) => versionOf(candidate) !== undefined);
  const url = databaseUrl(server, database);
  if (program === undefined) {
    return {
      what: `the script of pgbench driven by pg from one Node process (pgbench is not installed)`,
      prepare: () => createDatabase(server).then(() => prepareOwnTables(url, scale)),
      run: (seconds) => measureOwnScript(url, { clients, scale, seconds }),
    };
  }
  return {
    what: versionOf(program) ?? program,
    prepare: async () => {
      await createDatabase(server);
      await say(program, ['-i', '-s', String(scale), '-q', url]);
    },
    run: async (seconds) => {
      const load = ['-c', String(clients), '-j', String(threads), '-M', 'prepared'];
      return readResult(await say(program, [...load, '-T', String(seconds), url]));
    },
  };
}

const createDatabase = (server: Server): Promise<void> =>
  onServer(server, `create database ${database}`);

function programs(): string[] {
  const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
  return ['pgbench', ...versions.map((version) => path.join(debian, version, 'bin', 'pgbench'))];
}

function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

export function readResult(printed: string): PgbenchResult {
  // It says no rate then: 32 connections have to be opened first, and a busy machine takes its time.
  if (/^number of transactions actually processed: 0$/m.test(printed))
    return { tps: 0, latencyMs: 0 };
  const tps = /^tps = ([\d.]+)/m.exec(printed)?.[1];
  const latency = /^latency average = ([\d.]+) ms/m.exec(printed)?.[1];
  if (tps === undefined || latency === undefined)
    throw new Error(`pgbench said something else:\n${printed}`);
  return { tps: Number(tps), latencyMs: Number(latency) };
}

function say(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`pgbench failed:\n${complaints}`));
    });
  });
}
