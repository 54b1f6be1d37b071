/** A terminal is stolen: the office takes it out of service, and from that commit on nobody serves it anywhere. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toBase64Url, newKeyProof } from '@campus-paycode/terminal-protocol';
import { FindTerminals } from '../../src/terminals/find-terminals.js';
import { brokenProofs, Given } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { Holding } from '../support/locks.js';
import { startService, type TestService } from '../support/service.js';
import { newTerminalKey, TestTerminal, type Answer } from '../support/test-terminal.js';

let service: TestService;
let stale: TestService;
let given: Given;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  // A second process that goes on believing what it has in memory: it is told of no change any more.
  stale = await startService({ beside: service });
  given = new Given(service);
  office = await givenColleague(service, 'keeper', ['administrator']);
});
afterAll(async () => {
  await stale.close();
  await service.close();
});

/** The same device, talking to another process. */
function at(process: TestService, { id, code, key, keyId }: TestTerminal): TestTerminal {
  const same = new TestTerminal(process, id, code, key);
  same.keyId = keyId;
  return same;
}

/** Lets the process know the terminal's keys, and nothing that happens to them afterwards. */
async function remember(process: TestService, { keyId }: TestTerminal): Promise<void> {
  const terminals = process.get(FindTerminals);
  expect(await terminals.byKey(keyId)).toBeDefined();
  terminals.onApplicationShutdown();
}

const told = ({ status, body }: Answer): unknown[] => [status, body.code];
const revoked = [403, 'terminal_revoked'];

const newKey = (terminal: TestTerminal): Record<string, unknown> => {
  const key = newTerminalKey();
  const publicKey = toBase64Url(key.publicKey);
  const { SERVICE_NAME: serviceName } = service.config;
  const { keyId, id } = terminal;
  const { algorithm } = key;
  const message = { serviceName, terminalId: id.toString(), keyId, algorithm, publicKey };
  return { algorithm, publicKey, proof: toBase64Url(key.sign(newKeyProof(message))) };
};

describe('a stolen terminal', () => {
  it('is refused by every route at every process from the commit of its revocation on', async () => {
    const shower = await given.dorm();
    const student = await given.student(5_000n);
    const held = await shower.sell(student.phone.codeOf(0));
    expect(held.body['state']).toBe('held');
    const orderNumber = String(held.body['orderNumber']);
    const sold = shower.draft(student.phone.codeOf(0, 2));
    expect((await shower.post(sold)).status).toBe(200);
    await remember(stale, shower);
    expect((await office.post(`terminals/${shower.id}/revocation`)).status).toBe(204);
    const balance = await student.balance();

    for (const process of [stale, service]) {
      const thief = at(process, shower);
      expect(told(await thief.sell(student.phone.codeOf(0, 1)))).toEqual(revoked);
      expect(told(await thief.sell('97185965475126865313'))).toEqual(revoked);
      expect(told(await thief.post(sold))).toEqual(revoked);
      expect(told(await thief.find(orderNumber))).toEqual(revoked);
      expect(told(await thief.capture(orderNumber, 500))).toEqual(revoked);
      expect(told(await thief.reverse(orderNumber))).toEqual(revoked);
      expect(told(await thief.reverse(thief.number()))).toEqual(revoked);
      for (const [method, target, body] of [
        ['GET', '/v1/terminal-settings', ''],
        ['POST', '/v1/terminal-heartbeats', { softwareVersion: '1', queuedReversals: 0 }],
        ['POST', '/v1/terminal-keys', newKey(thief)],
        ['POST', '/v1/shifts', shiftOf(thief)],
      ] as const)
        expect(told(await thief.send(method, target, body))).toEqual(revoked);
    }
    expect(await student.balance()).toBe(balance);
    expect(await brokenProofs(service)).toEqual([]);
  });

  it('uses up no signed code, also where nobody has heard of it yet', async () => {
    const till = await given.canteen();
    const student = await given.student(5_000n);
    await student.phone.prepareOffline();
    await remember(stale, till);
    await office.post(`terminals/${till.id}/revocation`);
    const instrument = { type: 'signed_qr', text: student.phone.signedQr() };
    const thief = at(stale, till);
    expect(told(await thief.post(thief.draft('', 700, { instrument })))).toEqual(revoked);
    const other = await given.canteen();
    const sold = await other.post(other.draft('', 700, { instrument }));
    expect(sold.body).toMatchObject({ verdict: 'approved', amount: 700 });
  });

  it('gets no answer about a revocation that is under way: what it asks waits, and is refused', async () => {
    const till = await given.canteen();
    const student = await given.student(5_000n);
    const sold = await till.sell(student.phone.codeOf(0), 700);
    const orderNumber = String(sold.body['orderNumber']);
    const revoking = await Holding.begin(service.owner);
    await revoking.query(
      `update terminals.terminal set status = 'revoked', revoked_at = platform.now() where id = $1`,
      [till.id.toString()],
    );
    const reversal = till.reverse(orderNumber);
    await revoking.untilBlocking();
    await revoking.commit();
    expect(told(await reversal)).toEqual(revoked);
    expect(await student.balance()).toBe(4_300n);
  });

  it('leaves a list of what it did and could have done', async () => {
    const till = await given.canteen();
    const student = await given.student(50_000n);
    const sell = async (slot: number, amount: number): Promise<string> =>
      String((await till.sell(student.phone.codeOf(0, slot), amount)).body['orderNumber']);
    await sell(0, 1_000);
    const second = await sell(1, 2_000);
    await sell(2, 4_000);
    await till.sell(student.phone.codeOf(0, 2), 8_000);
    await till.reverse(second, 'device');
    await till.send('POST', '/v1/terminal-heartbeats', {
      softwareVersion: '1',
      queuedReversals: 3,
    });
    await office.post(`terminals/${till.id}/revocation`);
    const { body } = await office.get(`terminals/${till.id}/exposure`);
    expect(body).toMatchObject({
      queuedReversals: 3,
      approved: { count: 3, amount: 7_000 },
      declined: 1,
      reversed: { count: 1, amount: 2_000 },
      reversible: { count: 2, amount: 5_000 },
      held: { count: 0, amount: 0 },
      revokedAt: expect.any(String),
      lastSeenAt: expect.any(String),
    });
    const later = new Date(service.clock.nowMs() + 60_000).toISOString();
    const none = await office.get(`terminals/${till.id}/exposure?since=${later}`);
    expect(none.body).toMatchObject({ approved: { count: 0, amount: 0 }, declined: 0 });
    expect((await office.get('terminals/999999/exposure')).body.code).toBe('terminal_not_found');
  });

  it('that was found again sells under its keys, and not under those that were retired', async () => {
    const till = await given.canteen();
    await office.post(`terminals/${till.id}/revocation`);
    await office.post(`terminals/${till.id}/reinstatement`);
    expect((await till.send('GET', '/v1/terminal-settings')).status).toBe(200);
    expect((await office.post(`terminals/${till.id}/keys/1/retirement`)).status).toBe(204);
    expect(told(await till.send('GET', '/v1/terminal-settings'))).toEqual(revoked);
    expect((await office.post(`terminals/${till.id}/keys/9/retirement`)).body.code).toBe(
      'terminal_key_not_found',
    );
  });
});

function shiftOf(terminal: TestTerminal): Record<string, unknown> {
  const at = service.clock.now().toISOString();
  const none = { count: 0, amount: 0 };
  return {
    shiftNumber: terminal.number(),
    openedAt: at,
    closedAt: at,
    sales: none,
    reversals: none,
  };
}
