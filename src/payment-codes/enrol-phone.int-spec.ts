import { parseCode } from '@campus-paycode/paycode';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Given } from '../../test/support/given.js';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { noon, startService, type TestService } from '../../test/support/service.js';
import { newPhoneKeys, TestPhone } from '../../test/support/test-phone.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';
import { IssueEnrolmentLink } from '../cardholders/issue-enrolment-link.js';
import { keyRingToken } from '../platform/config/key-ring.token.js';
import { FollowEvents } from '../platform/events/follow-events.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { EnrolPhone, type EnrolledPhone, type PhoneEnrolment } from './enrol-phone.js';
import { ResolveCode } from './resolve-code.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  office = await givenColleague(service, 'office', ['administrator']);
});
afterAll(() => service.close());

const linkFor = async (cardholder: bigint): Promise<string> =>
  (await service.get(IssueEnrolmentLink).issue(cardholder)).token;

async function enrolment(cardholder: bigint): Promise<PhoneEnrolment> {
  const { publicKey } = generateKeyPairSync('x25519');
  return {
    linkToken: await linkFor(cardholder),
    devicePublicKey: Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url'),
    deviceRandom: randomBytes(32),
    deviceName: 'a test',
  };
}

describe('enrolling a phone', () => {
  it('spends the link: a second phone gets nothing by it', async () => {
    const { cardholder } = await given.student(0n);
    const phone = await enrolment(cardholder);
    const { linkToken } = phone;
    await service.get(EnrolPhone).enrol(phone);
    const other = { ...(await enrolment(cardholder)), linkToken };
    for (const each of [other, { ...phone, deviceRandom: other.deviceRandom }])
      await expect(service.get(EnrolPhone).enrol(each)).rejects.toMatchObject({
        code: 'link_used',
      });
  });

  it('of two phones that race for one link binds one', async () => {
    const { cardholder } = await given.student(0n);
    const phone = await enrolment(cardholder);
    const other = { ...(await enrolment(cardholder)), linkToken: phone.linkToken };
    const results = await Promise.allSettled([
      service.get(EnrolPhone).enrol(phone),
      service.get(EnrolPhone).enrol(other),
    ]);
    expect(new Set(results.map(({ status }) => status))).toEqual(
      new Set(['fulfilled', 'rejected']),
    );
  });

  it('of two phones with a link each leaves the card with one', async () => {
    const { cardholder, card } = await given.student(0n);
    const phones = [await enrolment(cardholder), await enrolment(cardholder)];
    await Promise.all(phones.map((phone) => service.get(EnrolPhone).enrol(phone)));
    const { rows } = await service.owner.query(
      `select from payment_codes.credential where card = $1 and status = 'active'`,
      [card.toString()],
    );
    expect(rows).toHaveLength(1);
  });

  it('refuses a key that gives the secret away, and leaves the link good', async () => {
    const { cardholder } = await given.student(0n);
    const phone = await enrolment(cardholder);
    for (const key of [Buffer.alloc(32), Buffer.alloc(32, 1).fill(0, 1)])
      await expect(
        service.get(EnrolPhone).enrol({ ...phone, devicePublicKey: key }),
      ).rejects.toMatchObject({ code: 'device_key_invalid' });
    await expect(service.get(EnrolPhone).enrol(phone)).resolves.toBeDefined();
  });

  it('keeps the seed sealed: the same card in two rows shares no byte of it', async () => {
    const { cardholder, card } = await given.student(0n);
    await service.get(EnrolPhone).enrol(await enrolment(cardholder));
    const { rows } = await service.owner.query<{ sealed_seed: Buffer; wrapping_key: string }>(
      'select sealed_seed, wrapping_key from payment_codes.credential where card = $1',
      [card.toString()],
    );
    expect(rows.map((row) => [row.wrapping_key, row.sealed_seed.length])).toEqual([
      ['w-1', 60],
      ['w-1', 60],
    ]);
    expect(rows[0]?.sealed_seed.equals(rows[1]?.sealed_seed ?? Buffer.alloc(0))).toBe(false);
  });

  it('that commits after a younger one is found by its first code', async () => {
    const slow = await given.student(1_000n);
    const lock = await service.owner.connect();
    await lock.query('begin');
    await lock.query('select cards.lock(array[$1::bigint])', [slow.card.toString()]);
    const token = await linkFor(slow.cardholder);
    const enrolling = TestPhone.enrol(service, token);
    for (let isWaiting = false; !isWaiting;) {
      const { rows } = await service.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      isWaiting = rows.length > 0;
    }
    const quick = await given.student(1_000n);
    expect((await till.sell(quick.phone.next(), 100)).body['verdict']).toBe('approved');
    await lock.query('commit');
    lock.release();
    const phone = await enrolling;
    expect((await till.sell(phone.next(), 100)).body['verdict']).toBe('approved');
  });
});

