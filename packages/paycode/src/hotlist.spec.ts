import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeSigner, nodeVerify } from '../vectors/implementations.js';
import { hotlistVectors, trust, type ListVector } from '../vectors/read-signed.js';
import { bytes, hex } from '../vectors/read-vectors.js';
import {
  applyHotlist,
  EMPTY_HOTLIST,
  hotlistAge,
  isHotlisted,
  makeHotlist,
  MOST_HOTLISTED,
  readHotlistUpdate,
  type Hotlist,
} from './index.js';

const { scheme, issuerKeys } = hotlistVectors;
const list = (vector: ListVector): Hotlist => ({
  ...vector,
  references: vector.references.map(bytes),
});
const seedOf = (id: number): Uint8Array =>
  bytes(issuerKeys.find((key) => key.id === id)?.privateKey ?? '');

describe('the vectors', () => {
  it.each(hotlistVectors.made)('are made: $why', ({ issuerKeyId, before, after, bytes: whole }) => {
    const input = { ...list(after), before: list(before), issuerKeyId, scheme };
    expect(hex(makeHotlist(input, nodeSigner(seedOf(issuerKeyId))))).toBe(whole);
  });

  it.each(hotlistVectors.applied)('are taken or refused: $why', (vector) => {
    const answer = applyHotlist(list(vector.current), bytes(vector.bytes), trust, nodeVerify);
    if ('refusal' in vector) expect(answer).toEqual({ ok: false, refusal: vector.refusal });
    else expect(answer).toEqual({ ok: true, hotlist: list(vector.after) });
  });
});

describe('a hotlist', () => {
  const sign = nodeSigner(seedOf(1));
  const madeAt = 1_780_000_000;
  const reference = fc.uint8Array({ minLength: 8, maxLength: 8 });
  const references = fc.uniqueArray(reference, { maxLength: 40, selector: hex });

  it('is the same by deltas and as a whole, and exact', () => {
    fc.assert(
      fc.property(
        fc.array(references, { minLength: 1, maxLength: 6 }),
        reference,
        (lists, other) => {
          let held: Hotlist = EMPTY_HOTLIST;
          let published: Hotlist = EMPTY_HOTLIST;
          for (const [index, listed] of lists.entries()) {
            const next = { number: index + 1, madeAt: madeAt + index, references: listed };
            const input = { ...next, before: published, issuerKeyId: 1, scheme };
            const delta = applyHotlist(held, makeHotlist(input, sign), trust, nodeVerify);
            const fresh = makeHotlist({ ...input, before: EMPTY_HOTLIST }, sign);
            const whole = applyHotlist(EMPTY_HOTLIST, fresh, trust, nodeVerify);
            expect(delta).toEqual(whole);
            if (!delta.ok) throw new Error(delta.refusal);
            held = published = delta.hotlist;
            for (const each of listed) expect(isHotlisted(held, each)).toBe(true);
            expect(isHotlisted(held, other)).toBe(listed.some((each) => hex(each) === hex(other)));
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is refused with any one of its bits flipped', () => {
    const vector = hotlistVectors.applied.find((each) => each.why.startsWith('a delta over'));
    if (vector === undefined) throw new Error('The vector is missing.');
    const genuine = bytes(vector.bytes);
    const current = list(vector.current);
    expect(applyHotlist(current, genuine, trust, nodeVerify).ok).toBe(true);
    for (let bit = 0; bit < genuine.length * 8; bit += 1) {
      const flipped = genuine.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([bit, applyHotlist(current, flipped, trust, nodeVerify).ok]).toEqual([bit, false]);
    }
  });

  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const headed = Uint8Array.from([0xd1, ...noise]);
        expect(readHotlistUpdate(headed)).toBeUndefined();
      }),
    );
  });

  it('is as old as its making, not its arrival', () => {
    for (const { madeAt: made, now, age } of hotlistVectors.ages) {
      expect([now, hotlistAge({ ...EMPTY_HOTLIST, madeAt: made }, now)]).toEqual([now, age]);
    }
  });

  it('is not made with a number that does not rise, a reference twice, or too many', () => {
    const one = new Uint8Array(8);
    const input = { number: 1, madeAt, references: [one], before: EMPTY_HOTLIST, issuerKeyId: 1 };
    const make = (change: object): Uint8Array => makeHotlist({ ...input, scheme, ...change }, sign);
    expect(make({})).toHaveLength(100);
    expect(() => make({ number: 0 })).toThrow('higher number');
    expect(() => make({ references: [one, one] })).toThrow('once');
    expect(() => make({ references: [one.slice(1)] })).toThrow('8 bytes');
    const many = Array.from({ length: MOST_HOTLISTED + 1 }, () => one);
    expect(() => make({ references: many })).toThrow('full');
  });
});
