import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startCluster } from './cluster.mjs';

type Cluster = Awaited<ReturnType<typeof startCluster>>;

let folder: string;
let dir: string;
let cluster: Cluster | null;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'campus cluster '));
  dir = path.join(folder, 'postgres');
  cluster = null;
});

afterEach(async () => {
  await cluster?.stop();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function start(durable = false): Promise<Cluster> {
  cluster = await startCluster({ dir, durable });
  return cluster;
}

async function ask(on: Cluster, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: on.url() });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('the built-in server', () => {
  it('keeps what was written over a stop and a start', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 7 as amount');
    await first.stop();
    expect(await ask(await start(), 'select amount from kept')).toEqual([{ amount: 7 }]);
  });

  it('loses nothing that was committed before kill -9', async () => {
    const first = await start(true);
    await ask(first, 'create table kept as select 7 as amount');
    process.kill(first.pid, 'SIGKILL');
    expect(await first.exited).toBe('signal SIGKILL');
    expect(await ask(await start(true), 'select amount from kept')).toEqual([{ amount: 7 }]);
  });

  it('starts over the lock of a process number that somebody else has now', async () => {
    await (await start()).stop();
    fs.writeFileSync(
      path.join(dir, 'postmaster.pid'),
      `${process.pid}\n${dir}\n1\n1\n\n\n\nready\n`,
    );
    expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('replaces what an interrupted initdb left', async () => {
    fs.mkdirSync(`${dir}.unfinished`);
    fs.writeFileSync(path.join(`${dir}.unfinished`, 'PG_VERSION'), '18\n');
    expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends with a parent that is killed, and the folder starts again at once', async () => {
    const script = `
      const { startCluster } = await import(${JSON.stringify(new URL('./cluster.mjs', import.meta.url).href)});
      const cluster = await startCluster({ dir: ${JSON.stringify(dir)}, durable: false });
      console.log(cluster.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const pid = await new Promise<number>((resolve, reject) => {
      parent.stdout.once('data', (text) => resolve(Number(text)));
      parent.once('exit', () => reject(new Error('The parent ended before the server was up.')));
    });
    parent.kill('SIGKILL');
    const second = await start();
    expect(second.pid).not.toBe(pid);
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
