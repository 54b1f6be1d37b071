/** Terminals are updated one by one: an earlier version of the protocol is served beside the newest until its end. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpokenVersions, type EarlierVersion } from '../../src/terminals/domain/spoken-versions.js';
import { Given } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

/** A version that never was: its sales are asked for in `fen`, and their verdict is told as `result`. */
const draft = {
  version: 0,
  endsAt: new Date('2026-12-22T00:00:00Z'),
  read: (route, body) => {
    if (route !== 'POST /v1/payments') return body;
    const { fen, ...sale } = body as Record<string, unknown>;
    return { ...sale, amount: fen };
  },
  say: (route, status, body) => {
    if (!route.includes('/v1/payments') || status !== 200) return body;
    const { verdict, ...answer } = body as Record<string, unknown>;
    return { ...answer, result: verdict };
  },
} satisfies EarlierVersion;

const inDraft = { version: 0 };

let service: TestService;
let given: Given;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  service.get(SpokenVersions).add(draft);
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());

const saleInDraft = (code: string, fen: number): { orderNumber: string; body: string } =>
  till.draft(code, undefined, { fen });

describe('two versions of the protocol', () => {
  it('are spoken by one service to terminals side by side, each in its own words', async () => {
    const student = await given.student(2_000n);
    const old = await till.post(saleInDraft(student.phone.codeOf(0), 700), inDraft);
    expect(old).toMatchObject({
      status: 200,
      signed: 'bound',
      body: { result: 'approved', amount: 700 },
    });
    expect(old.body).not.toHaveProperty('verdict');
    const now = await till.sell(student.phone.codeOf(0, 1), 300);
    expect(now.body).toMatchObject({ verdict: 'approved', amount: 300 });
    expect(now.body).not.toHaveProperty('result');
    expect(await student.balance()).toBe(1_000n);
  });

  it('do not understand one another: a sale in the words of the other is refused and does nothing', async () => {
    const student = await given.student(2_000n);
    const words = saleInDraft(student.phone.codeOf(0), 700);
    expect(await till.post(words)).toMatchObject({ status: 400, body: { code: 'unknown_field' } });
    const newer = till.draft(student.phone.codeOf(0), 700);
    expect(await till.post(newer, inDraft)).toMatchObject({
      status: 422,
      body: { code: 'amount_required' },
    });
    expect(await student.balance()).toBe(2_000n);
  });

  it('know the same sales: what was stored is asked for again in its version, and found in either', async () => {
    const student = await given.student(2_000n);
    const stored = saleInDraft(student.phone.codeOf(0), 700);
    const first = await till.post(stored, inDraft);
    const again = await till.post(stored, inDraft);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const target = `/v1/payments/${stored.orderNumber}`;
    expect((await till.send('GET', target, '', inDraft)).body['result']).toBe('approved');
    expect((await till.send('GET', target)).body['verdict']).toBe('approved');
    const reversal = await till.send('POST', `${target}/reversal`, { reason: 'timeout' }, inDraft);
    expect(reversal.body).toMatchObject({ outcome: 'reversed', returned: 700 });
    expect(await student.balance()).toBe(2_000n);
  });

  it('are told to terminals with their ends, and the earlier one is refused after its own', async () => {
    const settings = await till.send('GET', '/v1/terminal-settings', '', inDraft);
    expect(settings.body).toMatchObject({
      protocolVersions: [0, 1],
      protocolEnds: { 0: '2026-12-22T00:00:00.000Z' },
    });
    expect((await till.send('GET', '/v1/terminal-settings', '', { version: 2 })).body.code).toBe(
      'protocol_unsupported',
    );
    await service.setTime('2026-12-22T00:00:01Z');
    const after = await till.send('GET', '/v1/terminal-settings', '', inDraft);
    expect([after.status, after.body.code]).toEqual([400, 'protocol_unsupported']);
    expect((await till.send('GET', '/v1/terminal-settings')).body['protocolVersions']).toEqual([1]);
  });
});
