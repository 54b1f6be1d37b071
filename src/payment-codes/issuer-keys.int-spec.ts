import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { keepIssuerKeys } from '../keep-issuer-keys.js';
import { rotateKeys } from '../rotate-keys.js';
import { Given } from '../../test/support/given.js';
import { noon, startService, type TestService } from '../../test/support/service.js';
import type { TestPhone } from '../../test/support/test-phone.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
beforeEach(() => service.setTime(noon));
afterAll(() => service.close());

const hourSeconds = 3600;

async function office(action?: string, id?: string): Promise<{ isDone: boolean; said: string }> {
  const said: string[] = [];
  const isDone = await keepIssuerKeys(service.config, { action, id }, (line) => said.push(line));
  return { isDone, said: said.join('\n') };
}

async function warnings(): Promise<number> {
  const { rows } = await service.owner.query<{ count: number }>(
    `select count(*)::int as count from payment_codes.alarm where kind = 'issuer_key_ends'`,
  );
  return rows[0]?.count ?? 0;
}

const newPhone = async (): Promise<TestPhone> => (await given.student(10_000n)).phone;

const keysOf = (phone: TestPhone): number[] =>
  phone.deviceKeys.certificates.map(({ issuerKeyId }) => issuerKeyId);

describe('keys of the issuer', () => {
  it('begin with one in a demo, whichever process comes first', async () => {
    const beside = await startService({ beside: service });
    await beside.close();
    expect((await office()).said).toMatch(/^1 {2}[\w-]{43} {2}signs what lies from .*$/);
    const phone = await newPhone();
    await phone.prepareOffline();
    expect(keysOf(phone)).toEqual([1, 1, 1, 1]);
  });

  it('are followed by the next one, which is told three days before it signs', async () => {
    expect(await office('add')).toMatchObject({ isDone: true });
    const phone = await newPhone();
    const right = await phone.prepareOffline();
    expect(right.issuerKeys.map(({ keyId }) => keyId)).toEqual([1, 2]);
    expect(keysOf(phone)).toEqual([1, 1, 1, 1]);
    // A window that the new key lies in as a whole.
    await service.passTime(19 * hourSeconds);
    await phone.prepareOffline();
    expect(keysOf(phone)).toEqual([1, 1, 1, 1]);
    await service.passTime(36 * hourSeconds);
    await phone.prepareOffline();
    expect(keysOf(phone)).toEqual([1, 1, 2, 2]);
  });

  it('warn of the end of the last one a month, a week and a day before, each once', async () => {
    const { rows } = await service.owner.query<{ ends: Date }>(
      'select max(not_after) as ends from payment_codes.issuer_key',
    );
    const ends = rows[0]?.ends.getTime() ?? 0;
    const warned: number[] = [];
    for (const days of [31, 30, 29, 7, 6.5, 0.9, 0.5]) {
      await service.setTime(new Date(ends - days * 24 * hourSeconds * 1_000).toISOString());
      const before = await warnings();
      await service.runJob('warn-of-issuer-keys');
      if ((await warnings()) > before) warned.push(days);
    }
    expect(warned).toEqual([30, 7, 0.9]);
  });

  it('rest sealed, and move under a new wrapping key with all that is sealed', async () => {
    const asleep = await service.owner.query<{ wrapping_key: string }>(
      'select distinct wrapping_key from payment_codes.issuer_key',
    );
    expect(asleep.rows).toEqual([{ wrapping_key: 'w-1' }]);
    expect(await rotateKeys(service.config, () => undefined)).toBe(true);
    const { rows } = await service.owner.query<{ wrapping_key: string }>(
      'select distinct wrapping_key from payment_codes.issuer_key',
    );
    expect(rows).toEqual([{ wrapping_key: 'w-2' }]);
    const phone = await newPhone();
    await phone.prepareOffline();
    expect(keysOf(phone)).toHaveLength(4);
  });

  it('sign nothing new when retired, and leave what they signed good', async () => {
    await service.passTime(80 * hourSeconds);
    const phone = await newPhone();
    await phone.prepareOffline();
    expect(keysOf(phone)).toEqual([2, 2, 2, 2]);
    expect(await office('retire', '2')).toMatchObject({ isDone: true });
    expect((await phone.synchronise()).offline).toMatchObject({ keysDue: 0 });
    const other = await newPhone();
    const right = await other.prepareOffline();
    expect(keysOf(other)).toEqual([1, 1, 1, 1]);
    expect(right.issuerKeys.map(({ keyId }) => keyId)).toEqual([1, 2]);
  });

  it('take all that they signed along when withdrawn, and phones get other certificates', async () => {
    const phone = await newPhone();
    await phone.prepareOffline();
    expect(keysOf(phone)).toEqual([1, 1, 1, 1]);
    await office('add');
    expect(await office('withdraw', '1')).toMatchObject({ isDone: true });
    const right = await phone.prepareOffline();
    expect(right.issuerKeys.map(({ keyId }) => keyId)).toEqual([2, 3]);
    expect(right.certificates).toEqual([]);
    // The new one has been told for long enough.
    await service.passTime(73 * hourSeconds);
    await phone.prepareOffline();
    expect(keysOf(phone)).toEqual([3, 3, 3, 3]);
  });

  it('may all be withdrawn: then nothing is sold without a network', async () => {
    for (const id of ['2', '3']) await office('withdraw', id);
    const phone = await newPhone();
    expect((await phone.synchronise()).offline).toBeNull();
    expect(await till.send('GET', '/v1/hotlists/0')).toMatchObject({
      status: 404,
      body: { code: 'offline_not_offered' },
    });
  });

  it('are named as they are: what there is not is not ended', async () => {
    expect(await office('retire', '9')).toMatchObject({ isDone: false });
    expect(await office('retire')).toMatchObject({ isDone: false });
    expect((await office('list')).said).toMatch(/withdrawn/);
  });
});
