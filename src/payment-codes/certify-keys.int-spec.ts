import {
  applyHotlist,
  EMPTY_HOTLIST,
  isHotlisted,
  issuerKeySet,
  parseScan,
  refuseSignedQr,
  type Hotlist,
  type IssuerTrust,
} from '@campus-paycode/paycode';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfflineRight } from '../../test/support/device-keys.js';
import { brokenProofs, Given, type Student } from '../../test/support/given.js';
import { noon, startService, type TestService } from '../../test/support/service.js';
import type { TestPhone } from '../../test/support/test-phone.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';
import { FreezeCard } from '../cards/freeze-card.js';
import { FindPlaces } from '../places/find-places.js';
import { verifyEd25519 } from './domain/ed25519.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let student: Student;
let phone: TestPhone;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
beforeEach(async () => {
  await service.setTime(noon);
  student = await given.student(10_000n);
  ({ phone } = student);
});
afterAll(() => service.close());

const hourSeconds = 3600;

const trustIn = ({ scheme, issuerKeys }: OfflineRight): IssuerTrust => ({
  scheme,
  issuerKeys: issuerKeySet(
    issuerKeys.map((key) => ({
      id: key.keyId,
      publicKey: Buffer.from(key.publicKey, 'base64url'),
      notBefore: Date.parse(key.notBefore) / 1000,
      notAfter: Date.parse(key.notAfter) / 1000,
    })),
  ),
});

/** What a terminal that trusts the campus says to a scan: nothing, if it is genuine. */
function refusalOf(digits: string, right: OfflineRight): unknown {
  const scan = parseScan(digits);
  if (!scan.ok || scan.form !== 'signed') return scan;
  return refuseSignedQr(scan, trustIn(right), verifyEd25519);
}

async function hotlistOf(right: OfflineRight, from: Hotlist = EMPTY_HOTLIST): Promise<Hotlist> {
  const { body } = await till.send('GET', `/v1/hotlists/${from.number}`);
  if (body['update'] === null) return from;
  const bytes = Buffer.from(body['update'] as string, 'base64url');
  const answer = applyHotlist(from, bytes, trustIn(right), verifyEd25519);
  if (!answer.ok) throw new Error(answer.refusal);
  expect(answer.hotlist.number).toBe(body['number']);
  return answer.hotlist;
}

const listed = (hotlist: Hotlist, of: TestPhone): boolean[] =>
  of.deviceKeys.certificates.map(({ reference }) => isHotlisted(hotlist, reference));

async function held(): Promise<number> {
  const { rows } = await service.owner.query<{ held: string }>(
    `select a.held from ledger.account a where a.owner = $1 and a.kind = 'cash'`,
    [student.card.toString()],
  );
  return Number(rows[0]?.held);
}

async function shown(): Promise<Record<string, unknown>> {
  const response = await fetch(`${service.url}/v1/me/card`, {
    headers: { authorization: `Bearer ${phone.signInToken}` },
  });
  const card = (await response.json()) as Record<string, unknown>;
  return { balance: card['balance'], available: card['available'], allowance: card['allowance'] };
}

