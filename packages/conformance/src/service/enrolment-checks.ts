import { newKeyProof, toBase64Url } from '@campus-paycode/terminal-protocol';
import { must, mustEqual } from '../check.js';
import { mustSay, newKey, Probe, type Heard } from './probe.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

const enrolments = '/v1/terminal-enrolments';
const enrolled = { keyId: 'enrolment' } as const;

function bringKey({ desk }: ServiceWorld, key: ReturnType<typeof newKey>): Promise<Heard> {
  const { algorithm } = key;
  const publicKey = toBase64Url(key.publicKey);
  const { serviceName } = desk.where;
  const { id: terminalId, keyId } = desk;
  const proof = newKeyProof({ serviceName, terminalId, keyId, algorithm, publicKey });
  const signed = toBase64Url(key.sign(proof));
  return desk.send(
    'POST',
    '/v1/terminal-keys',
    JSON.stringify({ algorithm, publicKey, proof: signed }),
  );
}

/** Section 3, as long as the keys of the enrolment are those that sign. */
export const enrolmentChecks: readonly ServiceCheck[] = [
  {
    rule: 'R15',
    title: 'takes an enrolment code in any case and without hyphens, and only what proves its key',
    run: async (world) => {
      const { probe, code } = world.withCode('entered');
      const again = await probe.send(
        'POST',
        enrolments,
        probe.enrolment(code.toLowerCase().replaceAll('-', '')),
        enrolled,
      );
      mustEqual(again.status, 201, 'the same code in lower case');
      const stolen = probe.send('POST', enrolments, probe.enrolment(code), {
        ...enrolled,
        key: newKey(),
      });
      await probe.refused(stolen, 401, 'signature_invalid');
      const long = probe.enrolment(code, { model: 'x'.repeat(61) });
      await probe.refused(probe.send('POST', enrolments, long, enrolled), 400, 'malformed_request');
      return 'one code, one key, at most 60 characters';
    },
  },
  {
    rule: 'R16',
    title: 'answers the same key again as before, and another key never',
    run: async (world) => {
      const { probe, code } = world.withCode('entered');
      const again = await probe.send('POST', enrolments, probe.enrolment(code), enrolled);
      mustEqual(again.status, 201, 'asked again');
      mustSay(again, { terminalId: probe.id, keyId: probe.keyId });
      const thief = new Probe(world.where);
      await thief.refused(thief.enrol(code), 422, 'enrolment_code_invalid');
      return `${probe.keyId} again, and enrolment_code_invalid`;
    },
  },
  {
    rule: 'R17',
    title: 'tells a terminal all of its settings',
    run: async ({ desk }) => {
      const settings = await desk.fetchSettings();
      const { name, place, merchant, serverTime, currency, serviceName, serviceKeys } = settings;
      const texts = [name, place.name, merchant.name].flatMap(({ zh, en }) => [zh, en]);
      must(
        texts.every((text) => text.length > 0),
        'a name is missing in a language',
      );
      must(/^\d{4}-\d\d-\d\dT.*Z$/.test(serverTime), serverTime);
      must(/^[A-Z]{3}$/.test(currency), currency);
      mustEqual(serviceName, desk.where.serviceName, 'the service name');
      must(serviceKeys.length > 0, 'no key of the service');
      must(/^\d{2}$/.test(settings.codePrefix), settings.codePrefix);
      must(['canteen', 'gym', 'dorm'].includes(settings.kind), settings.kind);
      return `${settings.code} at ${place.name.en}`;
    },
  },
  {
    rule: 'R18',
    title: 'lets the tariff decide who says the amount',
    run: async (world) => {
      const { desk } = world;
      const code = await world.code();
      await desk.refused(desk.post(desk.draft(code)), 422, 'amount_required');
      const { tariff } = desk.settings ?? {};
      const most = tariff?.type === 'entered' ? tariff.maximum : 0;
      const above = desk.post(desk.draft(code, most + 1));
      await desk.refused(above, 422, 'amount_out_of_range');
      const fixed = world.terminal('fixed');
      await fixed.refused(fixed.post(fixed.draft(code, 300)), 422, 'amount_not_allowed');
      const metered = world.terminal('metered');
      await metered.refused(metered.post(metered.draft(code, 300)), 422, 'amount_not_allowed');
      return 'entered needs one up to the maximum, fixed and metered take none';
    },
  },
  {
    rule: 'R19',
    title: 'lists the key that signs, and says by the version whether the settings changed',
    run: async ({ desk }) => {
      const beat = JSON.stringify({ softwareVersion: '1', queuedReversals: 0 });
      const [one, two] = [
        await desk.send('POST', '/v1/terminal-heartbeats', beat),
        await desk.send('POST', '/v1/terminal-heartbeats', beat),
      ];
      mustEqual(two.body['settingsVersion'], one.body['settingsVersion'], 'settingsVersion');
      must(typeof one.body['settingsVersion'] === 'string', one.text);
      return `settings version ${String(one.body['settingsVersion'])}`;
    },
  },
  {
    rule: 'R21',
    title: 'tells the right time to whoever has the wrong one, and hears it then',
    run: async ({ desk }) => {
      const off = await desk.send('GET', '/v1/terminal-settings', '', { created: 1 });
      await desk.refused(off, 401, 'clock_off');
      mustEqual([off.signed, off.body['retryable']], ['bound', true], 'clock_off');
      const { created } = off;
      const heard = await desk.send('GET', '/v1/terminal-settings', '', { created });
      mustEqual(heard.status, 200, 'under the time of that answer');
      return 'clock_off is bound and carries the time';
    },
  },
];

