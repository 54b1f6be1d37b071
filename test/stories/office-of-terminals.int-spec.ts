/** The office knows every terminal: where it stands, by which keys it signs, and whether its count of sales can be right. */
import { TerminalClient, type Transport, httpTransport } from '@campus-paycode/terminal-client';
import { newKeyProof, toBase64Url, type NewKey } from '@campus-paycode/terminal-protocol';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entered, Given } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import { newTerminalKey, TestTerminal, type Answer } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let office: Colleague;
let folder: string;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'keeper', ['administrator']);
  folder = mkdtempSync(path.join(os.tmpdir(), 'campus-terminal-'));
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const told = ({ status, body }: Answer): unknown[] => [status, body.code];
const beat = { softwareVersion: '2.1', queuedReversals: 0 };

type Change = { readonly next: TestTerminal; readonly body: Record<string, unknown> };

/** The request that brings a new key, and the terminal under it. */
function newKeyOf(till: TestTerminal, wrong: Partial<NewKey> = {}): Change {
  const key = newTerminalKey();
  const publicKey = toBase64Url(key.publicKey);
  const { algorithm } = key;
  const proof = newKeyProof({
    serviceName: service.config.SERVICE_NAME,
    terminalId: till.id.toString(),
    keyId: till.keyId,
    algorithm,
    publicKey,
    ...wrong,
  });
  const next = new TestTerminal(service, till.id, till.code, key);
  return { next, body: { algorithm, publicKey, proof: toBase64Url(key.sign(proof)) } };
}

async function rotate(till: TestTerminal, { next, body }: Change): Promise<Answer> {
  const answer = await till.send('POST', '/v1/terminal-keys', body);
  if (answer.status === 200) next.keyId = String(answer.body['keyId']);
  return answer;
}

const settings = async (till: TestTerminal): Promise<number> =>
  (await till.send('GET', '/v1/terminal-settings')).status;

describe('a new key', () => {
  it('is valid beside the old one until the terminal has shown that it works with it', async () => {
    const till = await given.canteen();
    const change = newKeyOf(till);
    const answer = await rotate(till, change);
    expect([answer.status, answer.signed]).toEqual([200, 'bound']);
    expect(answer.body).toEqual({ keyId: `t-${till.id}.2` });
    expect([await settings(till), await settings(change.next)]).toEqual([200, 200]);

    const again = await rotate(till, change);
    expect(again.body).toEqual(answer.body);

    expect((await change.next.send('POST', '/v1/terminal-heartbeats', beat)).status).toBe(200);
    expect(told(await till.send('GET', '/v1/terminal-settings'))).toEqual([
      403,
      'terminal_revoked',
    ]);
    expect(await settings(change.next)).toBe(200);
  });

  it('takes the place of one that was brought before and never worked with', async () => {
    const till = await given.canteen();
    const lost = newKeyOf(till);
    await rotate(till, lost);
    const found = newKeyOf(till);
    expect((await rotate(till, found)).body).toEqual({ keyId: `t-${till.id}.3` });
    expect([await settings(till), await settings(lost.next), await settings(found.next)]).toEqual([
      200, 403, 200,
    ]);
  });

  it.each([
    ['of another campus', { serviceName: 'pay.another.example' }],
    ['of another terminal', { terminalId: '999' }],
    ['beside another key', { keyId: 't-999.1' }],
    ['of another algorithm', { algorithm: 'ecdsa-p256-sha256' as const }],
  ])('with the proof %s is refused and changes nothing', async (_, wrong) => {
    const till = await given.canteen();
    const change = newKeyOf(till, wrong);
    expect(told(await rotate(till, change))).toEqual([422, 'key_proof_invalid']);
    change.next.keyId = `t-${till.id}.2`;
    expect(await settings(change.next)).toBe(401);
  });

  it('that is no key, or another terminal’s, is refused', async () => {
    const till = await given.canteen();
    const other = await given.canteen();
    const change = newKeyOf(till);
    const short = { ...change.body, publicKey: toBase64Url(new Uint8Array(31)) };
    expect(told(await till.send('POST', '/v1/terminal-keys', short))).toEqual([
      422,
      'public_key_invalid',
    ]);
    await rotate(till, change);
    const { publicKey, algorithm } = change.body as { publicKey: string; algorithm: 'ed25519' };
    const claim = newKeyProof({
      serviceName: service.config.SERVICE_NAME,
      terminalId: other.id.toString(),
      keyId: other.keyId,
      algorithm,
      publicKey,
    });
    const stolen = { algorithm, publicKey, proof: toBase64Url(change.next.key.sign(claim)) };
    expect(told(await other.send('POST', '/v1/terminal-keys', stolen))).toEqual([
      422,
      'public_key_invalid',
    ]);
  });

  it('is brought by the client library, which survives a lost answer and its own end', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    let lose = 0;
    const line = httpTransport(service.url);
    const transport: Transport = async (request, signal) => {
      const answer = await line(request, signal);
      if (lose-- > 0) throw new Error('the line broke');
      return answer;
    };
    const stateDir = path.join(folder, terminal.code);
    const options = { baseUrl: service.url, transport, stateDir };
    const client = await TerminalClient.enrol({
      ...options,
      serviceName: service.config.SERVICE_NAME,
      enrolmentCode: await given.enrolmentCode(terminal),
      model: 'test',
      softwareVersion: '1',
    });
    lose = 1;
    await expect(client.rotateKey()).rejects.toThrow('the line broke');
    await client.close();

    const reopened = await TerminalClient.open(options);
    expect(await reopened.rotateKey()).toBe(`t-${terminal.id}.2`);
    await reopened.heartbeat('1');
    expect((await reopened.fetchSettings()).code).toBe(terminal.code);
    await reopened.close();
    const kept = JSON.parse(readFileSync(path.join(stateDir, 'terminal.json'), 'utf8')) as object;
    expect(kept).toMatchObject({ keyId: `t-${terminal.id}.2`, nextKey: null });
    const third = await TerminalClient.open(options);
    await third.heartbeat('1');
    await third.close();
  });
});

