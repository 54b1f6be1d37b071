import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { vectors } from '../packages/paycode/vectors/read-vectors.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'paycode-'));
const program = join(folder, 'paycode.mjs');

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

beforeAll(async () => {
  await build({
    entryPoints: [here('./paycode.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { '@campus-paycode/paycode': here('../packages/paycode/src/index.ts') },
    outfile: program,
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run paycode', () => {
  it('prints the codes of the vectors', () => {
    for (const vector of vectors.codes.slice(0, 5)) {
      const { seed, time, slot, aliasPeriod, code } = vector;
      const args = ['--seed', seed, '--time', `${time}`, '--slot', `${slot}`];
      expect(run(...args, '--epoch', `${aliasPeriod}`)).toEqual({
        code: 0,
        out: `${code}\n`,
        err: '',
      });
    }
  });

  it('prints the parts as JSON', () => {
    const vector = vectors.codes[0];
    if (vector === undefined) throw new Error('There are no vectors.');
    const { out } = run('--seed', vector.seed, '--time', `${vector.time}`, '--json');
    const { code, counter, step, aliasEpoch } = vector;
    expect(JSON.parse(out)).toMatchObject({ code, counter, step, aliasEpoch });
  });

  it.each([
    [[], '--seed is missing.'],
    [['--seed', 'abc'], '--seed is 64 hexadecimal digits.'],
    [['--seed', '0'.repeat(64)], '--time is missing.'],
    [['--seed', '0'.repeat(64), '--time', '1e9'], '--time is a whole number, not "1e9".'],
    [['--seed', '0'.repeat(64), '--time', '9', '--slot', '4'], 'A slot is 0 to 3, not 4.'],
    [['--seed', '0'.repeat(64), '--time', '9', '--epoch', '45'], 'multiple of 30'],
    [['--seed', '0'.repeat(64), '--time', '9', '--prefix', '62'], 'belongs to unionpay'],
    [['--sed', '0'], "Unknown option '--sed'"],
  ])('refuses %j', (args, reason) => {
    const done = run(...args);
    expect(done.code).toBe(2);
    expect(done.out).toBe('');
    expect(done.err).toContain(reason);
    expect(done.err).toContain('--seed HEX');
  });
});
