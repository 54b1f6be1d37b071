import { describe, expect, it } from '@jest/globals';
import { FreshLook } from './fresh-look.js';

/** A table with one number in it, and looks that end when they are told to. */
function slowTable() {
  const table = { inside: 0, seen: -1, looks: 0 };
  const ends: ((error?: Error) => void)[] = [];
  const look = new FreshLook(() => {
    table.looks += 1;
    const read = table.inside;
    return new Promise((resolve, reject) => {
      ends.push((error) => {
        if (error !== undefined) return reject(error);
        table.seen = read;
        resolve();
      });
    });
  });
  const endNext = async (error?: Error) => {
    ends.shift()?.(error);
    await new Promise(setImmediate);
  };
  return { table, look, endNext };
}

describe('a fresh look', () => {
  it('sees what was written before it was asked for, though an older look is under way', async () => {
    const { table, look, endNext } = slowTable();
    const older = look.take();
    table.inside = 1;
    const fresh = look.take();
    await endNext();
    await older;
    expect(table.seen).toBe(0);
    await endNext();
    await fresh;
    expect(table.seen).toBe(1);
  });

  it('is shared by all who wait for the same one', async () => {
    const { table, look, endNext } = slowTable();
    const all = [look.take(), look.take(), look.take(), look.take()];
    await endNext();
    await endNext();
    await Promise.all(all);
    expect(table.looks).toBe(2);
  });

  it('follows one that failed', async () => {
    const { table, look, endNext } = slowTable();
    const failing = look.take().catch((error: Error) => error.message);
    const fresh = look.take();
    await endNext(new Error('weather'));
    expect(await failing).toBe('weather');
    await endNext();
    await fresh;
    expect(table.seen).toBe(0);
  });
});
