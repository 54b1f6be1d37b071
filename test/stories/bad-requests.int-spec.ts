/** Whoever asks wrongly is told what was wrong and what to do next, in a form that programs can branch on. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { clockToleranceMs } from '../../src/platform/clock/clock.js';
import { ProblemFilter } from '../../src/platform/errors/problem.filter.js';
import { invariant } from '../../src/platform/errors/problem.js';
import { layCable, type Cable } from '../support/cable.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let cable: Cable;

beforeAll(async () => {
  service = await startService({
    through: async (databaseUrl) => {
      cable = await layCable(databaseUrl);
      return cable.url;
    },
  });
});
afterAll(async () => {
  await service.close();
  await cable.close();
});

type Problem = Record<string, unknown> & { status: number; code: string };

async function refused(path: string, init: RequestInit = {}): Promise<Problem> {
  const response = await fetch(service.url + path, init);
  expect(response.headers.get('content-type')).toMatch('application/problem+json');
  const problem = (await response.json()) as Problem;
  expect(problem.status).toBe(response.status);
  return problem;
}

/** Sends bytes as they are; all that comes back until the service closes the connection. */
function say(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
    socket.on('end', () => resolve(heard)).on('error', reject);
  });
}

const json = { 'content-type': 'application/json' };
const post = (body: string, headers: Record<string, string> = json): Promise<Problem> =>
  refused('/v1/cardholder-sign-ins', { method: 'POST', headers, body });

describe('a refusal', () => {
  it('says what was wrong, what to do next, and whether anything was done', async () => {
    const problem = await post('{"number":"1","password":"x","admin":true}');
    expect(problem).toEqual({
      type: 'urn:campus-paycode:problem:unknown_field',
      title: expect.any(String),
      status: 400,
      detail: expect.any(String),
      code: 'unknown_field',
      message: { zh: expect.any(String), en: expect.any(String) },
      retryable: false,
      effect: 'none',
      requestId: expect.any(String),
      errors: [{ pointer: '/admin', message: expect.any(String) }],
    });
  });

  it('names each field of the wrong type', async () => {
    const { code, errors } = await post('{"number":7,"password":["x"]}');
    expect(code).toBe('malformed_request');
    expect((errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/number',
      '/password',
    ]);
  });

  it.each(['{', '[]', '"text"', 'null', ''])('answers the body %j as malformed', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it.each([
    ['a name twice', '{"number":"1","number":"2","password":"x"}'],
    ['a byte order mark', '\ufeff{"number":"1","password":"x"}'],
    ['ten thousand levels', '{"number":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
  ])('answers a body with %s as malformed', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('says of a wrong type that the type is wrong, once for each field', async () => {
    const { errors } = await post('{"number":7,"password":"x"}');
    expect(errors).toEqual([{ pointer: '/number', message: 'number must be a string' }]);
  });

  it('answers a body without end as too large', async () => {
    const body = JSON.stringify({ number: 'x'.repeat(2 * 1024 * 1024) });
    expect(await post(body)).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it('answers another media type as unsupported', async () => {
    const problem = await post('number: 1', { 'content-type': 'application/yaml' });
    expect(problem).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('answers a path that is none as not found', async () => {
    expect(await refused('/v1/nowhere')).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([
    [
      'a path that cannot be decoded',
      'GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    [
      'two lengths',
      'POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    ['headers without end', `GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['no HTTP at all', '\u0016\u0003\u0001'],
  ])('answers %s in the same form', async (_, bytes) => {
    const text = await say(bytes);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text.toLowerCase()).toContain('content-type: application/problem+json');
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({
      status: 400,
      code: 'malformed_request',
      effect: 'none',
    });
  });
});

describe('the clock', () => {
  it('is not trusted after a leap until a second reading agrees with it', async () => {
    const leapt = new Date(service.clock.nowMs() + 2 * clockToleranceMs);
    service.clock.learn(leapt);
    expect(() => service.clock.requireTrusted()).toThrow(
      expect.objectContaining({ code: 'clock_untrusted' }),
    );
    service.clock.learn(leapt);
    expect(() => service.clock.requireTrusted()).not.toThrow();
    await service.clock.settle();
  });
});

describe('a bug of our own', () => {
  it('is answered as one, without a word of its insides', () => {
    const filter = new ProblemFilter();
    const request = { id: 'r-1', method: 'GET', url: '/v1/me?secret=1' };
    const broken = (): never => {
      invariant(false, 'an unbalanced entry reached the store');
    };
    expect(broken).toThrow('unbalanced');
    const { status, body } = filter.answer(new Error('unbalanced'), request);
    expect([status, body['code'], body['effect']]).toEqual([500, 'internal', 'unknown']);
    expect(JSON.stringify(body)).not.toContain('unbalanced');
  });
});

describe('a service whose database is away', () => {
  it('says so, and answers again as soon as it is back', async () => {
    cable.pull();
    expect(await refused('/health')).toMatchObject({
      status: 503,
      code: 'unavailable',
      retryable: true,
      effect: 'unknown',
    });
    cable.putBack();
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
  });
});
