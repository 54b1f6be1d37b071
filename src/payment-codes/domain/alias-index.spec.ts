import { aliasOf } from '@campus-paycode/paycode';
import { describe, expect, it } from '@jest/globals';
import { AliasIndex, type IndexedCredential } from './alias-index.js';
import { serviceHotp } from './primitives.js';

const aliasSeconds = 30;

const credential = (id: number): IndexedCredential => ({
  id: BigInt(id),
  card: BigInt(id),
  generation: 0,
  keys: { aliasKey: new Uint8Array(32).fill(id), otpKey: new Uint8Array(32).fill(id + 100) },
  aliasSeconds,
  payer: `${id}`,
});

function indexOf(...ids: number[]) {
  const index = new AliasIndex(serviceHotp);
  for (const id of ids) index.put(BigInt(id), [credential(id)], 1000);
  const finds = (id: number, epoch: number) => {
    const alias = aliasOf(credential(id).keys.aliasKey, epoch, serviceHotp);
    return index.candidates(aliasSeconds, epoch, alias).some((found) => found.id === BigInt(id));
  };
  return { index, finds };
}

describe('the index of aliases', () => {
  it('finds everybody in the epoch before, the present one and the next', () => {
    const { index, finds } = indexOf(1, 2);
    for (const epoch of [999, 1000, 1001]) {
      expect([finds(1, epoch), finds(2, epoch)]).toEqual([true, true]);
    }
    expect([finds(1, 998), finds(1, 1002)]).toEqual([false, false]);
    expect([index.covers(1000), index.covers(1001)]).toEqual([true, false]);
  });

  it('moves on with the time', () => {
    const { index, finds } = indexOf(1, 2);
    index.advance(1001);
    expect([finds(1, 999), finds(1, 1002), finds(2, 1002)]).toEqual([false, true, true]);
  });

  it('keeps everybody when the first of a new step is a newcomer', () => {
    const { index, finds } = indexOf(1, 2);
    index.put(3n, [credential(3)], 1001);
    index.advance(1001);
    expect([finds(1, 1002), finds(2, 1002), finds(3, 1002)]).toEqual([true, true, true]);
  });

  it('forgets who is removed, in every epoch', () => {
    const { index, finds } = indexOf(1, 2);
    index.remove(1n);
    expect([999, 1000, 1001].some((epoch) => finds(1, epoch))).toBe(false);
    expect(finds(2, 1001)).toBe(true);
    index.advance(1001);
    expect(finds(1, 1002)).toBe(false);
  });
});
