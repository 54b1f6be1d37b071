import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { must, mustEqual } from '../check.js';
import { mustSay } from './probe.js';
import { carry } from './carry.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

const settings = '/v1/terminal-settings';
const beat = JSON.stringify({ softwareVersion: '1', queuedReversals: 0 });
const beats = '/v1/terminal-heartbeats';

async function saleWith(world: ServiceWorld, changes: Record<string, unknown>): Promise<string> {
  const { desk } = world;
  const draft = desk.draft(await neverScanned(world), 100, changes);
  return desk.refused(desk.post(draft), 400, 'malformed_request');
}

/** Well-formed, but nobody's: a request that is refused for its form must not reach the code. */
async function neverScanned({ desk }: ServiceWorld): Promise<string> {
  const prefix = desk.settings?.codePrefix ?? '97';
  return `${prefix}${String(randomBytes(6).readUIntBE(0, 6)).padStart(18, '0').slice(-18)}`;
}

/** Sections 1 and 2 of the protocol: what a request looks like before anybody asks who sent it. */
export const formChecks: readonly ServiceCheck[] = [
  {
    rule: 'R1',
    title: 'is heard behind a proxy that adds headers and has a name of its own',
    run: async ({ desk }) => {
      const headers = { 'x-forwarded-host': 'elsewhere.example', forwarded: 'for=10.0.0.1;host=x' };
      const { status, signed } = await desk.send('GET', settings, '', { headers });
      mustEqual([status, signed], [200, 'bound'], 'the settings');
      return 'answered as without the proxy';
    },
  },
  {
    rule: 'R2',
    title: 'takes amounts, instants and numbers only as they are written there',
    run: async (world) => {
      const { desk } = world;
      const wrong = [
        { amount: 0 },
        { amount: 1.5 },
        { amount: '100' },
        { amount: -1 },
        { amount: 10 ** 12 + 1 },
        { occurredAt: '2026-11-22 04:00:00' },
        { occurredAt: 1795320000 },
        { orderNumber: desk.number().toUpperCase().replace(/\d/, 'A') },
        { orderNumber: '6f1c2d8e-3b7a-4c15-9d2e-8a7b6c5d4e3f' },
      ];
      for (const changes of wrong) await saleWith(world, changes);
      return `${wrong.length} wrong spellings are malformed_request`;
    },
  },
  {
    rule: 'R3',
    title:
      'refuses another field, a query, a field twice, a mark before the text, depth and length',
    run: async ({ desk }) => {
      const send = (body: string, target = beats) => desk.send('POST', target, body);
      await desk.refused(send(beat.replace('}', ',"more":1}')), 400, 'unknown_field');
      await desk.refused(send(beat, `${beats}?more=1`), 400, 'unknown_field');
      const twice = '{"softwareVersion":"1","softwareVersion":"1","queuedReversals":0}';
      await desk.refused(send(twice), 400, 'malformed_request');
      await desk.refused(send(`\ufeff${beat}`), 400, 'malformed_request');
      const deep = `{"softwareVersion":${'['.repeat(40)}${']'.repeat(40)},"queuedReversals":0}`;
      await desk.refused(send(deep), 400, 'malformed_request');
      const long = JSON.stringify({ softwareVersion: 'x'.repeat(1_100_000), queuedReversals: 0 });
      await desk.refused(send(long), 413, 'body_too_large');
      return 'each is refused by its own code';
    },
  },
  {
    rule: 'R4',
    title: 'refuses a version that it does not speak, and says which it speaks',
    run: async ({ desk }) => {
      for (const version of ['0', '99', '1.0', 'one']) {
        const headers = { 'campus-protocol': version };
        const refused = desk.send('GET', settings, '', { headers });
        await desk.refused(refused, 400, 'protocol_unsupported');
      }
      const versions = desk.settings?.protocolVersions ?? [];
      must(versions.includes(1), `the settings list ${JSON.stringify(versions)}`);
      return `versions ${versions.join(', ')}`;
    },
  },
  {
    rule: 'R5',
    title: 'takes JSON that is not compressed, and nothing else',
    run: async ({ desk }) => {
      const type = 'application/json; charset=utf-8';
      const utf8 = await desk.send('POST', beats, beat, {
        headers: { 'content-type': type },
        rewrite: (text) =>
          text.replace('"content-type": application/json', `"content-type": ${type}`),
      });
      mustEqual(utf8.status, 200, 'with charset=utf-8');
      const yaml = desk.send('POST', beats, beat, {
        headers: { 'content-type': 'application/yaml' },
        rewrite: (text) =>
          text.replace('"content-type": application/json', '"content-type": application/yaml'),
      });
      await desk.refused(yaml, 415, 'unsupported_media_type');
      const { status } = await carry(desk.where.url, {
        method: 'POST',
        target: beats,
        headers: {
          'campus-protocol': '1',
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        body: gzipSync(beat),
      });
      must(status >= 400 && status < 500, `a compressed body: ${status}`);
      return 'yaml and gzip are refused, charset=utf-8 is taken';
    },
  },
  {
    rule: 'R39',
    title: 'answers in the form of RFC 9457 what it refuses',
    run: async ({ desk }) => {
      const heard = await desk.send('GET', '/v1/nowhere');
      await desk.refused(heard, 404, 'not_found');
      mustSay(heard, {
        type: 'urn:campus-paycode:problem:not_found',
        status: 404,
        retryable: false,
        effect: 'none',
      });
      must(heard.contentType.startsWith('application/problem+json'), heard.contentType);
      return 'application/problem+json with type, code, retryable and effect';
    },
  },
];
