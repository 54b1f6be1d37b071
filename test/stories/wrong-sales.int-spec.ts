/** A terminal that sends nonsense is told what is wrong with it, in a signed answer, and nothing happens. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { checkDigit } from '@campus-paycode/paycode';
import { brokenProofs, countRows, Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let gym: TestTerminal;
let student: Student;
let before: Record<string, string>;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  gym = await given.gym();
  student = await given.student(100_000n);
  before = await countRows(service);
});
afterEach(async () => {
  expect(await countRows(service)).toEqual(before);
});
afterAll(async () => {
  expect(await brokenProofs(service)).toEqual([]);
  await service.close();
});

/** The pointers of the fields that it names. */
function refused(answer: Answer, status: number, code: string): string[] {
  expect([answer.status, answer.body.code, answer.signed]).toEqual([status, code, 'bound']);
  expect(answer.contentType).toMatch('application/problem+json');
  expect(answer.body).toMatchObject({
    status,
    retryable: false,
    effect: 'none',
    message: { zh: expect.stringMatching(/[一-龥]/), en: expect.any(String) },
  });
  const errors = (answer.body['errors'] ?? []) as { pointer: string }[];
  return errors.map(({ pointer }) => pointer);
}

const right = (): Record<string, unknown> =>
  JSON.parse(till.draft(student.phone.codeOf(0), 100).body) as Record<string, unknown>;
const send = (body: string | Record<string, unknown>, wrong = {}): Promise<Answer> =>
  till.send('POST', '/v1/payments', body, wrong);

describe('a field', () => {
  it.each<[string, unknown]>([
    ['/amount', 0],
    ['/amount', -1],
    ['/amount', 12.5],
    ['/amount', '100'],
    ['/amount', null],
    ['/amount', true],
    ['/amount', [100]],
    ['/amount', {}],
    ['/amount', 1_000_000_000_001],
    ['/amount', Number.MAX_SAFE_INTEGER],
    ['/sequence', 0],
    ['/sequence', 1.5],
    ['/sequence', 2_147_483_648],
    ['/sequence', '1'],
    ['/orderNumber', 'a7'],
    ['/orderNumber', '01A20169-2FED-76FF-AE7A-131F4C05A4D5'],
    ['/orderNumber', '01a20169-2fed-46ff-ae7a-131f4c05a4d5'],
    ['/orderNumber', 1],
    ['/orderNumber', null],
    ['/instrument', null],
    ['/instrument', 'code'],
    ['/instrument', []],
    ['/occurredAt', 'yesterday'],
    ['/occurredAt', '2026-11-22'],
    ['/occurredAt', '2026-11-22Z'],
    ['/occurredAt', '20261122T040000Z'],
    ['/occurredAt', '2026-W47-7T04:00:00Z'],
    ['/occurredAt', '2026-02-30T04:00:00Z'],
    ['/occurredAt', '2026-11-22T04:00:60Z'],
    ['/occurredAt', '2026-11-22T12:00:00+08:00'],
    ['/occurredAt', 1_795_320_000],
  ])('%s of %j is named as wrong', async (pointer, value) => {
    const body = { ...right(), [pointer.slice(1)]: value };
    expect(refused(await send(body), 400, 'malformed_request')).toEqual([pointer]);
  });

  it.each<[string, unknown]>([
    ['/instrument/type', { type: 'cash' }],
    ['/instrument/type', { type: 'toString' }],
    ['/instrument/type', { type: null }],
    ['/instrument/type', {}],
    ['/instrument/code', { type: 'code' }],
    ['/instrument/code', { type: 'code', code: 97_185_965 }],
    ['/instrument/code', { type: 'code', code: '' }],
    ['/instrument/code', { type: 'code', code: '9'.repeat(600) }],
  ])('%s is named in %j', async (pointer, instrument) => {
    expect(refused(await send({ ...right(), instrument }), 400, 'malformed_request')).toContain(
      pointer,
    );
  });

  it.each(['1e400', '-1e400', '1e-7', '100.00000001'])(
    'amount of %s is no amount',
    async (text) => {
      const body = JSON.stringify({ ...right(), amount: 777 }).replace(
        '"amount":777',
        `"amount":${text}`,
      );
      expect(refused(await send(body), 400, 'malformed_request')).toEqual(['/amount']);
    },
  );

  it('that is missing is named', async () => {
    for (const name of ['orderNumber', 'sequence', 'instrument', 'occurredAt']) {
      const body = { ...right(), [name]: undefined };
      expect(refused(await send(body), 400, 'malformed_request')).toEqual([`/${name}`]);
    }
  });

  it('that nobody knows is refused, also inside', async () => {
    const outside = await send({ ...right(), terminalId: '1' });
    expect(refused(outside, 400, 'unknown_field')).toEqual(['/terminalId']);
    const instrument = { type: 'code', code: student.phone.codeOf(0), card: '1' };
    const inside = await send({ ...right(), instrument });
    expect(refused(inside, 400, 'unknown_field')).toEqual(['/instrument/card']);
  });
});

