/** What is signed but read by nobody would be believed to count: a terminal's request holds nothing but its route's. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let till: TestTerminal;
let student: Student;

beforeAll(async () => {
  service = await startService();
  const given = new Given(service);
  till = await given.canteen();
  student = await given.student(10_000n);
});
afterEach(async () => {
  expect(await student.balance()).toBe(10_000n);
});
afterAll(() => service.close());

const sale = (): string => till.draft(student.phone.codeOf(0), 100).body;

function refused({ status, signed, body }: Answer, code: string): void {
  expect({ status, signed, code: body.code }).toEqual({
    status: code === 'unsupported_media_type' ? 415 : 400,
    signed: 'bound',
    code,
  });
  expect(body).toMatchObject({ effect: 'none', retryable: false });
}

describe('a request of a terminal', () => {
  it('has no query, not even a signed one', async () => {
    refused(await till.send('POST', '/v1/payments?amount=1', sale()), 'unknown_field');
    refused(await till.send('GET', '/v1/terminal-settings?'), 'unknown_field');
  });

  it('has no body on a GET', async () => {
    const headers = { 'content-length': '7' };
    refused(
      await till.send('GET', '/v1/terminal-settings', '{"a":1}', { signedBody: '', headers }),
      'malformed_request',
    );
  });

  it.each(['text/plain', 'application/xml', 'application/json; charset=gbk', 'application/jsonx'])(
    'is not of the type %s',
    async (type) => {
      const headers = { 'content-type': type };
      refused(
        await till.send('POST', '/v1/payments', sale(), { headers }),
        'unsupported_media_type',
      );
    },
  );

  it('may name the one character set there is', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const answer = await till.send('POST', '/v1/payments', sale(), { headers });
    // The header is not the one that was signed: it got as far as that.
    expect(answer.body.code).toBe('signature_invalid');
  });

  it('is not compressed, nor said to be', async () => {
    const headers = { 'content-encoding': 'gzip' };
    refused(await till.send('POST', '/v1/payments', sale(), { headers }), 'unsupported_media_type');
  });

  it('says each field once', async () => {
    const twice = sale().replace('"amount":100', '"amount":1,"amount":100');
    refused(await till.send('POST', '/v1/payments', twice), 'malformed_request');
  });

  it('cannot exhaust the stack', async () => {
    const deep = '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000);
    refused(await till.send('POST', '/v1/payments', deep), 'malformed_request');
  });
});
