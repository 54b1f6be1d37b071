import { beforeEach, describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

type Item = { readonly name: string; readonly keys: readonly string[] };
type Call = { readonly names: string[]; answer(): void; fail(error: Error): void };

let calls: Call[];
let batcher: Batcher<Item, string>;

beforeEach(() => {
  calls = [];
  batcher = new Batcher<Item, string>(
    ({ keys }) => keys,
    (items) =>
      new Promise((resolve, reject) => {
        const names = items.map(({ name }) => name);
        calls.push({ names, answer: () => resolve(names.map((n) => `${n}!`)), fail: reject });
      }),
  );
});

const submit = (name: string, ...keys: string[]): Promise<string> => batcher.submit({ name, keys });
const sent = (): string[][] => calls.map(({ names }) => names);

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function answer(which: number): Promise<void> {
  calls[which]?.answer();
  await settle();
}

describe('the batcher', () => {
  it('sends a lone item at once, alone', async () => {
    const result = submit('a');
    await settle();
    expect(sent()).toEqual([['a']]);
    await answer(0);
    expect(await result).toBe('a!');
  });

  it('makes one batch of all that comes while another is on its way', async () => {
    const first = submit('a');
    await settle();
    const rest = [submit('b'), submit('c'), submit('d')];
    await settle();
    expect(sent()).toEqual([['a']]);
    await answer(0);
    expect(sent()).toEqual([['a'], ['b', 'c', 'd']]);
    await answer(1);
    expect(await Promise.all([first, ...rest])).toEqual(['a!', 'b!', 'c!', 'd!']);
  });

  it('lets no two items with a key in common share a batch, and keeps their order', async () => {
    const results = [submit('a1', 'A'), submit('b1', 'B'), submit('a2', 'A'), submit('a3', 'A')];
    await settle();
    expect(sent()).toEqual([['a1', 'b1']]);
    await answer(0);
    await answer(1);
    await answer(2);
    expect(sent()).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
    expect(await Promise.all(results)).toEqual(['a1!', 'b1!', 'a2!', 'a3!']);
  });

  it('lets nobody overtake an item that waits for a key', async () => {
    const results = [submit('a', 'A'), submit('ab', 'A', 'B'), submit('b', 'B'), submit('c', 'C')];
    await settle();
    expect(sent()).toEqual([['a', 'c']]);
    await answer(0);
    await answer(1);
    await answer(2);
    expect(sent()).toEqual([['a', 'c'], ['ab'], ['b']]);
    await Promise.all(results);
  });

  it('puts no more than 256 items into a batch', async () => {
    const results = Array.from({ length: 300 }, (_, i) => submit(String(i)));
    await settle();
    await answer(0);
    await answer(1);
    expect(sent().map((names) => names.length)).toEqual([256, 44]);
    expect((await Promise.all(results)).at(-1)).toBe('299!');
  });

  it("tries a failed batch item by item, so that one's error is only its own", async () => {
    const results = Promise.allSettled([submit('a'), submit('bad'), submit('c')]);
    await settle();
    calls[0]?.fail(new Error('one of you is wrong'));
    await settle();
    await answer(1);
    calls[2]?.fail(new Error('it is you'));
    await settle();
    await answer(3);
    expect(sent()).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
    expect(await results).toEqual([
      { status: 'fulfilled', value: 'a!' },
      { status: 'rejected', reason: new Error('it is you') },
      { status: 'fulfilled', value: 'c!' },
    ]);
  });

  it('asks a database that is away only once, and goes on when it is back', async () => {
    const results = Promise.allSettled([submit('a'), submit('b')]);
    await settle();
    calls[0]?.fail(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(sent()).toEqual([['a', 'b']]);
    const later = submit('c');
    await settle();
    await answer(1);
    expect(await later).toBe('c!');
  });

  it('with two lanes has two batches under way, and none with a key of the other', async () => {
    batcher = new Batcher<Item, string>(
      ({ keys }) => keys,
      (items, lane) =>
        new Promise((resolve, reject) => {
          const names = items.map(({ name }) => `${name} by ${lane}`);
          calls.push({ names, answer: () => resolve(names), fail: reject });
        }),
      2,
    );
    const results = [submit('a1', 'A')];
    await settle();
    results.push(submit('a2', 'A'), submit('b', 'B'));
    await settle();
    results.push(submit('c', 'C'));
    await settle();
    expect(sent()).toEqual([['a1 by 0'], ['b by 1']]);
    await answer(1);
    expect(sent().at(-1)).toEqual(['c by 1']);
    await answer(0);
    expect(sent().at(-1)).toEqual(['a2 by 0']);
    await answer(2);
    await answer(3);
    expect(await Promise.all(results)).toEqual(['a1 by 0', 'a2 by 0', 'b by 1', 'c by 1']);
  });

  it('divides what comes at once over the lanes that are free, when it is worth it', async () => {
    for (const [items, batches] of [
      [32, [32]],
      [64, [32, 32]],
      [700, [256, 256]],
    ] as const) {
      const sizes: number[] = [];
      const two = new Batcher<number, never>(
        () => [],
        (batch) => {
          sizes.push(batch.length);
          return new Promise(() => {});
        },
        2,
      );
      for (let i = 0; i < items; i += 1) void two.submit(i);
      await settle();
      expect(sizes).toEqual(batches);
    }
  });

  it('gives batches of one to whoever asks one after another', async () => {
    for (const [at, name] of ['a', 'b', 'c'].entries()) {
      const result = submit(name);
      await settle();
      await answer(at);
      expect(await result).toBe(`${name}!`);
    }
    expect(sent()).toEqual([['a'], ['b'], ['c']]);
  });

  it('answers each of several requests that are the same, and never two of them by one call', async () => {
    const results = [submit('a', 'A'), submit('a', 'A'), submit('a', 'A')];
    await settle();
    for (const at of [0, 1, 2]) await answer(at);
    expect(sent()).toEqual([['a'], ['a'], ['a']]);
    expect(await Promise.all(results)).toEqual(['a!', 'a!', 'a!']);
  });

  it('tries a failed batch again with the very items that failed, and lets others in afterwards', async () => {
    const items: Item[] = [];
    let isFirst = true;
    const failing = new Batcher<Item, string>(
      ({ keys }) => keys,
      (batch) => {
        items.push(...batch);
        const fails = isFirst;
        isFirst = false;
        return fails
          ? Promise.reject(new Error('not now'))
          : Promise.resolve(batch.map(({ name }) => name));
      },
    );
    const item = (name: string): Item => ({ name, keys: [name] });
    const [one, two, three] = [item('1'), item('2'), item('3')];
    const results = [failing.submit(one), failing.submit(two)];
    await Promise.resolve();
    results.push(failing.submit(three));
    expect(await Promise.all(results)).toEqual(['1', '2', '3']);
    expect(items.map((item) => [one, two, three].indexOf(item))).toEqual([0, 1, 0, 1, 2]);
  });

  it('sends in the order of arrival, however much comes after', async () => {
    const early = submit('early');
    await settle();
    const middle = Array.from({ length: 300 }, (_, i) => submit(`middle ${i}`));
    await answer(0);
    const late = Array.from({ length: 300 }, (_, i) => submit(`late ${i}`));
    await answer(1);
    await answer(2);
    await answer(3);
    const order = sent().flat();
    expect(order).toHaveLength(601);
    expect(order.lastIndexOf('middle 299')).toBeLessThan(order.indexOf('late 0'));
    await Promise.all([early, ...middle, ...late]);
  });

  it('lets an item that waits for a key keep nobody else waiting', async () => {
    const blocked = submit('a', 'A');
    await settle();
    const results = [submit('a again', 'A'), submit('b', 'B')];
    await answer(0);
    expect(sent()[1]).toEqual(['a again', 'b']);
    await answer(1);
    expect(await Promise.all([blocked, ...results])).toEqual(['a!', 'a again!', 'b!']);
  });

  it('asks no further when the database goes away while a failed batch is tried item by item', async () => {
    const results = Promise.allSettled([submit('a'), submit('b'), submit('c')]);
    await settle();
    calls[0]?.fail(new Error('somebody is wrong'));
    await settle();
    await answer(1);
    calls[2]?.fail(new Error('Connection terminated unexpectedly'));
    await settle();
    expect(sent()).toEqual([['a', 'b', 'c'], ['a'], ['b']]);
    expect((await results).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
  });
});