describe('a body', () => {
  it.each([
    '{',
    '[]',
    'null',
    '"sale"',
    '1',
    '{"orderNumber":}',
    '\u0000',
    '{"__proto__":{"amount":1}}',
    '{"constructor":{"prototype":{"amount":1}}}',
  ])('of %j is malformed', async (body) => {
    const answer = await send(body);
    expect([answer.status, answer.signed]).toEqual([400, 'bound']);
    expect(['malformed_request', 'unknown_field']).toContain(answer.body.code);
  });

  it('of two megabytes is too large', async () => {
    refused(await send({ ...right(), note: 'x'.repeat(2_000_000) }), 413, 'body_too_large');
  });

  it('of another type is unsupported, whatever is in it', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/cbor'])
      refused(
        await send(right(), { headers: { 'content-type': type } }),
        415,
        'unsupported_media_type',
      );
  });

  it('with a NUL in a text is malformed and not our fault', async () => {
    const beat = { softwareVersion: 'a\u0000b', queuedReversals: 0 };
    const answer = await till.send('POST', '/v1/terminal-heartbeats', beat);
    refused(answer, 400, 'malformed_request');
  });
});

const withCheck = (digits: string): string => digits + checkDigit(digits);

describe('an instrument', () => {
  it.each([
    ['a WeChat code', '134567890123456789', 'code_foreign'],
    ['an Alipay code', '281234567890123456', 'code_foreign'],
    ['a long Alipay code', '301234567890123456789012', 'code_foreign'],
    ['a UnionPay code', '6212345678901234567', 'code_foreign'],
    ['full-width digits', '９７１８５９６５４７５１２６８６５３１２', 'code_malformed'],
    ['Arabic digits', '٩٧١٨٥٩٦٥٤٧٥١٢٦٨٦٥٣١٢', 'code_malformed'],
    ['a code cut off', '9718596547512686531', 'code_malformed'],
    ['a wrong check digit', '97185965475126865313', 'code_malformed'],
    ['another prefix', withCheck('9618596547512686531'), 'code_malformed'],
    ['a space inside', '9718 5965475126865312', 'code_malformed'],
    ['a sign before', '-97185965475126865312', 'code_malformed'],
    ['an address', 'https://example.com/97185965475126865312', 'code_malformed'],
    ['an attempt at the database', `97185965475126865312'; drop table x; --`, 'code_malformed'],
    ['a NUL', '9718596547512686531\u0000', 'code_malformed'],
  ])('that is %s is refused and burns nothing', async (_, code, problem) => {
    refused(await send({ ...right(), instrument: { type: 'code', code } }), 422, problem);
  });

  it.each([
    { type: 'plastic' },
    { type: 'plastic', number: '' },
    { type: 'number_pin', token: 'short' },
    { type: 'number_pin', number: '20260001', pin: '123456' },
  ])('that does not look like one of its kind is refused: %j', async (instrument) => {
    const answer = await send({ ...right(), instrument });
    expect([answer.status, answer.body]).toMatchObject([400, { effect: 'none' }]);
  });
});

describe('a price', () => {
  it('is missing where the cashier enters it', async () => {
    refused(await send({ ...right(), amount: undefined }), 422, 'amount_required');
  });

  it('is refused beyond the maximum of the place', async () => {
    for (const amount of [50_001, 1_000_000_000_000]) {
      const answer = await send({ ...right(), amount });
      refused(answer, 422, 'amount_out_of_range');
      expect(answer.body['detail']).toContain('50000');
    }
  });

  it('is not allowed where the place decides it', async () => {
    const answer = await gym.sell(student.phone.codeOf(0), 1);
    refused(answer, 422, 'amount_not_allowed');
  });
});

describe('a path', () => {
  it.each(['1', 'X'.repeat(36), '01a20169-2fed-46ff-ae7a-131f4c05a4d5', '%00', "'", '..%2f..'])(
    'with the order number %j is malformed, or leads nowhere',
    async (text) => {
      for (const [method, rest, body] of [
        ['GET', '', ''],
        ['POST', '/reversal', '{"reason":"timeout"}'],
      ] as const) {
        const answer = await till.send(method, `/v1/payments/${text}${rest}`, body);
        expect([400, 404]).toContain(answer.status);
        expect(answer.signed).toBe('bound');
      }
    },
  );

  it('to a reversal for a reason nobody knows is malformed', async () => {
    const answer = await till.reverse(till.number(), 'boredom');
    expect(refused(answer, 400, 'malformed_request')).toEqual(['/reason']);
  });
});
