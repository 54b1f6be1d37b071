import { aliasOf, stepOf } from '@campus-paycode/paycode';
import { describe, expect, it } from '@jest/globals';
import {
  between,
  codeOf,
  indexOf,
  keysOf,
  phone,
  StepwiseBuilder,
} from '../../../test/support/given-index.js';
import { AliasIndex } from './alias-index.js';
import { matchCode } from './match-code.js';
import { serviceHotp } from './primitives.js';

const now = stepOf(1_780_000_000);

const whose = (index: AliasIndex, seed: number, step: number): bigint | undefined =>
  matchCode(index, codeOf(seed, step), step, serviceHotp)?.credential.id;

/** In which of these epochs a seed is found. */
const epochsOf = (index: AliasIndex, seed: number, epochs: readonly number[]): number[] =>
  epochs.filter((epoch) => {
    const alias = aliasOf(keysOf(seed).aliasKey, epoch, serviceHotp);
    return index.candidates(30, epoch, alias).length > 0;
  });

const around = [now - 2, now - 1, now, now + 1, now + 2];

describe('the alias index', () => {
  it('finds everybody in the epoch before, the present one and the next', async () => {
    const index = await indexOf(now, [phone(1), phone(2)]);
    for (const id of [1, 2]) expect(epochsOf(index, id, around)).toEqual([now - 1, now, now + 1]);
    expect([index.covers(now), index.covers(now + 1)]).toEqual([true, false]);
  });

  it('moves on with the time, and back with a clock that was set back', async () => {
    const index = await indexOf(now, [phone(1)]);
    await index.advance(now + 1);
    expect(epochsOf(index, 1, around)).toEqual([now, now + 1, now + 2]);
    for (const step of [now + 1_000, now]) {
      await index.advance(step);
      expect([index.covers(step), whose(index, 1, step)]).toEqual([true, 1n]);
    }
  });

  it('finds whoever is put into epochs that stand already, and keeps everybody else', async () => {
    const index = await indexOf(now, [phone(1)]);
    await index.put([phone(3)]);
    await index.put([phone(4)]);
    for (const id of [1, 3, 4])
      expect(epochsOf(index, id, around)).toEqual([now - 1, now, now + 1]);
    await index.advance(now + 1);
    expect([1, 3, 4].map((id) => whose(index, id, now + 1))).toEqual([1n, 3n, 4n]);
  });

  it('forgets a phone that was removed, in every epoch, and only that one', async () => {
    const index = await indexOf(now, [phone(1), phone(2, { seed: 1 })]);
    index.remove(1n);
    index.remove(1n);
    expect(index.size).toBe(1);
    for (const epoch of [now - 1, now, now + 1]) {
      const alias = aliasOf(keysOf(1).aliasKey, epoch, serviceHotp);
      expect(index.candidates(30, epoch, alias).map(({ id }) => id)).toEqual([2n]);
    }
  });

  it('knows a phone that is put again by its new seed alone', async () => {
    const index = await indexOf(now, [phone(1)]);
    expect([index.has(phone(1)), index.has(phone(1, { seed: 77 }))]).toEqual([false, false]);
    const renewed = phone(1, { seed: 77 });
    await index.put([renewed]);
    expect([index.size, index.has(renewed)]).toEqual([1, true]);
    expect([whose(index, 1, now), whose(index, 77, now)]).toEqual([undefined, 1n]);
  });

  it('finds a phone between two seeds by either, and says by which', async () => {
    const [older, newer] = [phone(1), phone(1, { seed: 77, generation: 1 })];
    const index = await indexOf(now, [between(newer, older)]);
    const generations = [1, 77].map(
      (seed) => matchCode(index, codeOf(seed, now), now, serviceHotp)?.credential.generation,
    );
    expect(generations).toEqual([0, 1]);
    expect(index.generationsOf(1n)).toEqual([1, 0]);
    expect([index.has(between(newer, older)), index.has(newer)]).toEqual([true, false]);
    await index.put([newer]);
    expect([whose(index, 1, now), whose(index, 77, now)]).toEqual([undefined, 1n]);
  });

  it('says whose seed cannot be opened, and finds everybody else', async () => {
    const foreign = { ...phone(2), card: 7n };
    const [own] = phone(3).seeds;
    if (own === undefined) throw new Error('There is no seed.');
    const keyless = { ...phone(3), seeds: [{ ...own, wrappingKey: new Uint8Array(0) }] };
    const cutOff = { ...phone(5), seeds: [{ ...own, sealed: Uint8Array.of(120) }] };
    const index = new AliasIndex(new StepwiseBuilder());
    const phones = [phone(1), foreign, keyless, phone(4), cutOff];
    expect(await index.put(phones)).toEqual([2n, 3n, 5n]);
    await index.advance(now);
    const found = [1, 2, 3, 4, 5].map((id) => whose(index, id, now));
    expect(found).toEqual([1n, undefined, undefined, 4n, undefined]);
    expect(index.size).toBe(2);
  });

  it('moves a phone to its cardholder’s new group', async () => {
    const index = await indexOf(now, [phone(1)]);
    index.setGroup(1n, 'staff');
    const match = matchCode(index, codeOf(1, now), now, serviceHotp);
    expect(match?.credential.group).toBe('staff');
  });

  it('lets the first phone of another alias period hold up nobody', async () => {
    const builder = new StepwiseBuilder(false);
    const finish = (): void => {
      while (builder.goOn());
    };
    const index = new AliasIndex(builder);
    await index.put([phone(1)]);
    const first = index.advance(now);
    finish();
    await first;
    await index.put([phone(2, { aliasSeconds: 60 })]);
    const second = index.advance(now);
    expect([index.covers(now), Array.from(index.periods())]).toEqual([true, [30]]);
    finish();
    await second;
    expect(Array.from(index.periods())).toEqual([30, 60]);
  });
});

