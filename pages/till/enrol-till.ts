import {
  ENROLMENT_KEY_ID,
  toBase64Url,
  type EnrolmentAnswer,
  type EnrolmentRequest,
} from '@campus-paycode/terminal-protocol';
import { ask } from './ask.js';
import { TillChannel } from './till-channel.js';
import type { TillIdentity, TillStore } from './till-store.js';

export const SOFTWARE_VERSION = 'till 0.2';
const MODEL = 'browser till';

/**
 * Turns a one-time code into a till. The key is kept before it is sent, so that a lost answer is
 * asked for again with the same key. @throws {TerminalProblem} {NoAnswer}
 */
export async function enrolTill(
  store: TillStore,
  { serviceName, enrolmentCode }: { serviceName: string; enrolmentCode: string },
): Promise<void> {
  const kept = await store.read<TillIdentity>('identity');
  const keys = kept?.keyId === null ? kept.keys : await makeKeys();
  const draft = { keys, serviceName, keyId: null, settings: null, serviceKeys: [] };
  await store.write('identity', draft satisfies TillIdentity);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const request: EnrolmentRequest = {
    enrolmentCode,
    algorithm: 'ecdsa-p256-sha256',
    publicKey: toBase64Url(publicKey),
    model: MODEL,
    softwareVersion: SOFTWARE_VERSION,
  };
  const signer = { keyId: ENROLMENT_KEY_ID, privateKey: keys.privateKey, serviceName };
  const channel = new TillChannel(signer, { firstContact: true });
  const body = JSON.stringify(request);
  const target = '/v1/terminal-enrolments';
  const answer = await ask<EnrolmentAnswer>(channel, { method: 'POST', target, body });
  const { keyId, settings, serviceKeys } = answer;
  await store.write('identity', { ...draft, keyId, settings, serviceKeys } satisfies TillIdentity);
}

function makeKeys(): Promise<CryptoKeyPair> {
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.generateKey(kind, false, ['sign', 'verify']);
}
