import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tryLock } from './owner-lock.mjs';

let folder: string;
let file: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'campus-lock-'));
  file = path.join(folder, 'owner.lock');
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('the lock between processes', () => {
  it('names its live holder, and is free after the release', () => {
    const first = tryLock(file, 'the first');
    expect(tryLock(file, 'the second')).toMatchObject({
      holder: { pid: process.pid, what: 'the first' },
    });
    if ('release' in first) first.release();
    expect(tryLock(file, 'the second')).toHaveProperty('release');
  });

  it('passes on from a holder that died without a word', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    fs.writeFileSync(file, JSON.stringify({ pid, began: '1', what: 'the dead' }));
    expect(tryLock(file, 'the living')).toHaveProperty('release');
    expect(fs.readdirSync(folder)).toEqual(['owner.lock']);
  });

  it('is not held by a stranger who got the number of a dead holder', () => {
    fs.writeFileSync(file, JSON.stringify({ pid: process.pid, began: '1', what: 'the dead' }));
    expect(tryLock(file, 'the living')).toHaveProperty('release');
  });

  it('goes to one of many who find it stale together', async () => {
    fs.writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, began: '1', what: 'the dead' }));
    const module = new URL('./owner-lock.mjs', import.meta.url).href;
    const script = `
      const { tryLock } = await import(${JSON.stringify(module)});
      console.log('release' in tryLock(${JSON.stringify(file)}, 'one of many') ? 'got it' : 'refused');
      process.stdin.resume();`;
    const crowd = Array.from({ length: 5 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', script]),
    );
    const answers = await Promise.all(
      crowd.map(
        (each) =>
          new Promise<string>((resolve) =>
            each.stdout.once('data', (text) => resolve(String(text).trim())),
          ),
      ),
    );
    for (const each of crowd) each.stdin.end();
    expect(answers.filter((answer) => answer === 'got it')).toHaveLength(1);
  });
});
