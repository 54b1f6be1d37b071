import { describe, expect, it } from '@jest/globals';
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import { firstSeed, issuerMessage } from '@campus-paycode/paycode';
import { toBase64Url } from '@campus-paycode/terminal-protocol';
import { agreeOnSeed, deviceName, makePhoneKeys } from './bind-phone.js';
import { hmacSha256 } from './credential.js';
import { linkIn } from './bind-view.js';

const X25519_SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const rawKey = (key: ReturnType<typeof createPublicKey>): Uint8Array =>
  new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32));

/** The service's half, by another library than the phone's. */
function serviceHalf(keys: ReturnType<typeof makePhoneKeys>) {
  const service = generateKeyPairSync('x25519');
  const issuer = generateKeyPairSync('ed25519');
  const serverRandom = new Uint8Array(32).fill(7);
  const message = issuerMessage({
    devicePublicKey: keys.publicKey,
    servicePublicKey: rawKey(service.publicKey),
    serverRandom,
    deviceRandom: keys.random,
    aliasPeriod: 30,
  });
  const devicePublic = Buffer.concat([X25519_SPKI, keys.publicKey]);
  const publicKey = createPublicKey({ key: devicePublic, type: 'spki', format: 'der' });
  const sharedSecret = diffieHellman({ privateKey: service.privateKey, publicKey });
  const answer = {
    credentialId: '1',
    cardNumber: '10001',
    servicePublicKey: toBase64Url(rawKey(service.publicKey)),
    serverRandom: toBase64Url(serverRandom),
    issuerKeyId: 'i-1',
    signature: toBase64Url(
      sign(
        null,
        message,
        createPrivateKey(issuer.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      ),
    ),
    aliasSeconds: 30,
    prefix: '97',
    usableUntil: '2026-12-06T00:00:00Z',
    serverTime: '2026-11-22T00:00:00Z',
  };
  const issuerKeys = [{ keyId: 'i-1', publicKey: toBase64Url(rawKey(issuer.publicKey)) }];
  const seed = firstSeed({ sharedSecret, serverRandom, deviceRandom: keys.random }, hmacSha256);
  return { answer, issuerKeys, seed };
}

describe('binding a phone', () => {
  it('agrees with the service on a seed that did not travel', () => {
    const keys = makePhoneKeys();
    const { answer, issuerKeys, seed } = serviceHalf(keys);
    expect(agreeOnSeed(keys, answer, issuerKeys)).toEqual(new Uint8Array(seed));
  });

  it('refuses a service that the issuer did not sign for', () => {
    const keys = makePhoneKeys();
    const { answer } = serviceHalf(keys);
    const { issuerKeys } = serviceHalf(keys);
    expect(() => agreeOnSeed(keys, answer, issuerKeys)).toThrow('issuer_unproven');
  });

  it('refuses an answer that was made for another phone', () => {
    const { answer, issuerKeys } = serviceHalf(makePhoneKeys());
    expect(() => agreeOnSeed(makePhoneKeys(), answer, issuerKeys)).toThrow('issuer_unproven');
  });

  it('names the phone as its owner would', () => {
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe('iPhone');
    expect(deviceName('Mozilla/5.0 (Linux; Android 14)')).toBe('Android');
  });

  it('reads one-time links and nothing that only looks like one', () => {
    const token = 'a'.repeat(43);
    expect(linkIn(`#enrol=${token}`)).toEqual({ purpose: 'enrolment', token });
    expect(linkIn(`#enrolment=${token}`)).toEqual({ purpose: 'enrolment', token });
    expect(linkIn(`#sign-in=${token}`)).toEqual({ purpose: 'sign-in', token });
    expect([linkIn(''), linkIn('#enrol='), linkIn(`#other=${token}`)]).toEqual([null, null, null]);
  });
});
