/** Whoever builds a terminal sees what it sent, what came of it, and which mistake its signature has. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, sign } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { entered, Given } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import { newTerminalKey, type TestTerminal } from '../support/test-terminal.js';

type Call = {
  readonly status: number;
  readonly outcome: string | null;
  readonly body: string;
  readonly path: string;
  readonly isVerified: boolean;
  readonly requestId: string;
  readonly diagnosis: null | {
    readonly mistake: string;
    readonly isProven: boolean;
    readonly service: string[];
    readonly client: string[];
  };
};

let service: TestService;
let given: Given;
let office: Colleague;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'keeper', ['administrator']);
  till = await given.canteen();
});
afterAll(() => service.close());

async function callsOf({ id }: TestTerminal): Promise<Call[]> {
  const { status, body } = await office.get(`terminals/${id}/requests`);
  expect(status).toBe(200);
  return body['calls'] as Call[];
}

/** The log is written after the answer: it is there a moment later. */
async function newestOf(terminal: TestTerminal, is: (call: Call) => boolean): Promise<Call> {
  for (;;) {
    const call = (await callsOf(terminal)).find(is);
    if (call !== undefined) return call;
    await pause(lookMs);
  }
}

const lookMs = 20;

const digestOf = (body: string): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

type Sent = {
  /** What is sent, when it is not what was signed. */
  readonly body?: string;
  readonly created?: number;
  /** Of the body, when it is not that of the body. */
  readonly digest?: string;
  readonly components?: readonly string[];
  readonly base?: (lines: readonly string[]) => string | Buffer;
  readonly signature?: (base: Buffer) => string;
};

const signed = ['@method', '@authority', '@path', '@query', 'campus-protocol', 'content-type'];
const covered = [...signed, 'content-digest'].map((name) => `"${name}"`);

/** A heartbeat as somebody else's program would sign it; the path tells one from another. */
async function sendBy(terminal: TestTerminal, wrong: Sent): Promise<Call> {
  const body = '{"softwareVersion":"1.0","queuedReversals":0}';
  const created = wrong.created ?? service.clock.unixSeconds();
  const digest = wrong.digest ?? digestOf(body);
  const components = wrong.components ?? covered;
  const { algorithm, key } = { algorithm: terminal.key.algorithm, key: terminal.key };
  const parameters = `(${components.join(' ')});created=${created};keyid="${terminal.keyId}";alg="${algorithm}";tag="cpc1-terminal"`;
  const values: Record<string, string> = {
    '"@method"': 'POST',
    '"@authority"': service.config.SERVICE_NAME,
    '"@path"': '/v1/terminal-heartbeats',
    '"@query"': '?',
    '"campus-protocol"': '1',
    '"content-type"': 'application/json',
    '"content-digest"': digest,
  };
  const lines = [
    ...components.map((each) => `${each}: ${values[each] ?? ''}`),
    `"@signature-params": ${parameters}`,
  ];
  const base = Buffer.from(wrong.base?.(lines) ?? lines.join('\n'));
  const signature = wrong.signature?.(base) ?? Buffer.from(key.sign(base)).toString('base64');
  const response = await fetch(`${service.url}/v1/terminal-heartbeats`, {
    method: 'POST',
    headers: {
      'campus-protocol': '1',
      'content-type': 'application/json',
      'content-digest': digest,
      'signature-input': `cp=${parameters}`,
      signature: `cp=:${signature}:`,
    },
    body: wrong.body ?? body,
  });
  const { requestId } = (await response.json()) as { requestId?: string };
  expect([response.status, requestId]).toEqual([401, expect.any(String)]);
  return newestOf(terminal, (call) => call.requestId === requestId && call.diagnosis !== null);
}

const swap = (from: string, to: string) => (lines: readonly string[]) =>
  lines.join('\n').replace(from, to);

