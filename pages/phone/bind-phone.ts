import nacl from 'tweetnacl';
import { firstSeed, issuerMessage, RANDOM_LENGTH } from '@campus-paycode/paycode';
import { fromBase64Url, toBase64Url } from '@campus-paycode/terminal-protocol';
import { call, Refused } from '../shared/call.js';
import { clockOffsetOf, hmacSha256, type Credential } from './credential.js';
import type { PhoneEnrolment, PhoneSettings } from './contract.js';

export type PhoneKeys = {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
  readonly random: Uint8Array;
};

export function makePhoneKeys(): PhoneKeys {
  return { ...nacl.box.keyPair(), random: nacl.randomBytes(RANDOM_LENGTH) };
}

/** Redeems a one-time link and agrees on a seed that never travels. @throws {Refused} */
export async function bindPhone(token: string): Promise<Credential> {
  const { issuerKeys } = await call<PhoneSettings>('GET', '/v1/phone-settings');
  const keys = makePhoneKeys();
  const askedAt = Date.now();
  const answer = await call<PhoneEnrolment>('POST', '/v1/phone-enrolments', {
    token,
    devicePublicKey: toBase64Url(keys.publicKey),
    deviceRandom: toBase64Url(keys.random),
    deviceName: deviceName(navigator.userAgent),
  });
  const heardAt = Date.now();
  return {
    credentialId: answer.credentialId,
    cardNumber: answer.cardNumber,
    seed: toBase64Url(agreeOnSeed(keys, answer, issuerKeys)),
    generation: 0,
    before: null,
    asked: null,
    aliasSeconds: answer.aliasSeconds,
    prefix: answer.prefix,
    usableUntil: answer.usableUntil,
    clockOffset: clockOffsetOf(answer.serverTime, { askedAt, heardAt }),
    lastShown: null,
  };
}

/** The seed, once the issuer's signature over the service's half has been checked. @throws {Refused} */
export function agreeOnSeed(
  keys: PhoneKeys,
  answer: PhoneEnrolment,
  issuerKeys: PhoneSettings['issuerKeys'],
): Uint8Array {
  const servicePublicKey = bytesOf(answer.servicePublicKey);
  const serverRandom = bytesOf(answer.serverRandom);
  const signed = issuerMessage({
    devicePublicKey: keys.publicKey,
    servicePublicKey,
    serverRandom,
    deviceRandom: keys.random,
    aliasPeriod: answer.aliasSeconds,
  });
  const issuer = issuerKeys.find(({ keyId }) => keyId === answer.issuerKeyId);
  if (issuer === undefined || !verifies(signed, answer.signature, issuer.publicKey)) {
    throw unproven();
  }
  const sharedSecret = nacl.scalarMult(keys.secretKey, servicePublicKey);
  return firstSeed({ sharedSecret, serverRandom, deviceRandom: keys.random }, hmacSha256);
}

function verifies(message: Uint8Array, signature: string, publicKey: string): boolean {
  const [proof, key] = [bytesOf(signature), bytesOf(publicKey)];
  if (proof.length !== nacl.sign.signatureLength) return false;
  if (key.length !== nacl.sign.publicKeyLength) return false;
  return nacl.sign.detached.verify(message, proof, key);
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw unproven();
  return bytes;
}

function unproven(): Refused {
  return new Refused('issuer_unproven', {
    zh: '无法确认对方是校园卡系统，未绑定。请换一个网络，再向学校要一个新链接',
    en: 'This service could not prove itself; nothing was bound. Change networks and ask for a new link.',
  });
}

/** What the cardholder will recognise in a list of phones: `iPhone`, `Android`, `Windows`. */
export function deviceName(userAgent: string): string {
  const known = ['iPhone', 'iPad', 'HarmonyOS', 'Android', 'Windows', 'Macintosh', 'Linux'];
  return known.find((name) => userAgent.includes(name)) ?? 'Browser';
}