describe('keys that a phone proves', () => {
  it('are certified for four windows that follow one another, and sign what a terminal takes', async () => {
    const right = await phone.prepareOffline();
    const { certificates } = phone.deviceKeys;
    expect(right.certificates).toHaveLength(4);
    expect(certificates).toHaveLength(4);
    certificates.slice(1).forEach(({ notBefore }, index) => {
      expect(notBefore).toBe(certificates[index]?.notAfter);
    });
    expect(refusalOf(phone.signedQr(), right)).toBeUndefined();
    await service.passTime(60 * hourSeconds);
    expect(refusalOf(phone.signedQr(), right)).toBeUndefined();
    expect(await brokenProofs(service)).toEqual([]);
  });

  it('are certified one for each window that has passed, and none while none has', async () => {
    await phone.prepareOffline();
    expect((await phone.synchronise()).offline).toMatchObject({ keysDue: 0 });
    await service.passTime(19 * hourSeconds);
    const { offline } = await phone.synchronise();
    expect(offline).toMatchObject({ keysDue: 1 });
    expect(offline?.certificates).toHaveLength(3);
  });

  it('are certified once for each challenge: who asks again gets the same certificates', async () => {
    const { offline } = await phone.synchronise();
    const { challenge = '', keysDue = 0 } = offline ?? {};
    const keys = phone.deviceKeys.prove(challenge, keysDue);
    const first = await phone.bring(challenge, keys);
    const again = await phone.bring(challenge, keys);
    const others = await phone.bring(challenge, phone.deviceKeys.prove(challenge, 4));
    expect(first.offline?.certificates).toHaveLength(4);
    expect(again.offline?.certificates).toEqual(first.offline?.certificates);
    expect(others.offline?.certificates).toEqual(first.offline?.certificates);
    // The next synchronisation brings them, too, to who never heard.
    expect((await phone.synchronise()).offline?.certificates).toEqual(first.offline?.certificates);
  });

  it('are refused when they prove another challenge, another key, or were certified before', async () => {
    const { offline } = await phone.synchronise();
    const challenge = offline?.challenge ?? '';
    const other = await given.student(0n);
    const foreign = (await other.phone.synchronise()).offline?.challenge ?? '';
    const [one, two] = phone.deviceKeys.prove(challenge, 2);
    const [elsewhere] = phone.deviceKeys.prove(foreign, 1);
    if (one === undefined || two === undefined || elsewhere === undefined) throw new Error();
    const unproven = { status: 422, code: 'device_key_unproven' };
    expect(await phone.bring(challenge, [elsewhere])).toMatchObject(unproven);
    expect(await phone.bring(challenge, [{ ...one, proof: two.proof }])).toMatchObject(unproven);
    expect(await phone.bring(challenge, [one, one])).toMatchObject(unproven);
    // The point of order one, under which anything is signed.
    const weak = Buffer.alloc(32);
    weak[0] = 1;
    const anybodys = { deviceKey: weak.toString('base64url'), proof: one.proof };
    expect(await phone.bring(challenge, [anybodys])).toMatchObject(unproven);
    expect(await phone.bring(foreign, [elsewhere])).toMatchObject({
      status: 409,
      code: 'challenge_unknown',
    });
    expect((await phone.bring(challenge, [one, two])).offline?.certificates).toHaveLength(2);
    await service.passTime(19 * hourSeconds);
    const next = (await phone.synchronise()).offline?.challenge ?? '';
    expect(await phone.bring(next, [one])).toMatchObject(unproven);
  });

  it('are not certified for a phone that is bound no more, nor for a card that is frozen', async () => {
    const { offline } = await phone.synchronise();
    const challenge = offline?.challenge ?? '';
    await service.get(FreezeCard).freeze(student.card, { kind: 'cardholder', id: 1n });
    expect(await phone.bring(challenge, phone.deviceKeys.prove(challenge, 4))).toMatchObject({
      status: 200,
      offline: null,
    });
    await service.get(FreezeCard).unfreeze(student.card, { kind: 'cardholder', id: 1n });
    const before = phone;
    await student.bindAnotherPhone();
    expect(await before.bring(challenge, [])).toMatchObject({ status: 401 });
  });

  it('are no more than twelve in a day for one card, whatever its owner does', async () => {
    for (const count of [4, 4, 4, 0]) {
      const right = await phone.prepareOffline();
      expect(right.certificates).toHaveLength(count);
      await service.get(FreezeCard).freeze(student.card, { kind: 'cardholder', id: 1n });
      await service.get(FreezeCard).unfreeze(student.card, { kind: 'cardholder', id: 1n });
    }
    await service.passTime(24 * hourSeconds);
    expect((await phone.prepareOffline()).certificates).toHaveLength(4);
  });
});

describe('the list of certificates that are no longer good', () => {
  it('names those of a card that was frozen, lost, or had its phone changed, and no others', async () => {
    const right = await phone.prepareOffline();
    const others = [
      await given.student(5_000n),
      await given.student(5_000n),
      await given.student(5_000n),
    ];
    for (const each of others) await each.phone.prepareOffline();
    const [frozen, lost, changed] = others;
    if (frozen === undefined || lost === undefined || changed === undefined) throw new Error();
    const office = { kind: 'staff', id: 1n } as const;
    await service.get(FreezeCard).freeze(frozen.card, office);
    await service.get(FreezeCard).reportLoss(lost.card, office);
    await changed.bindAnotherPhone();
    const hotlist = await hotlistOf(right);
    for (const each of others)
      expect(listed(hotlist, each.phone)).toEqual([true, true, true, true]);
    expect(listed(hotlist, phone)).toEqual([false, false, false, false]);
    await service.get(FreezeCard).unfreeze(frozen.card, office);
    expect(listed(await hotlistOf(right, hotlist), frozen.phone)).toContain(true);
  });

  it('leads from one list to the next, and is told to be the newest when it is', async () => {
    const right = await phone.prepareOffline();
    const before = await hotlistOf(right);
    expect(await hotlistOf(right, before)).toBe(before);
    await service.get(FreezeCard).freeze(student.card, { kind: 'cardholder', id: 1n });
    const after = await hotlistOf(right, before);
    expect(listed(after, phone)).toEqual([true, true, true, true]);
    expect(after).toEqual(await hotlistOf(right));
    expect(after.references.length).toBe(before.references.length + 4);
  });

  it('is made anew when it has grown old, though it says the same', async () => {
    const right = await phone.prepareOffline();
    const before = await hotlistOf(right);
    await service.passTime(301);
    const after = await hotlistOf(right, before);
    expect(after.number).toBeGreaterThan(before.number);
    expect(after.madeAt).toBeGreaterThan(before.madeAt);
    expect(after.references).toEqual(before.references);
  });

  it('forgets a certificate when it has ended', async () => {
    const right = await phone.prepareOffline();
    await service.get(FreezeCard).freeze(student.card, { kind: 'cardholder', id: 1n });
    const before = await hotlistOf(right);
    await service.passTime(20 * hourSeconds);
    const after = await hotlistOf(right, before);
    expect(listed(after, phone)).toEqual([false, true, true, true]);
    expect(after).toEqual(await hotlistOf(right));
  });

  it('is for terminals alone', async () => {
    expect((await fetch(`${service.url}/v1/hotlists/0`)).status).toBe(400);
    expect(await till.send('GET', '/v1/hotlists/-1')).toMatchObject({ status: 400 });
  });
});

