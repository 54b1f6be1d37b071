import { describe, expect, it } from '@jest/globals';
import {
  aliasOf,
  counterOf,
  deriveKeys,
  makeCode,
  mostTries,
  parseCode,
  stepOf,
  type CodeKeys,
  type Hotp,
  type ParsedCode,
} from '@campus-paycode/paycode';
import { AliasIndex, type IndexedCredential } from './alias-index.js';
import { matchCode } from './match-code.js';
import { serviceHmac, serviceHotp } from './primitives.js';

const now = stepOf(1_780_000_000);

const keysOf = (seed: number): CodeKeys => deriveKeys(new Uint8Array(32).fill(seed), serviceHmac);

const credential = (id: number, aliasSeconds = 30, keys = keysOf(id)): IndexedCredential => ({
  id: BigInt(id),
  card: BigInt(id + 1_000),
  generation: 0,
  keys,
  aliasSeconds,
  payer: '张*',
});

function indexOf(...credentials: IndexedCredential[]): AliasIndex {
  const index = new AliasIndex(serviceHotp);
  for (const each of credentials) index.put(each.id, [each], now);
  return index;
}

function codeOf({ keys, aliasSeconds }: IndexedCredential, step: number, slot = 0): ParsedCode {
  const input = { keys, counter: counterOf(step, slot), aliasPeriod: aliasSeconds };
  const parsed = parseCode(makeCode(input, serviceHotp));
  if (!parsed.ok) throw new Error('The code is none.');
  return parsed;
}

const whose = (index: AliasIndex, code: ParsedCode, step = now): bigint | undefined =>
  matchCode(index, code, step, serviceHotp)?.credential.id;

describe('matching a code', () => {
  it.each([30, 60, 600])(
    'finds who made it, in every slot of three steps, alias %s s',
    (period) => {
      const [one, two] = [credential(1, period), credential(2, period)];
      const index = indexOf(one, two);
      for (const step of [now - 1, now, now + 1])
        for (const slot of [0, 1, 2, 3]) {
          const match = matchCode(index, codeOf(two, step, slot), now, serviceHotp);
          expect([match?.credential.id, match?.counter]).toEqual([2n, counterOf(step, slot)]);
        }
      for (const step of [now - 2, now + 2])
        expect(whose(index, codeOf(two, step))).toBeUndefined();
    },
  );

  it('finds phones of different alias periods side by side', () => {
    const [one, two] = [credential(1, 30), credential(2, 600)];
    const index = indexOf(one, two);
    expect([whose(index, codeOf(one, now)), whose(index, codeOf(two, now))]).toEqual([1n, 2n]);
  });

  it('tells two phones with one alias apart by their passwords', () => {
    const one = credential(1);
    const two = credential(2, 30, { aliasKey: one.keys.aliasKey, otpKey: keysOf(2).otpKey });
    const index = indexOf(one, two);
    expect(index.candidates(30, now, codeOf(one, now).alias)).toHaveLength(2);
    expect([whose(index, codeOf(one, now)), whose(index, codeOf(two, now))]).toEqual([1n, 2n]);
  });

  it('refuses a code that two phones may have made', () => {
    const [one, twin] = [credential(1), credential(2, 30, keysOf(1))];
    const index = indexOf(one, twin);
    expect(whose(index, codeOf(one, now))).toBeUndefined();
    index.remove(2n);
    expect(whose(index, codeOf(one, now))).toBe(1n);
  });

  it('refuses the right alias with a wrong password, and a password under an unknown alias', () => {
    const one = credential(1);
    const index = indexOf(one);
    const code = codeOf(one, now);
    const otherOtp = code.otp === '00000000' ? '00000001' : '00000000';
    expect(whose(index, { ...code, otp: otherOtp })).toBeUndefined();
    const otherAlias = aliasOf(keysOf(9).aliasKey, now, serviceHotp);
    expect(whose(index, { ...code, alias: otherAlias })).toBeUndefined();
  });

  it('tries as often for a hit as for a miss and an unknown alias', () => {
    let tries = 0;
    const counting: Hotp = (...asked) => {
      tries += 1;
      return serviceHotp(...asked);
    };
    const one = credential(1);
    const two = credential(2, 600);
    const index = indexOf(one, two);
    const hit = codeOf(one, now);
    const counts = [
      [index, hit],
      [index, codeOf(two, now - 1, 3)],
      [index, { ...hit, otp: '00000000' }],
      [index, { ...hit, alias: '000000000' }],
    ].map(([where, code]) => {
      tries = 0;
      matchCode(where as AliasIndex, code as ParsedCode, now, counting);
      return tries;
    });
    expect(counts).toEqual(Array<number>(4).fill(mostTries(600)));
    expect([30, 60, 90, 600].map(mostTries)).toEqual([4, 8, 12, 12]);
  });
});

