import { describe, expect, it } from '@jest/globals';
import { ed25519s, naclVerify, nodeVerify } from '../vectors/implementations.js';
import { ed25519Vectors } from '../vectors/read-signed.js';
import { bytes } from '../vectors/read-vectors.js';
import { isStrictPoint, verifyStrictly } from './index.js';

const { cases, smallOrder } = ed25519Vectors;

describe.each(ed25519s)('Ed25519 of the standard, around %s', (_name, verify, _signer) => {
  it.each(cases)('says $accepted to $why', ({ publicKey, message, signature, accepted }) => {
    const signed = {
      publicKey: bytes(publicKey),
      message: bytes(message),
      signature: bytes(signature),
    };
    expect(verifyStrictly(signed, verify)).toBe(accepted);
  });
});

describe('the checks around the library', () => {
  it('are needed: libraries alone take what the standard refuses, and differ', () => {
    const taken = (verify: typeof nodeVerify, vectors: typeof cases): string[] =>
      vectors
        .filter(({ publicKey, signature }) => publicKey.length === 64 && signature.length === 128)
        .filter(({ publicKey, message, signature }) =>
          verify(bytes(publicKey), bytes(message), bytes(signature)),
        )
        .map(({ why }) => why);
    const refused = cases.filter(({ accepted }) => !accepted);
    const byNode = taken(nodeVerify, refused);
    expect(byNode.length).toBeGreaterThan(5);
    const universal = 'the identity as A: one signature for every message';
    expect(byNode.filter((why) => why === universal)).toHaveLength(2);
    expect(byNode).not.toContain('S + L');
    const plusOrder = refused.filter(({ why }) => why === 'S + L');
    expect(taken(naclVerify, plusOrder)).toEqual(['S + L']);
  });

  it('refuse nothing that a library refuses for the equation alone', () => {
    for (const { why, accepted, equationHolds } of cases) {
      if (accepted) expect([why, equationHolds]).toEqual([why, true]);
    }
  });

  it('know all eight points of small order, and nothing of another length', () => {
    expect(new Set(smallOrder).size).toBe(8);
    for (const point of smallOrder) {
      expect([point, isStrictPoint(bytes(point))]).toEqual([point, false]);
    }
    expect(isStrictPoint(new Uint8Array(31).fill(9))).toBe(false);
    expect(isStrictPoint(new Uint8Array(32).fill(9))).toBe(true);
  });

  it('leave what they look at as it was, also in bytes of Node', () => {
    const key = Buffer.alloc(32, 0xff);
    isStrictPoint(key);
    expect(key).toEqual(Buffer.alloc(32, 0xff));
  });

  it('draw the line at the prime', () => {
    const withLast = (last: number): Uint8Array =>
      bytes(`${last.toString(16)}${'ff'.repeat(30)}7f`);
    expect(isStrictPoint(withLast(0xeb))).toBe(true);
    for (let last = 0xec; last <= 0xff; last += 1)
      expect(isStrictPoint(withLast(last))).toBe(false);
  });
});