const mistakes: readonly (readonly [mistake: string, wrong: () => Sent])[] = [
  [
    'authority_is_host',
    () => ({ base: swap(service.config.SERVICE_NAME, new URL(service.url).host) }),
  ],
  ['digest_of_other_bytes', () => ({ body: '{"softwareVersion": "1.0", "queuedReversals": 0}' })],
  [
    'digest_of_hex',
    () => ({
      digest: `sha-256=:${Buffer.from(
        createHash('sha256').update('{"softwareVersion":"1.0","queuedReversals":0}').digest('hex'),
      ).toString('base64')}:`,
    }),
  ],
  ['created_in_milliseconds', () => ({ created: service.clock.nowMs() })],
  ['clock_off', () => ({ created: service.clock.unixSeconds() - 500 })],
  [
    'components_in_other_order',
    () => ({ components: [...covered.slice(0, 5), covered[6] ?? '', covered[5] ?? ''] }),
  ],
  ['components_differ', () => ({ components: covered.slice(1) })],
  ['line_feed_at_the_end', () => ({ base: (lines) => `${lines.join('\n')}\n` })],
  ['lines_end_in_crlf', () => ({ base: (lines) => lines.join('\r\n') })],
  ['query_left_empty', () => ({ base: swap('"@query": ?', '"@query": ') })],
  ['method_in_lower_case', () => ({ base: swap('POST', 'post') })],
  ['label_in_parameters', () => ({ base: swap('params": (', 'params": cp=(') })],
  [
    'hashed_before_signing',
    () => ({ base: (lines) => createHash('sha256').update(lines.join('\n')).digest() }),
  ],
  ['signature_in_base64url', () => ({ signature: () => `${'A'.repeat(84)}-_` })],
];

describe('a signature that does not hold', () => {
  it.each(mistakes)('is told to be: %s', async (mistake, wrong) => {
    const terminal = await given.canteen();
    const { diagnosis, isVerified } = await sendBy(terminal, wrong());
    expect([diagnosis?.mistake, diagnosis?.isProven, isVerified]).toEqual([mistake, true, false]);
  });

  it('is shown to be DER where the other form is asked for', async () => {
    const terminal = await given.terminal('canteen', entered, 'ecdsa-p256-sha256');
    const call = await sendBy(terminal, {
      signature: (base) => sign('sha256', base, terminal.key.toPem()).toString('base64'),
    });
    expect(call.diagnosis).toMatchObject({ mistake: 'signature_is_der', isProven: true });
  });

  it('is shown to be of another key of the terminal', async () => {
    const terminal = await given.canteen();
    const older = terminal.keyId;
    await terminal.enrol(await given.enrolmentCode(terminal)).catch(() => undefined);
    const renewed = newTerminalKey();
    Object.assign(terminal, { key: renewed });
    await terminal.enrol(await given.enrolmentCode(terminal));
    expect(terminal.keyId).not.toBe(older);
    terminal.keyId = older;
    const call = await sendBy(terminal, {});
    expect(call.diagnosis).toMatchObject({ mistake: 'other_key_of_terminal', isProven: true });
  });

  it('by a key that nobody knows is laid out line by line, and the mistake is a guess', async () => {
    const stranger = newTerminalKey();
    const call = await sendBy(till, {
      signature: (base) => Buffer.from(stranger.sign(base)).toString('base64'),
    });
    const { diagnosis } = call;
    expect(diagnosis).toMatchObject({ mistake: 'unknown', isProven: false });
    expect(diagnosis?.service[1]).toBe(`"@authority": ${service.config.SERVICE_NAME}`);
    expect(diagnosis?.client[1]).toBe(`"@authority": ${new URL(service.url).host}`);
    expect(diagnosis?.service.filter((line) => !diagnosis.client.includes(line))).toHaveLength(1);
  });

  it('of an enrolment is read with the enrolment code itself, which shows nothing else', async () => {
    const terminal = await given.newTerminal('canteen', entered);
    const code = await given.enrolmentCode(terminal);
    const answer = await terminal.enrol(code, { authority: new URL(service.url).host });
    expect([answer.status, answer.body.code]).toEqual([401, 'signature_invalid']);
    const read = (token: string): Promise<Response> =>
      fetch(`${service.url}/v1/request-log`, { headers: { authorization: `Bearer ${token}` } });
    await newestOf(terminal, ({ diagnosis }) => diagnosis !== null);
    const log = (await (await read(code)).json()) as { terminalId: string; calls: Call[] };
    expect(log.terminalId).toBe(terminal.id.toString());
    expect(log.calls[0]).toMatchObject({
      status: 401,
      outcome: 'signature_invalid',
      diagnosis: { mistake: 'authority_is_host', isProven: true },
    });
    expect(JSON.stringify(log)).not.toContain(code);
    expect((await read(`${code}X`)).status).toBe(401);
    await service.passTime(25 * 3_600);
    expect((await read(code)).status).toBe(401);
  });
});