describe('the allowance', () => {
  it('is sixty yuan of a full purse, and stays money that the student sees and spends', async () => {
    const { allowance } = await phone.prepareOffline();
    expect(allowance?.amount).toBe(6_000);
    const ends = phone.deviceKeys.certificates.at(-1)?.notAfter ?? 0;
    expect(Date.parse(allowance?.endsAt ?? '')).toBe((ends + 72 * hourSeconds) * 1000);
    expect(await held()).toBe(6_000);
    expect(await shown()).toEqual({ balance: 10_000, available: 10_000, allowance: 6_000 });
  });

  it.each([
    [8_000n, 6_000],
    [7_900n, 5_900],
    [3_000n, 1_000],
    [2_999n, null],
    [0n, null],
  ])('leaves twenty yuan and is ten at least: of %d fen %d', async (cash, amount) => {
    student = await given.student(cash);
    ({ phone } = student);
    expect((await phone.prepareOffline()).allowance?.amount ?? null).toBe(amount);
    expect(await held()).toBe(amount ?? 0);
    expect(await brokenProofs(service)).toEqual([]);
  });

  it('is replaced and never added to when the phone synchronises', async () => {
    await phone.prepareOffline();
    await till.sell(phone.next(), 3_000);
    expect((await phone.synchronise()).offline?.allowance?.amount).toBe(5_000);
    await given.fund(student.card, 50_000n);
    await phone.synchronise();
    expect((await phone.synchronise()).offline?.allowance?.amount).toBe(6_000);
    expect(await held()).toBe(6_000);
    const { rows } = await service.owner.query(
      'select count(*)::int as count from ledger.hold where owner = $1',
      [student.card.toString()],
    );
    expect(rows).toEqual([{ count: 3 }]);
    expect(await brokenProofs(service)).toEqual([]);
  });

  it('ends by itself, three days after the last certificate', async () => {
    await phone.prepareOffline();
    await service.passTime(144 * hourSeconds - 120);
    await service.runJob('end-expired-allowances');
    expect(await held()).toBe(6_000);
    await service.passTime(120);
    await service.runJob('end-expired-allowances');
    expect(await held()).toBe(0);
    expect(await brokenProofs(service)).toEqual([]);
  });

  it('belongs to one phone where a card has several', async () => {
    await service.owner.query(
      `update payment_codes.phone_policy set phones_max = 2 where group_code = 'student'`,
    );
    const second = await student.bindAnotherPhone();
    expect((await phone.prepareOffline()).allowance?.amount).toBe(6_000);
    expect((await second.prepareOffline()).allowance?.amount).toBe(2_000);
    expect(await held()).toBe(8_000);
    expect(await brokenProofs(service)).toEqual([]);
    await service.owner.query(
      `update payment_codes.phone_policy set phones_max = 1 where group_code = 'student'`,
    );
  });

  it('goes back when the card is closed', async () => {
    await phone.prepareOffline();
    await service.database.query(
      `select cards.set_status($1, array['active'], 'closed', 'staff', 1)`,
      [student.card.toString()],
    );
    expect(await held()).toBe(0);
    expect(await brokenProofs(service)).toEqual([]);
  });
});

describe('terminals', () => {
  const offlineTermsOf = async (terminal: TestTerminal): Promise<unknown> =>
    (await terminal.send('GET', '/v1/terminal-settings')).body['offline'];

  it('are told by which terms they may sell without a network, where the place allows it', async () => {
    expect(await offlineTermsOf(till)).toMatchObject({
      scheme: 1,
      issuerKeys: [{ keyId: 1 }],
      classes: [0, 1, 2].map((each) => ({ class: each, perSale: 3_000, perCard: 6_000 })),
      perTerminal: { amount: 300_000, records: 200, hours: 24 },
    });
    // What a metered place takes is known only afterwards.
    expect(await offlineTermsOf(await given.dorm())).toBeNull();
    const gym = await given.gym();
    expect(await offlineTermsOf(gym)).not.toBeNull();
    await service.owner.query(
      'update places.place set offline = false where id = (select place from terminals.terminal where id = $1)',
      [gym.id.toString()],
    );
    await service.get(FindPlaces).all();
    expect(await offlineTermsOf(gym)).toBeNull();
  });

  it('hear in their heartbeats that the list says something new', async () => {
    const versionNow = async (): Promise<unknown> => {
      await service.runJob('make-hotlist');
      const beat = { softwareVersion: '1', queuedReversals: 0 };
      return (await till.send('POST', '/v1/terminal-heartbeats', beat)).body['settingsVersion'];
    };
    await phone.prepareOffline();
    const before = await versionNow();
    expect(await versionNow()).toBe(before);
    await service.get(FreezeCard).freeze(student.card, { kind: 'cardholder', id: 1n });
    expect(await versionNow()).not.toBe(before);
  });
});