describe('the alias index', () => {
  it('holds the epoch before, this one and the next, and forgets the rest as time goes on', () => {
    const one = credential(1);
    const index = indexOf(one);
    const has = (epoch: number): boolean =>
      index.candidates(30, epoch, aliasOf(one.keys.aliasKey, epoch, serviceHotp)).length === 1;
    expect([now - 2, now - 1, now, now + 1, now + 2].map(has)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([index.covers(now), index.covers(now + 1)]).toEqual([true, false]);
    index.advance(now + 1);
    expect([now - 1, now, now + 1, now + 2].map(has)).toEqual([false, true, true, true]);
    expect(index.covers(now + 1)).toBe(true);
    expect(whose(index, codeOf(one, now + 2), now + 1)).toBe(1n);
    index.advance(now + 1_000);
    expect(whose(index, codeOf(one, now + 1_000), now + 1_000)).toBe(1n);
  });

  it('follows a clock that was set back', () => {
    const one = credential(1);
    const index = indexOf(one);
    index.advance(now + 1_000);
    index.advance(now);
    expect(whose(index, codeOf(one, now))).toBe(1n);
  });

  it('forgets a phone that was removed, in every epoch, and only that one', () => {
    const [one, two] = [credential(1), credential(2, 30, keysOf(1))];
    const index = indexOf(one, two);
    index.remove(1n);
    index.remove(1n);
    expect(index.size).toBe(1);
    for (const epoch of [now - 1, now, now + 1]) {
      const alias = aliasOf(one.keys.aliasKey, epoch, serviceHotp);
      expect(index.candidates(30, epoch, alias).map(({ id }) => id)).toEqual([2n]);
    }
  });

  it('knows a phone that is added again by its new seed alone', () => {
    const old = credential(1);
    const index = indexOf(old);
    const renewed = credential(1, 60, keysOf(77));
    index.put(renewed.id, [renewed], now);
    expect(index.size).toBe(1);
    expect(whose(index, codeOf(old, now))).toBeUndefined();
    expect(whose(index, codeOf(renewed, now))).toBe(1n);
  });

  it('finds a phone between two seeds by either, and says by which', () => {
    const [before, after] = [credential(1), { ...credential(1, 60, keysOf(77)), generation: 1 }];
    const index = new AliasIndex(serviceHotp);
    index.put(1n, [after, before], now);
    for (const each of [before, after]) {
      const match = matchCode(index, codeOf(each, now), now, serviceHotp);
      expect(match?.credential.generation).toBe(each.generation);
    }
    expect(index.generationsOf(1n)).toEqual([1, 0]);
    index.put(1n, [after], now);
    expect([whose(index, codeOf(before, now)), whose(index, codeOf(after, now))]).toEqual([
      undefined,
      1n,
    ]);
  });

  it('takes in a phone that was added while time stood at another step', () => {
    const index = indexOf(credential(1));
    index.advance(now + 5);
    const late = credential(2);
    index.put(late.id, [late], now + 5);
    index.advance(now + 6);
    expect(whose(index, codeOf(late, now + 6), now + 6)).toBe(2n);
  });

  it('builds the epoch after next in slices, with whoever came and without whoever left meanwhile', () => {
    let made = 0;
    const index = new AliasIndex((...asked) => {
      made += 1;
      return serviceHotp(...asked);
    });
    const put = (one: IndexedCredential): void => index.put(one.id, [one], now);
    for (let id = 1; id <= 5; id += 1) put(credential(id));
    made = 0;
    expect([index.prepare(now, 2), made]).toEqual([true, 2]);
    put(credential(6));
    index.remove(1n);
    index.remove(5n);
    put(credential(2, 30, keysOf(99)));
    while (index.prepare(now, 2));
    expect(index.prepare(now, 2)).toBe(false);
    made = 0;
    index.advance(now + 1);
    expect(made).toBe(0);
    const there = (keys: CodeKeys): number =>
      index.candidates(30, now + 2, aliasOf(keys.aliasKey, now + 2, serviceHotp)).length;
    expect([1, 2, 3, 4, 5, 6, 99].map((id) => there(keysOf(id)))).toEqual([0, 0, 1, 1, 0, 1, 1]);
    // It goes on from epoch to epoch, and starts again after a jump of the clock.
    expect(index.prepare(now + 1, 1)).toBe(true);
    index.advance(now + 50);
    while (index.prepare(now + 50, 1));
    index.advance(now + 51);
    expect(whose(index, codeOf(credential(3), now + 51), now + 51)).toBe(3n);
  });
});