describe('building ahead', () => {
  it('needs nothing more when the next epoch begins', async () => {
    const builder = new StepwiseBuilder();
    const index = await indexOf(now, [phone(1)], builder);
    await index.prepare(now);
    expect(builder.built).toBe(4);
    expect(index.covers(now + 1)).toBe(true);
    await index.advance(now + 1);
    await index.prepare(now + 1);
    expect(builder.built).toBe(5);
    expect(whose(index, 1, now + 2)).toBe(1n);
  });

  it('goes on with whoever came and without whoever left, half-way through a table', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => phone(at + 1));
    const builder = new StepwiseBuilder(false);
    const index = new AliasIndex(builder);
    await index.put(many);
    const done = index.advance(now);
    builder.goOn();
    // The first was read before, and the last will be read after.
    index.remove(5n);
    index.remove(1_150n);
    await index.put([phone(9_000), phone(6, { seed: 9_006 }), phone(1_100, { seed: 9_300 })]);
    while (builder.goOn());
    await done;
    const found = [1, 5, 6, 1_100, 1_150, 1_200, 9_000, 9_006, 9_300];
    expect(found.map((seed) => whose(index, seed, now))).toEqual([
      1n,
      undefined,
      undefined,
      undefined,
      undefined,
      1_200n,
      9_000n,
      6n,
      1_100n,
    ]);
    // Twice found is still one: in the table and beside it.
    expect(index.candidates(30, now, codeOf(9_300, now).alias)).toHaveLength(1);
  });

  it('gives a place to another only when no table can name it any more', async () => {
    const index = await indexOf(now, [phone(1)]);
    const renew = async (step: number, seed: number): Promise<void> => {
      await index.put([phone(1, { seed })]);
      await index.advance(step);
      await index.prepare(step);
    };
    for (let round = 1; round <= 50; round += 1) {
      await renew(now + round, 10_000 + round);
      // Whoever had the alias before is not found under another's name.
      expect(whose(index, 10_000 + round - 1, now + round)).toBeUndefined();
      expect(
        index.candidates(30, now + round, codeOf(10_000 + round - 1, now + round).alias),
      ).toEqual([]);
      expect(whose(index, 10_000 + round, now + round)).toBe(1n);
    }
    expect(index.places).toBeLessThan(10);
  });

  it('orders a table again that could not be built', async () => {
    const builder = new StepwiseBuilder();
    const build = builder.build.bind(builder);
    const index = new AliasIndex(builder);
    await index.put([phone(1)]);
    builder.build = () => Promise.reject(new Error('It stopped.'));
    await expect(index.advance(now)).rejects.toThrow('It stopped.');
    builder.build = build;
    await index.advance(now);
    expect(whose(index, 1, now)).toBe(1n);
  });
});
