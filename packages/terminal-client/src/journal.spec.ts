import { mkdtemp, rm, stat, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileJournalStore } from './file-journal-store.js';
import { MemoryJournalStore } from './journal-store.js';
import { Journal, JournalDamaged, decodeJournal } from './journal.js';
import { lockFolder } from './state-files.js';

type Line = { n: number; text?: string };

describe('a journal', () => {
  it('reads back what was written, and drops a torn end at any byte', async () => {
    const store = new MemoryJournalStore();
    const journal = new Journal<Line>(store, () => []);
    await journal.append({ n: 1, text: '张三' });
    const one = store.bytes.length;
    await journal.append({ n: 2 });
    expect(decodeJournal(store.bytes)).toEqual([{ n: 1, text: '张三' }, { n: 2 }]);
    for (let end = one; end < store.bytes.length; end += 1) {
      expect(decodeJournal(store.bytes.subarray(0, end))).toEqual([{ n: 1, text: '张三' }]);
    }
  });

  it('refuses a damaged line with a good one after it', async () => {
    const store = new MemoryJournalStore();
    const journal = new Journal<Line>(store, () => []);
    await journal.append({ n: 1 });
    await journal.append({ n: 2 });
    const damaged = Buffer.from(store.bytes);
    damaged[12] = 0x39;
    expect(() => decodeJournal(damaged)).toThrow(JournalDamaged);
  });

  it('writes what came together in one step, and shrinks to a snapshot', async () => {
    const store = new MemoryJournalStore();
    let total = 0;
    const journal = new Journal<Line>(store, () => [{ n: total }]);
    const steps: number[] = [];
    const append = store.append.bind(store);
    store.append = (bytes) => {
      steps.push(bytes.length);
      return append(bytes);
    };
    await Promise.all([1, 2, 3].map((n) => journal.append({ n })));
    expect(steps).toHaveLength(1);
    const text = 'x'.repeat(100_000);
    for (let n = 4; n < 12; n += 1) {
      total = n;
      await journal.append({ n, text });
    }
    expect(store.bytes.length).toBeLessThan(600_000);
    expect(decodeJournal<Line>(store.bytes)[0]?.n).toBeGreaterThan(3);
  });
});

describe('a journal on a full disk', () => {
  it('says so, and is whole again once there is room', async () => {
    const store = new MemoryJournalStore();
    const journal = new Journal<Line>(store, () => [{ n: 7 }]);
    const append = store.append.bind(store);
    store.append = async (bytes) => {
      await append(bytes.subarray(0, 5));
      throw new Error('no space');
    };
    await expect(journal.append({ n: 1 })).rejects.toThrow('no space');
    store.append = append;
    await journal.append({ n: 2 });
    await journal.append({ n: 3 });
    expect(decodeJournal(store.bytes)).toEqual([{ n: 7 }, { n: 3 }]);
  });
});

describe('a journal file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terminal '));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('can be read by nobody but its owner, and is replaced as a whole', async () => {
    const path = join(folder, 'journal.jsonl');
    const store = new FileJournalStore(path);
    expect(await store.read()).toHaveLength(0);
    await store.append(Buffer.from('one\n'));
    await store.append(Buffer.from('two\n'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await store.replace(Buffer.from('three\n'));
    await store.append(Buffer.from('four\n'));
    await store.close();
    expect(await readFile(path, 'utf8')).toBe('three\nfour\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('belongs to one process at a time, and to nobody after a kill', async () => {
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow('in use');
    await unlock();
    await writeFile(join(folder, 'lock'), '4194304999');
    const again = await lockFolder(folder);
    await again();
    await writeFile(join(folder, 'lock'), String(process.ppid));
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.ppid}`);
  });
});
