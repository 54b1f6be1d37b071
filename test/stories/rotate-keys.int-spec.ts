import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addWrappingKey } from '../../src/platform/config/key-ring.js';
import { keyRingToken } from '../../src/platform/config/key-ring.token.js';
import type { KeyRing } from '../../src/platform/config/key-ring.js';
import { resealSeeds } from '../../src/payment-codes/reseal-seeds.js';
import { rotateKeys } from '../../src/rotate-keys.js';
import { LogInStaff } from '../../src/staff/log-in-staff.js';
import { CreateStaffMember } from '../../src/staff/create-staff-member.js';
import { generateSync } from 'otplib';
import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());

const students = async (count: number): Promise<Student[]> => {
  const all: Student[] = [];
  for (let made = 0; made < count; made += 1) all.push(await given.student(10_000n));
  return all;
};

const pays = async ({ phone }: Student, slot = 0): Promise<unknown> => {
  const { body } = await till.sell(phone.codeOf(0, slot), 100);
  return body['reason'] ?? body['verdict'];
};

/** How many phones rest under which key. */
async function keysInUse(): Promise<Record<string, number>> {
  const { rows } = await service.owner.query<{ key: string; count: number }>(
    `select wrapping_key as key, count(*)::int as count from payment_codes.credential group by 1`,
  );
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
}

const rotate = async (): Promise<{ isDone: boolean; said: string }> => {
  const said: string[] = [];
  const isDone = await rotateKeys(service.config, (line) => said.push(line));
  return { isDone, said: said.join('\n') };
};

describe('rotating the wrapping key', () => {
  it('puts every seed under a new key while phones pay and move on', async () => {
    const payers = await students(6);
    await payers[0]?.phone.synchronise();
    expect(Object.keys(await keysInUse())).toEqual(['w-1']);
    const selling = Promise.all(payers.map((payer) => pays(payer)));
    const [{ isDone }, verdicts] = await Promise.all([rotate(), selling]);
    expect(isDone).toBe(true);
    expect(new Set(verdicts)).toEqual(new Set(['approved']));
    expect(Object.keys(await keysInUse())).toEqual(['w-2']);
    expect(await payers[1]?.phone.synchronise()).toMatchObject({ status: 200 });
    expect(Object.keys(await keysInUse())).toEqual(['w-2']);
    await service.passTime(60);
    for (const payer of payers) expect(await pays(payer)).toBe('approved');
  });

  it('lets a process that starts afterwards know all phones, and one that ran before all new ones', async () => {
    const beside = await startService({ beside: service });
    const [payer] = await students(1);
    if (payer === undefined) throw new Error('There is no student.');
    const answer = await fetch(`${beside.url}/health`);
    expect(answer.status).toBe(200);
    expect(await pays(payer)).toBe('approved');
    await beside.close();
  });

  it('goes on where it was interrupted, with the key that it began with', async () => {
    const before = Object.values(await keysInUse()).reduce((sum, count) => sum + count, 0);
    const keys = service.app.get<KeyRing>(keyRingToken);
    const held = await service.owner.connect();
    await held.query('begin');
    await held.query('select from payment_codes.credential order by id limit 3 for no key update');
    const interrupted = await rotate();
    expect([interrupted.isDone, /3 left/.test(interrupted.said)]).toEqual([false, true]);
    expect(await keysInUse()).toEqual({ 'w-2': 3, 'w-3': before - 3 });
    await held.query('rollback');
    held.release();
    expect(keys.currentWrappingKey).toBe('w-3');
    expect((await rotate()).isDone).toBe(true);
    expect(await keysInUse()).toEqual({ 'w-3': before });
    expect(await resealSeeds(service.database, keys)).toBe(0);
  });

  it('uses the key that was added ahead, so that every machine can have it first', async () => {
    expect(addWrappingKey(service.config.keysFile)).toBe('w-4');
    const [payer] = await students(1);
    expect(Object.keys(await keysInUse()).sort()).toEqual(['w-3']);
    expect((await rotate()).isDone).toBe(true);
    expect(Object.keys(await keysInUse())).toEqual(['w-4']);
    expect(payer && (await pays(payer))).toBe('approved');
  });

  it('keeps the one-time passwords of the staff', async () => {
    const name = 'office';
    const password = 'seven lamps in a row';
    const { totpSecret } = await service.inTransaction((tx) =>
      service.get(CreateStaffMember).create(tx, {
        name,
        displayName: name,
        roles: ['auditor'],
        password,
        createdBy: null,
      }),
    );
    expect((await rotate()).isDone).toBe(true);
    const { rows } = await service.owner.query('select distinct totp_key from staff.member');
    expect(rows).toEqual([{ totp_key: 'w-5' }]);
    await service.setTime(noon);
    const totp = generateSync({
      secret: totpSecret,
      epoch: service.clock.unixSeconds(),
      crypto: new NodeCryptoPlugin(),
    });
    expect(await service.get(LogInStaff).logIn({ name, password, totp })).toMatchObject({
      outcome: 'logged-in',
    });
  });
});

describe('a service whose keys file lacks a key that rows are sealed under', () => {
  it('does not start, and says which key is missing', async () => {
    const { keysFile } = service.config;
    const file = JSON.parse(readFileSync(keysFile, 'utf8')) as {
      wrappingKeys: Record<string, string>;
      currentWrappingKey: string;
    };
    const poorer = path.join(path.dirname(keysFile), 'poorer.json');
    copyFileSync(keysFile, poorer);
    const { 'w-1': first = '' } = file.wrappingKeys;
    writeFileSync(
      poorer,
      JSON.stringify({ ...file, wrappingKeys: { 'w-1': first }, currentWrappingKey: 'w-1' }),
    );
    await expect(startService({ beside: service, env: { KEYS_FILE: poorer } })).rejects.toThrow(
      'lacks w-5',
    );
  });
});
