import { Broken, must, mustEqual } from '../check.js';
import { carry } from './carry.js';
import { newKey, Probe, type Wrong } from './probe.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

const target = '/v1/terminal-heartbeats';
const body = JSON.stringify({ softwareVersion: '1', queuedReversals: 0 });

const beat = ({ desk }: ServiceWorld, wrong: Wrong = {}) => desk.send('POST', target, body, wrong);

/** Each of these must be refused as a signature that cannot be accepted. */
async function refusesAll(world: ServiceWorld, wrongs: Record<string, Wrong>): Promise<string> {
  for (const [what, wrong] of Object.entries(wrongs)) {
    const heard = await beat(world, wrong);
    if (heard.status !== 401 || heard.body['code'] !== 'signature_invalid') {
      throw new Broken(`${what}: ${heard.status} ${String(heard.body['code'])}`);
    }
  }
  return `refused: ${Object.keys(wrongs).join(', ')}`;
}

const swap = (from: string | RegExp, to: string): Wrong => ({
  rewrite: (text) => text.replace(from, to),
});

/** The DER form that many libraries give by themselves. */
function toDer(signature: Uint8Array): Uint8Array {
  const half = (bytes: Uint8Array) => Buffer.concat([Buffer.from([2, 33, 0]), bytes]);
  const both = Buffer.concat([half(signature.subarray(0, 32)), half(signature.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, both.length]), both]);
}

/** Section 2: the one form of a signature, and what it covers. */
export const signatureChecks: readonly ServiceCheck[] = [
  {
    rule: 'R6',
    title: 'takes signatures raw, never in DER, and of no other key',
    run: async (world) =>
      refusesAll(world, {
        'another key': { key: newKey() },
        DER: { signature: toDer },
        'a bit turned': {
          signature: (right) => right.map((byte, at) => (at === 9 ? byte ^ 1 : byte)),
        },
        'another algorithm': swap('alg="ed25519"', 'alg="rsa-v1_5-sha256"'),
      }),
  },
  {
    rule: 'R7',
    title: 'takes exactly the components, in their order',
    run: async (world) =>
      refusesAll(world, {
        'one left out': swap(' "content-digest")', ')'),
        'another order': swap('"@method" "@authority"', '"@authority" "@method"'),
        'one more': swap('"content-digest")', '"content-digest" "host")'),
        'another method': { signedMethod: 'PUT' },
      }),
  },
  {
    rule: 'R8',
    title: 'verifies over the service name whatever the Host says, and over path and query as sent',
    run: async (world) => {
      const headers = { host: 'inside.proxy:8080' };
      mustEqual((await beat(world, { headers })).status, 200, 'behind a proxy that rewrote Host');
      const { host } = new URL(world.where.url);
      return refusesAll(world, {
        'signed for the address': { authority: host },
        'another path': { signedTarget: '/v1/shifts' },
        'a query that was not sent': { signedTarget: `${target}?a=1` },
      });
    },
  },
  {
    rule: 'R9',
    title: 'verifies the digest of the bytes, and takes no other beside it',
    run: async (world) => {
      const digest = 'sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:';
      return refusesAll(world, {
        'another body': { signedBody: body.replace('0', '1') },
        'a second digest': { headers: { 'content-digest': [digest, digest] } },
        'no digest': { headers: { 'content-digest': undefined } },
        'sha-512': swap(/sha-256=/g, 'sha-512='),
      });
    },
  },
  {
    rule: 'R10',
    title: 'takes exactly the parameters, the tag and the label, canonically written',
    run: async (world) =>
      refusesAll(world, {
        'another tag': swap('tag="cpc1-terminal"', 'tag="cpc1-answer"'),
        'one parameter more': swap(';tag=', ';nonce="x";tag='),
        'no alg': swap(';alg="ed25519"', ''),
        'a space more': swap('"@method" "@authority"', '"@method"  "@authority"'),
        'another label': swap(/^cp=/, 'sig1='),
      }),
  },
  {
    rule: 'R11',
    title: 'refuses what was signed more than 60 s ago or ahead, and judges in its order',
    run: async (world) => {
      const { desk } = world;
      for (const off of [-65, 65]) {
        const created = desk.seconds() + off;
        await desk.refused(beat(world, { created }), 401, 'clock_off');
      }
      for (const off of [-50, 50]) {
        const { status } = await beat(world, { created: desk.seconds() + off });
        mustEqual(status, 200, `${off} s off`);
      }
      const created = 1;
      const unknown = { created, keyId: 't-0.0', headers: { 'campus-protocol': '99' } };
      await desk.refused(beat(world, unknown), 400, 'protocol_unsupported');
      const digest = { created, signedBody: body.replace('0', '1') };
      await desk.refused(beat(world, digest), 401, 'signature_invalid');
      await desk.refused(beat(world, { created, keyId: 't-0.0' }), 401, 'clock_off');
      const nobody = { keyId: 't-0.0', key: newKey() };
      await desk.refused(beat(world, nobody), 401, 'terminal_unknown');
      return 'version, form, digest, created, key, signature';
    },
  },
  {
    rule: 'R14',
    title:
      'binds no answer to a request without a readable signature, and signs none to a stranger',
    run: async (world) => {
      const { desk } = world;
      const heard = await beat(world, { headers: { signature: undefined } });
      await desk.refused(heard, 401, 'signature_missing');
      mustEqual(heard.signed, 'unbound', 'the answer without a signature');
      must(Math.abs(heard.created - desk.seconds()) <= 5, `created ${heard.created}`);
      const stranger = { method: 'GET', target: '/v1/terminal-settings', headers: {}, body: '' };
      const { status, headers } = await carry(world.where.url, stranger);
      must(status >= 400, `a stranger was answered ${status}`);
      must(headers['signature'] === undefined, 'the answer to a stranger is signed');
      return 'unbound, and unsigned';
    },
  },
  {
    rule: 'R6',
    title: 'knows terminals with keys of P-256',
    run: async ({ desk }) => {
      const second = newKey('ecdsa-p256-sha256');
      const probe = new Probe(desk.where, second);
      const heard = await probe.enrol('2222-2222-2222');
      await probe.refused(heard, 422, 'enrolment_code_invalid');
      const wrong = await probe.enrol('2222-2222-2222', { key: newKey('ecdsa-p256-sha256') });
      await probe.refused(wrong, 401, 'signature_invalid');
      return 'its proof of possession was verified';
    },
  },
];

/** What every answer of the run must have been; looked at when everything was asked. */
export const answerChecks: readonly ServiceCheck[] = [
  {
    rule: 'R12',
    title: 'signs every answer, problems too, and binds it to its request',
    run: (world) => {
      const asked = world.heard().filter(({ askedReadably }) => askedReadably);
      const unsigned = asked.filter(({ signed }) => signed !== 'bound');
      const told = unsigned.map(({ request, status, signed }) => `${request} ${status}: ${signed}`);
      // Before the keys of the service are known, a refusal of an enrolment cannot be verified.
      const known = told.filter((line) => !line.includes('/v1/terminal-enrolments'));
      must(known.length === 0, known.slice(0, 3).join('; '));
      return Promise.resolve(`${asked.length} answers verify and are bound`);
    },
  },
];