describe('an enrolment whose answer was lost', () => {
  const same = ({ serverRandom, servicePublicKey, credential, signature }: EnrolledPhone) =>
    [serverRandom, servicePublicKey, signature]
      .map((bytes) => bytes.toString('hex'))
      .concat(credential.toString());

  it('is answered again to the same key, and the phone pays', async () => {
    const { cardholder, card } = await given.student(1_000n);
    const token = await linkFor(cardholder);
    const keys = newPhoneKeys();
    const lost = await TestPhone.enrol(service, token, keys);
    const phone = await TestPhone.enrol(service, token, keys);
    expect(phone.credential).toBe(lost.credential);
    expect((await till.sell(phone.next(), 100)).body['verdict']).toBe('approved');
    const { rows } = await service.owner.query(
      'select from payment_codes.credential where card = $1',
      [card.toString()],
    );
    expect(rows).toHaveLength(2);
    expect((await lost.synchronise()).code).toBe('unauthenticated');
    expect((await phone.synchronise()).status).toBe(200);
  });

  it('of two that race gives both the same', async () => {
    const { cardholder } = await given.student(0n);
    const phone = await enrolment(cardholder);
    const [one, two] = await Promise.all([
      service.get(EnrolPhone).enrol(phone),
      service.get(EnrolPhone).enrol(phone),
    ]);
    expect(same(one)).toEqual(same(two));
  });

  it('is not answered after the phone was heard of, nor after the time of the link', async () => {
    const { cardholder } = await given.student(1_000n);
    const token = await linkFor(cardholder);
    const keys = newPhoneKeys();
    const phone = await TestPhone.enrol(service, token, keys);
    await phone.synchronise();
    await expect(TestPhone.enrol(service, token, keys)).rejects.toThrow('link_used');
    const paidToken = await linkFor(cardholder);
    const paidKeys = newPhoneKeys();
    const paid = await TestPhone.enrol(service, paidToken, paidKeys);
    expect((await till.sell(paid.next(), 100)).body['verdict']).toBe('approved');
    await expect(TestPhone.enrol(service, paidToken, paidKeys)).rejects.toThrow('link_used');
    const second = await enrolment(cardholder);
    await service.get(EnrolPhone).enrol(second);
    await service.passTime(11 * 60);
    await expect(service.get(EnrolPhone).enrol(second)).rejects.toMatchObject({
      code: 'link_used',
    });
    await service.setTime(noon);
  });
});

describe('a group that may have two phones', () => {
  const setMost = async (phonesMax: number): Promise<void> => {
    const { status, body } = await office.put('phone-policies', { group: 'student', phonesMax });
    expect(status).toBe(200);
    expect(body['policies']).toContainEqual({ group: 'student', phonesMax });
  };

  it('pays with both; a third ends the one that was silent longest, codes and sign-in', async () => {
    await setMost(2);
    const { cardholder, phone: first, bindAnotherPhone } = await given.student(1_000n);
    const second = await bindAnotherPhone();
    for (const phone of [first, second])
      expect((await till.sell(phone.next(), 100)).body['verdict']).toBe('approved');
    await service.passTime(60);
    expect((await first.synchronise()).status).toBe(200);
    const third = await TestPhone.enrol(service, await linkFor(cardholder));
    const reasons = [];
    for (const phone of [first, second, third])
      reasons.push((await till.sell(phone.next(), 100)).body['reason']);
    expect(reasons).toEqual([null, 'credential_closed', null]);
    expect((await second.synchronise()).code).toBe('unauthenticated');
    expect((await first.synchronise()).status).toBe(200);
    await setMost(1);
    await service.setTime(noon);
  });
});

const newResolver = (keys: KeyRing): ResolveCode =>
  new ResolveCode(service.get(DataSource), service.clock, keys, service.get(FollowEvents));

describe('a phone that was closed', () => {
  it('is known to a service that starts, until it could make no codes anyway', async () => {
    const { phone, bindAnotherPhone } = await given.student(0n);
    await bindAnotherPhone();
    const keys = service.app.get<KeyRing>(keyRingToken);
    const resolve = async (): Promise<bigint | undefined> => {
      const started = newResolver(keys);
      await started.onApplicationBootstrap();
      const code = parseCode(phone.codeOf(0));
      if (!code.ok) throw new Error('The code is none.');
      const found = await started.resolve(code);
      await started.onApplicationShutdown();
      return found?.credential;
    };
    expect(await resolve()).toBe(phone.credential);
    await service.passTime(14 * 86_400 + 1);
    expect(await resolve()).toBeUndefined();
    await service.setTime(noon);
  });
});

describe('a service that has not read its phones yet', () => {
  it('asks to be asked again, and decides nothing', async () => {
    const keys = service.app.get<KeyRing>(keyRingToken);
    const unread = newResolver(keys);
    const code = parseCode((await given.student(0n)).phone.next());
    if (!code.ok) throw new Error('The code is none.');
    await expect(unread.resolve(code)).rejects.toMatchObject({
      code: 'index_loading',
      problem: { retryable: true },
    });
  });
});
