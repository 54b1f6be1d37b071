import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import nacl from 'tweetnacl';
import { nobleHmac, nodeHmac } from '../vectors/implementations.js';
import { bytes, hex, vectors } from '../vectors/read-vectors.js';
import {
  counterOf,
  deriveKeys,
  firstSeed,
  hotpFrom,
  issuerMessage,
  makeCode,
  nextSeed,
  stepOf,
  syncProof,
} from './index.js';

const v = vectors.enrolment;
const randoms = { serverRandom: bytes(v.serverRandom), deviceRandom: bytes(v.deviceRandom) };
const message = {
  ...randoms,
  devicePublicKey: bytes(v.devicePublicKey),
  servicePublicKey: bytes(v.servicePublicKey),
  aliasPeriod: v.aliasPeriod,
};

describe('enrolment', () => {
  it('gives phone and service the same seed, though neither sends it', () => {
    const phone = nacl.scalarMult(bytes(v.devicePrivateKey), bytes(v.servicePublicKey));
    const service = nacl.scalarMult(bytes(v.servicePrivateKey), bytes(v.devicePublicKey));
    expect(hex(phone)).toBe(v.sharedSecret);
    expect(hex(service)).toBe(v.sharedSecret);
    const seed = firstSeed({ sharedSecret: phone, ...randoms }, nobleHmac);
    expect(hex(seed)).toBe(v.seed);
    expect(hex(firstSeed({ sharedSecret: service, ...randoms }, nodeHmac))).toBe(v.seed);
    const counter = counterOf(stepOf(1_780_000_000), 0);
    const input = { keys: deriveKeys(seed, nobleHmac), counter, aliasPeriod: v.aliasPeriod };
    expect(makeCode(input, hotpFrom(nobleHmac))).toBe(v.firstCode);
  });

  it('has the issuer sign exactly the bytes of the standard', () => {
    const signed = issuerMessage(message);
    expect(hex(signed)).toBe(v.issuerMessage);
    const signature = bytes(v.issuerSignature);
    const publicKey = bytes(v.issuerPublicKey);
    expect(nacl.sign.detached.verify(signed, signature, publicKey)).toBe(true);
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify(null, signed, key, signature)).toBe(true);
  });

  it('signs other bytes as soon as any part is another', () => {
    const other = new Uint8Array(32).fill(1);
    const parts = ['serverRandom', 'deviceRandom', 'devicePublicKey', 'servicePublicKey'] as const;
    const seen = new Set([v.issuerMessage, hex(issuerMessage({ ...message, aliasPeriod: 60 }))]);
    for (const part of parts) seen.add(hex(issuerMessage({ ...message, [part]: other })));
    expect(seen.size).toBe(6);
  });

  it('refuses a secret from a key of small order, and parts of a wrong length', () => {
    const sharedSecret = new Uint8Array(32);
    expect(() => firstSeed({ sharedSecret, ...randoms }, nodeHmac)).toThrow('small order');
    const short = { ...randoms, deviceRandom: new Uint8Array(16) };
    const secret = bytes(v.sharedSecret);
    expect(() => firstSeed({ sharedSecret: secret, ...short }, nodeHmac)).toThrow('32 bytes');
    expect(() => issuerMessage({ ...message, ...short })).toThrow('32 bytes');
  });
});

describe('the ratchet', () => {
  it.each(vectors.ratchet)('leads from generation $generation to the next', (vector) => {
    const { generation, nextGeneration } = vector;
    const seed = bytes(vector.seed);
    const deviceRandom = bytes(vector.deviceRandom);
    const input = { seed, serverRandom: bytes(vector.serverRandom), deviceRandom, nextGeneration };
    for (const hmac of [nobleHmac, nodeHmac]) {
      expect(hex(syncProof(seed, generation, deviceRandom, hmac))).toBe(vector.proof);
      expect(hex(nextSeed(input, hmac))).toBe(vector.nextSeed);
    }
  });

  it('begins with the enrolled seed and goes on from each to the next', () => {
    const chain = vectors.ratchet;
    expect(chain[0]?.seed).toBe(v.seed);
    for (const [index, link] of chain.entries()) {
      if (index > 0) expect(link.seed).toBe(chain[index - 1]?.nextSeed);
    }
  });

  it('makes no generation 0', () => {
    const input = { seed: bytes(v.seed), ...randoms, nextGeneration: 0 };
    expect(() => nextSeed(input, nodeHmac)).toThrow(RangeError);
  });
});
