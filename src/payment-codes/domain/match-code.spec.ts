import { describe, expect, it } from '@jest/globals';
import {
  aliasOf,
  counterOf,
  mostTries,
  stepOf,
  type Hotp,
  type ParsedCode,
} from '@campus-paycode/paycode';
import { codeOf, indexOf, keysOf, phone } from '../../../test/support/given-index.js';
import type { AliasIndex } from './alias-index.js';
import { matchCode } from './match-code.js';
import { serviceHotp } from './primitives.js';

const now = stepOf(1_780_000_000);

/** Two whose aliases are the same in the step `now`: 249819988. */
const [twin, otherTwin] = [7_636, 27_732];

const whose = (index: AliasIndex, code: ParsedCode, step = now): bigint | undefined =>
  matchCode(index, code, step, serviceHotp)?.credential.id;

describe('matching a code', () => {
  it.each([30, 60, 600])(
    'finds who made it, in every slot of three steps, alias %s s',
    async (aliasSeconds) => {
      const index = await indexOf(now, [phone(1, { aliasSeconds }), phone(2, { aliasSeconds })]);
      for (const step of [now - 1, now, now + 1])
        for (const slot of [0, 1, 2, 3]) {
          const code = codeOf(2, step, { slot, aliasSeconds });
          const match = matchCode(index, code, now, serviceHotp);
          expect([match?.credential.id, match?.counter]).toEqual([2n, counterOf(step, slot)]);
        }
      for (const step of [now - 2, now + 2])
        expect(whose(index, codeOf(2, step, { aliasSeconds }))).toBeUndefined();
    },
  );

  it('says who it is: card, group, masked name and seed', async () => {
    const index = await indexOf(now, [phone(5, { generation: 3 })]);
    const match = matchCode(index, codeOf(5, now), now, serviceHotp);
    expect(match?.credential).toMatchObject({
      id: 5n,
      card: 1_005n,
      generation: 3,
      payer: '张*',
      group: 'student',
    });
  });

  it('finds phones of different alias periods side by side', async () => {
    const index = await indexOf(now, [phone(1), phone(2, { aliasSeconds: 600 })]);
    const codes = [codeOf(1, now), codeOf(2, now, { aliasSeconds: 600 })];
    expect(codes.map((code) => whose(index, code))).toEqual([1n, 2n]);
  });

  it('tells two phones with one alias apart by their passwords', async () => {
    const index = await indexOf(now, [phone(twin), phone(otherTwin)]);
    const codes = [codeOf(twin, now), codeOf(otherTwin, now)];
    expect(codes.map(({ alias }) => alias)).toEqual(['249819988', '249819988']);
    expect(index.candidates(30, now, '249819988')).toHaveLength(2);
    expect(codes.map((code) => whose(index, code))).toEqual([BigInt(twin), BigInt(otherTwin)]);
  });

  it('refuses a code that two phones may have made', async () => {
    const index = await indexOf(now, [phone(1), phone(2, { seed: 1 })]);
    expect(whose(index, codeOf(1, now))).toBeUndefined();
    index.remove(2n);
    expect(whose(index, codeOf(1, now))).toBe(1n);
  });

  it('refuses the right alias with a wrong password, and a password under an unknown alias', async () => {
    const index = await indexOf(now, [phone(1)]);
    const code = codeOf(1, now);
    const otherOtp = code.otp === '00000000' ? '00000001' : '00000000';
    expect(whose(index, { ...code, otp: otherOtp })).toBeUndefined();
    const otherAlias = aliasOf(keysOf(9).aliasKey, now, serviceHotp);
    expect(whose(index, { ...code, alias: otherAlias })).toBeUndefined();
  });

  it('tries as often for a hit as for a miss and an unknown alias (A20)', async () => {
    let tries = 0;
    const counting: Hotp = (...asked) => {
      tries += 1;
      return serviceHotp(...asked);
    };
    const index = await indexOf(now, [phone(1), phone(2, { aliasSeconds: 600 })]);
    const hit = codeOf(1, now);
    const counts = [
      hit,
      codeOf(2, now - 1, { slot: 3, aliasSeconds: 600 }),
      { ...hit, otp: '00000000' },
      { ...hit, alias: '000000000' },
    ].map((code) => {
      tries = 0;
      matchCode(index, code, now, counting);
      return tries;
    });
    expect(counts).toEqual(Array<number>(4).fill(mostTries(600)));
    expect([30, 60, 90, 600].map(mostTries)).toEqual([4, 8, 12, 12]);
  });
});
