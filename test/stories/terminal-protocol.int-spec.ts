/** Only an enrolled terminal is heard, only what it signed counts, and it can believe every answer. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import { countRows, entered, Given } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import {
  newTerminalKey,
  TestTerminal,
  type Answer,
  type Draft,
  type Wrong,
} from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());

const problemOf = ({ status, contentType, body }: Answer): unknown[] => {
  expect(contentType).toMatch('application/problem+json');
  expect(body).toMatchObject({
    type: `urn:campus-paycode:problem:${body.code}`,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    message: { zh: expect.stringMatching(/[一-龥]/), en: expect.any(String) },
    requestId: expect.any(String),
  });
  return [status, body.code, body['retryable'], body['effect']];
};

describe('enrolment', () => {
  it('makes the key that signed it the key of the terminal, and says what it works by', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    const answer = await terminal.enrol(await given.enrolmentCode(terminal));
    expect([answer.status, answer.signed]).toEqual([201, 'bound']);
    expect(answer.body).toMatchObject({
      terminalId: terminal.id.toString(),
      keyId: `t-${terminal.id}.1`,
      settings: {
        code: terminal.code,
        kind: 'canteen',
        tariff: { type: 'entered', maximum: 50_000 },
        currency: 'CNY',
        serviceName: service.config.SERVICE_NAME,
        protocolVersions: [1],
        codePrefix: '97',
      },
      serviceKeys: [{ keyId: 's-1', algorithm: 'ed25519', publicKey: expect.any(String) }],
    });
    const settings = await terminal.send('GET', '/v1/terminal-settings');
    expect(settings).toMatchObject({ status: 200, signed: 'bound', body: { code: terminal.code } });
  });

  it('whose answer was lost is answered again for the same key, and for no other', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    const code = await given.enrolmentCode(terminal);
    const first = await terminal.enrol(code);
    const before = await countRows(service);
    const again = await terminal.enrol(code.toLowerCase().replaceAll('-', ''));
    expect([again.status, again.body['keyId']]).toEqual([201, first.body['keyId']]);
    const thief = new TestTerminal(service, terminal.id, terminal.code, newTerminalKey());
    expect(problemOf(await thief.enrol(code))).toEqual([
      422,
      'enrolment_code_invalid',
      false,
      'none',
    ]);
    expect(await countRows(service)).toEqual(before);
  });

  it('of two keys that race for one code makes one of them the key', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    const code = await given.enrolmentCode(terminal);
    const other = new TestTerminal(service, terminal.id, terminal.code, newTerminalKey());
    const answers = await Promise.all([terminal.enrol(code), other.enrol(code)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 422]));
  });

  it('ends ten minutes after its code was issued', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    const code = await given.enrolmentCode(terminal);
    await service.passTime(601);
    expect(problemOf(await terminal.enrol(code))[1]).toBe('enrolment_code_invalid');
    await service.setTime(noon);
  });

  it('with another key retires the first', async () => {
    const first = await given.canteen();
    const second = new TestTerminal(service, first.id, first.code, newTerminalKey());
    await second.enrol(await given.enrolmentCode(first));
    expect(second.keyId).toBe(`t-${first.id}.2`);
    const { phone } = await given.student(1_000n);
    expect(problemOf(await first.sell(phone.next(), 100))).toEqual([
      403,
      'terminal_revoked',
      false,
      'none',
    ]);
    expect((await second.sell(phone.next(), 100)).body['verdict']).toBe('approved');
  });

  it('refuses a code that never was, a key of another terminal and one that is no point', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    expect(problemOf(await terminal.enrol('2222-2222-2222'))[1]).toBe('enrolment_code_invalid');
    const code = await given.enrolmentCode(terminal);
    const twin = new TestTerminal(service, terminal.id, terminal.code, till.key);
    expect(problemOf(await twin.enrol(code))[1]).toBe('public_key_invalid');
    const noPoint = {
      ...terminal.enrolment(code),
      algorithm: 'ecdsa-p256-sha256',
      publicKey: Buffer.alloc(65, 4).toString('base64url'),
    };
    const wrong = await terminal.send('POST', '/v1/terminal-enrolments', noPoint);
    expect(problemOf(wrong)).toEqual([422, 'public_key_invalid', false, 'none']);
    expect((await terminal.enrol(code)).status).toBe(201);
  });

  it('proves that the key is held: a body signed by another is refused', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    const code = await given.enrolmentCode(terminal);
    const wrong = await terminal.enrol(code, { key: newTerminalKey() });
    expect(problemOf(wrong)[1]).toBe('signature_invalid');
    const named = await terminal.enrol(code, { keyId: till.keyId });
    expect(problemOf(named)[1]).toBe('signature_invalid');
  });
});

describe('a terminal with a key of P-256', () => {
  it('sells as any other', async () => {
    const terminal = await given.terminal('canteen', entered, 'ecdsa-p256-sha256');
    const { phone } = await given.student(1_000n);
    const answer = await terminal.sell(phone.next(), 100);
    expect([answer.status, answer.signed, answer.body['verdict']]).toEqual([
      200,
      'bound',
      'approved',
    ]);
    const refused = await terminal.post(terminal.draft(phone.next(), 100), {
      key: newTerminalKey('ecdsa-p256-sha256'),
    });
    expect(problemOf(refused)[1]).toBe('signature_invalid');
  });
});

describe('a request', () => {
  let draft: Draft;
  let before: Record<string, string>;

  beforeAll(async () => {
    const { phone } = await given.student(100_000n);
    draft = till.draft(phone.next(), 100);
    before = await countRows(service);
  });
  afterEach(async () => {
    expect(await countRows(service)).toEqual(before);
  });

  const other = newTerminalKey();
  const now = (): number => service.clock.unixSeconds();
  const changed = (): string => draft.body.replace('"amount":100', '"amount":1');

  it.each<[string, string, () => Wrong]>([
    ['without a signature', 'signature_missing', () => ({ headers: { signature: undefined } })],
    [
      'without a description of it',
      'signature_missing',
      () => ({ headers: { 'signature-input': undefined } }),
    ],
    ["signed by another's key", 'signature_invalid', () => ({ key: other })],
    ['with another body', 'signature_invalid', () => ({ signedBody: changed() })],
    ['signed for the Host', 'signature_invalid', () => ({ authority: '127.0.0.1' })],
    ['signed for another path', 'signature_invalid', () => ({ signedTarget: '/v1/shifts' })],
    ['signed for a query', 'signature_invalid', () => ({ signedTarget: '/v1/payments?a=1' })],
    ['signed for another method', 'signature_invalid', () => ({ signedMethod: 'PUT' })],
    ['under a name nobody has', 'terminal_unknown', () => ({ keyId: 't-999.1' })],
    ['under the name of no key', 'terminal_unknown', () => ({ keyId: 'constructor' })],
    ['without a digest', 'signature_invalid', () => ({ headers: { 'content-digest': undefined } })],
    [
      'with two digests',
      'signature_invalid',
      () => ({ headers: { 'content-digest': twice('content-digest') } }),
    ],
    [
      'with two content types',
      'signature_invalid',
      () => ({ headers: { 'content-type': ['application/json', 'application/json'] } }),
    ],
    [
      'with two signatures',
      'signature_invalid',
      () => ({ headers: { signature: [`cp=:${'A'.repeat(86)}==:`, `cp=:${'B'.repeat(86)}==:`] } }),
    ],
    [
      'with a signature of the wrong length',
      'signature_invalid',
      () => ({ headers: { signature: 'cp=:AAAA:' } }),
    ],
    [
      'that covers less than all',
      'signature_invalid',
      () => ({
        headers: {
          'signature-input': `cp=("@method");created=${now()};keyid="${till.keyId}";alg="ed25519";tag="cpc1-terminal"`,
        },
      }),
    ],
    [
      'without a version',
      'protocol_unsupported',
      () => ({ headers: { 'campus-protocol': undefined } }),
    ],
    [
      'of a version to come',
      'protocol_unsupported',
      () => ({ headers: { 'campus-protocol': '2' } }),
    ],
    [
      'of two versions',
      'protocol_unsupported',
      () => ({ headers: { 'campus-protocol': ['1', '1'] } }),
    ],
    ['signed too long ago', 'clock_off', () => ({ created: now() - 63 })],
    ['signed in the future', 'clock_off', () => ({ created: now() + 63 })],
    ['signed in 1970', 'clock_off', () => ({ created: 1 })],
  ])('%s is refused as %s and does nothing', async (_, code, wrong) => {
    const answer = await till.post(draft, wrong());
    const status = code === 'protocol_unsupported' ? 400 : 401;
    expect(problemOf(answer)).toEqual([status, code, code === 'clock_off', 'none']);
  });

  const twice = (name: string): string[] => [`sha-256=:${name}:`, `sha-256=:${name}:`];

  it('with the wrong time is told the right one, and is heard under it', async () => {
    const answer = await till.post(draft, { created: now() - 100_000 });
    expect([answer.signed, answer.body.code]).toEqual(['bound', 'clock_off']);
    expect(Math.abs(answer.created - now())).toBeLessThan(3);
    const again = await till.send('GET', '/v1/terminal-settings', '', { created: answer.created });
    expect(again.status).toBe(200);
  });

  it('is heard at the edge of the window', async () => {
    for (const created of [now() - 57, now() + 57])
      expect((await till.send('GET', '/v1/terminal-settings', '', { created })).status).toBe(200);
  });

  it('without a readable signature gets an answer that is signed but bound to nothing', async () => {
    const answer = await till.post(draft, { headers: { signature: undefined } });
    expect(answer.signed).toBe('unbound');
    expect(Math.abs(answer.created - now())).toBeLessThan(3);
  });

  it('is heard behind a proxy that rewrote its Host', async () => {
    const headers = { host: 'inside.proxy:8080', 'x-forwarded-host': 'elsewhere.example' };
    const answer = await till.send('GET', '/v1/terminal-settings', '', { headers });
    expect([answer.status, answer.signed]).toEqual([200, 'bound']);
  });

  it('is answered in a signed way even where there is nothing', async () => {
    const answer = await till.send('GET', '/v1/nowhere');
    expect([answer.status, answer.body.code, answer.signed]).toEqual([404, 'not_found', 'bound']);
  });
});

describe('an answer', () => {
  it('is bound to its own request: an old one proves nothing about a new one', async () => {
    const { phone } = await given.student(1_000n);
    const draft = till.draft(phone.next(), 100);
    const [first, second] = [await till.post(draft), await till.post(draft)];
    expect([first.text, first.signed, second.signed]).toEqual([second.text, 'bound', 'bound']);
  });
});

describe('a revoked terminal', () => {
  it('sells nothing from that moment on', async () => {
    const terminal = await given.canteen();
    const { phone } = await given.student(1_000n);
    expect((await terminal.sell(phone.next(), 100)).body['verdict']).toBe('approved');
    await service.get(RegisterTerminal).revoke(terminal.id);
    const before = await countRows(service);
    for (let time = 0; time < 3; time += 1) {
      const answer = await terminal.sell(phone.next(), 100);
      expect(problemOf(answer)).toEqual([403, 'terminal_revoked', false, 'none']);
      expect(answer.signed).toBe('bound');
    }
    expect(await countRows(service)).toEqual(before);
  });

  it('is given no new code, and an old one is worth nothing', async () => {
    const terminal = await given.canteen();
    const code = await given.enrolmentCode(terminal);
    await service.get(RegisterTerminal).revoke(terminal.id);
    const again = new TestTerminal(service, terminal.id, terminal.code, newTerminalKey());
    expect(problemOf(await again.enrol(code))[1]).toBe('enrolment_code_invalid');
    await expect(given.enrolmentCode(terminal)).rejects.toMatchObject({
      code: 'terminal_not_found',
    });
  });
});

describe('a heartbeat', () => {
  it('is answered with the time and the version of the settings, which rises with them', async () => {
    const beat = (): Promise<Answer> =>
      till.send('POST', '/v1/terminal-heartbeats', { softwareVersion: '1.0', queuedReversals: 2 });
    const first = await beat();
    expect(first).toMatchObject({ status: 200, signed: 'bound' });
    expect(Date.parse(String(first.body['serverTime']))).toBeCloseTo(service.clock.nowMs(), -4);
    await given.canteen();
    expect((await beat()).body['settingsVersion']).not.toBe(first.body['settingsVersion']);
  });
});