/** Section 3, "A new key": after these the first key of the desk is no key any more. */
export const keyChecks: readonly ServiceCheck[] = [
  {
    rule: 'R92',
    title: 'takes a new key only with its own proof',
    run: async (world) => {
      const { desk } = world;
      const fresh = newKey();
      const forged = { ...fresh, sign: (bytes: Uint8Array) => newKey().sign(bytes) };
      await desk.refused(bringKey(world, forged), 422, 'key_proof_invalid');
      await desk.refused(bringKey(world, desk.key), 422, 'public_key_invalid');
      return 'key_proof_invalid and public_key_invalid';
    },
  },
  {
    rule: 'R93',
    title: 'gives the same key the same name again, and keeps at most two',
    run: async (world) => {
      const { desk } = world;
      const first = newKey();
      const one = await bringKey(world, first);
      mustEqual(one.status, 200, 'a new key');
      const again = await bringKey(world, first);
      mustEqual(again.body['keyId'], one.body['keyId'], 'asked again');
      const other = await bringKey(world, newKey());
      mustEqual(other.status, 200, 'another one instead');
      const replaced = desk.send('GET', '/v1/terminal-settings', '', {
        key: first,
        keyId: String(one.body['keyId']),
      });
      const { status } = await replaced;
      must(status === 401 || status === 403, `the key that was replaced: ${status}`);
      return 'the one that was not worked with is gone';
    },
  },
  {
    rule: 'R91',
    title: 'hears a terminal under the new key that it brought',
    run: async (world) => {
      const { desk } = world;
      const key = newKey('ecdsa-p256-sha256');
      const { body } = await bringKey(world, key);
      const under = { key, keyId: String(body['keyId']) };
      const both = [
        await desk.send('GET', '/v1/terminal-settings', '', under),
        await desk.send('GET', '/v1/terminal-settings'),
      ];
      mustEqual(
        both.map(({ status }) => status),
        [200, 200],
        'the new key and the old one',
      );
      return 'both keys are heard';
    },
  },
  {
    rule: 'R94',
    title: 'retires the old key with the first heartbeat under the new one',
    run: async (world) => {
      const { desk } = world;
      const key = newKey();
      const { body } = await bringKey(world, key);
      const under = { key, keyId: String(body['keyId']) };
      const beat = JSON.stringify({ softwareVersion: '1', queuedReversals: 0 });
      const alive = await desk.send('POST', '/v1/terminal-heartbeats', beat, under);
      mustEqual(alive.status, 200, 'the heartbeat under the new key');
      const old = desk.send('GET', '/v1/terminal-settings');
      await desk.refused(old, 403, 'terminal_revoked');
      desk.key = key;
      desk.keyId = under.keyId;
      return 'terminal_revoked under the old one';
    },
  },
];