describe('the list of terminals', () => {
  it('names place, model, version, keys and when each was last heard of', async () => {
    const merchant = await office.post('merchants', { name: { zh: '商户', en: 'Merchant' } });
    const place = await office.post('places', {
      merchantId: merchant.body['id'],
      name: { zh: '水房', en: 'Hot water' },
      kind: 'dorm',
      tariff: { type: 'metered', amount: 500, unit: 'liter', unitPrice: 3, holdSeconds: 900 },
    });
    expect([merchant.status, place.status]).toEqual([201, 201]);
    const name = { nameZh: '淋浴', nameEn: 'Shower' };
    const made = await office.post('terminals', {
      code: 'W9',
      placeId: place.body['id'],
      ...name,
    });
    const till = new TestTerminal(service, BigInt(String(made.body['id'])), 'W9', newTerminalKey());
    const code = await office.post(`terminals/${till.id}/enrolment-codes`);
    expect((await till.enrol(String(code.body['enrolmentCode']))).status).toBe(201);
    await till.send('POST', '/v1/terminal-heartbeats', beat);
    const listed = (await office.get('terminals')).body as unknown as { id: string }[];
    expect(listed.find(({ id }) => id === till.id.toString())).toMatchObject({
      code: 'W9',
      placeId: place.body['id'],
      status: 'active',
      model: 'test',
      softwareVersion: '2.1',
      lastSeenAt: expect.any(String),
      keys: [{ keyId: `t-${till.id}.1`, status: 'active', retiredAt: null }],
    });
    const models = (await office.get('terminal-models')).body as unknown as object[];
    expect(models).toContainEqual({
      model: 'test',
      softwareVersion: '2.1',
      terminals: 2,
      heard: 2,
    });
    const merchants = (await office.get('merchants')).body as unknown as object[];
    expect(merchants).toContainEqual(
      expect.objectContaining({ id: merchant.body['id'], places: 1, hasBankAccount: false }),
    );
  });

  it('takes no place of nobody, no terminal nowhere, and no tariff that is half of one', async () => {
    const named = { name: { zh: '某', en: 'Some' }, kind: 'canteen' };
    const entered = { type: 'entered', amount: 5_000 };
    const nobody = await office.post('places', { merchantId: '999', ...named, tariff: entered });
    expect(nobody.body.code).toBe('merchant_not_found');
    const terminal = { code: 'W8', placeId: '999', nameZh: '无', nameEn: 'None' };
    expect((await office.post('terminals', terminal)).body.code).toBe('place_not_found');
    for (const tariff of [
      { type: 'metered', amount: 5_000, unit: 'liter' },
      { ...entered, unitPrice: 3 },
    ]) {
      const half = await office.post('places', { merchantId: '1', ...named, tariff });
      expect(half.body.code).toBe('malformed_request');
    }
  });
});

describe('the count of a terminal', () => {
  it('that leaves numbers out or goes back is told to the office, and no sale is refused for it', async () => {
    const till = await given.canteen();
    const student = await given.student(100_000n);
    const sell = async (
      sequence: number,
      slot: number,
      occurredAt?: string,
    ): Promise<Record<string, unknown>> => {
      const changes = { sequence, ...(occurredAt === undefined ? {} : { occurredAt }) };
      const sale = till.draft(student.phone.codeOf(0, slot), 100, changes);
      const answer = await till.post(sale);
      expect(answer.body['verdict']).toBe('approved');
      const { paymentId, orderNumber } = answer.body;
      return { paymentId, orderNumber };
    };
    const report = async (): Promise<unknown> => {
      await service.passTime(120);
      await service.runJob('watch-sequences');
      const all = (await office.get('terminal-sequences')).body as unknown as {
        terminalId: string;
      }[];
      return all.find(({ terminalId }) => terminalId === till.id.toString());
    };
    const early = service.clock.now().toISOString();
    await service.passTime(5);
    await sell(1, 0);
    await sell(2, 1);
    await sell(5, 2);
    expect(await report()).toMatchObject({ lastSequence: '5', missing: 2, breaks: [] });

    await sell(3, 0, early);
    expect(await report()).toMatchObject({ lastSequence: '5', missing: 1, breaks: [] });

    const back = await sell(2, 0);
    await sell(3, 1);
    const breaks = [{ ...back, sequence: 2, expected: 6, decidedAt: expect.any(String) }];
    expect(await report()).toMatchObject({ lastSequence: '3', missing: 1, breaks });
    expect(await report()).toMatchObject({ lastSequence: '3', missing: 1, breaks });
  });
});