describe('the log of a terminal', () => {
  it('has each call with its verdict and duration, and no code in it', async () => {
    const student = await given.student(1_000n);
    const code = student.phone.codeOf(0);
    const sold = await till.sell(code, 400);
    const again = await till.sell(code, 400);
    expect([sold.body['verdict'], again.body['reason']]).toEqual(['approved', 'code_used']);
    const declined = await newestOf(till, ({ outcome }) => outcome === 'declined code_used');
    const approved = await newestOf(till, ({ outcome }) => outcome === 'approved');
    for (const call of [declined, approved]) {
      expect(call).toMatchObject({
        path: '/v1/payments',
        status: 200,
        isVerified: true,
        durationMs: expect.any(Number),
      });
      expect(call.body).toContain(`"code":"${code.slice(0, 2)}…(20)"`);
    }
    expect(JSON.stringify(await callsOf(till))).not.toContain(code);
  });

  it('keeps no PIN and no number of a person', async () => {
    const instrument = { type: 'number_pin', number: '20260001', pin: '193746' };
    const sale = till.draft('x', 100, { instrument });
    await till.post(sale);
    const { body } = await newestOf(till, (call) => call.body.includes(sale.orderNumber));
    expect(body).not.toMatch(/193746|20260001/);
    expect(body).toContain('"pin":"…(6)"');
  });

  it('has at most 200 calls, and those that only claim to be its push none of them out', async () => {
    const terminal = await given.canteen();
    await terminal.send('GET', '/v1/payments/01a20169-2e00-7a11-8b22-c33d44e55f66');
    const stranger = newTerminalKey();
    for (let at = 0; at < 60; at += 1)
      await terminal.send('GET', '/v1/terminal-settings', '', { key: stranger });
    const claimed = (await callsOf(terminal)).filter(
      ({ path, isVerified }) => !isVerified && path === '/v1/terminal-settings',
    );
    expect(claimed).toHaveLength(50);
    expect(await newestOf(terminal, ({ outcome }) => outcome === 'order_unknown')).toBeDefined();
    for (let at = 0; at < 205; at += 1) await terminal.send('GET', '/v1/terminal-settings');
    const verified = (await callsOf(terminal)).filter(({ isVerified }) => isVerified);
    expect(verified.length).toBeLessThanOrEqual(200);
    expect(verified.some(({ outcome }) => outcome === 'order_unknown')).toBe(false);
  });

  it('is read by a link of the office for thirty days, and by nobody without one', async () => {
    const { status, body } = await office.post(`terminals/${till.id}/log-links`);
    expect(status).toBe(201);
    const token = new URL(String(body['url'])).hash.slice(1);
    const read = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${service.url}/v1/request-log`, { headers });
    const link = { authorization: `Bearer ${token}` };
    const log = (await (await read(link)).json()) as { terminalId: string; code: string };
    expect([log.terminalId, log.code]).toEqual([till.id.toString(), till.code]);
    expect((await read({})).status).toBe(401);
    expect((await office.post('terminals/999999/log-links')).body.code).toBe('terminal_not_found');
    expect((await office.get('terminals/999999/requests')).body.code).toBe('terminal_not_found');
    const { rows } = await service.owner.query('select * from terminals.log_link');
    expect(JSON.stringify(rows)).not.toContain(token);
    await service.passTime(31 * 86_400);
    expect((await read(link)).status).toBe(401);
  });
});
