import { crc32 } from 'node:zlib';
import type { JournalStore } from './journal-store.js';

/** Rewritten as one snapshot when it has grown beyond this. */
const COMPACT_BYTES = 512 * 1024;

export class JournalDamaged extends Error {}

/**
 * An append-only file of JSON lines, each behind the CRC-32 of its text. What is appended in one
 * turn of the event loop reaches the disk in one synchronisation.
 */
export class Journal<Entry> {
  private pending: string[] = [];
  private waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  private writing: Promise<void> | null = null;
  private size = 0;

  /** `snapshot` gives the entries that say the same as all appended so far. */
  constructor(
    private readonly store: JournalStore,
    private readonly snapshot: () => readonly Entry[],
  ) {}

  /** Resolves when the entry would survive a power cut. */
  append(entry: Entry): Promise<void> {
    this.pending.push(encode(entry));
    const done = new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
    });
    this.writing ??= this.flush();
    return done;
  }

  /** Rewrites the journal, which also drops a torn last line. */
  async compact(): Promise<void> {
    const text = this.snapshot().map(encode).join('');
    this.size = text.length;
    await this.store.replace(Buffer.from(text, 'utf8'));
  }

  async close(): Promise<void> {
    await this.writing;
    await this.store.close();
  }

  private async flush(): Promise<void> {
    await Promise.resolve();
    while (this.pending.length > 0) {
      const text = this.pending.join('');
      const waiting = this.waiting;
      this.pending = [];
      this.waiting = [];
      try {
        // The snapshot is taken before anything else can be appended, so it covers `text`.
        if (this.size + text.length > COMPACT_BYTES) await this.compact();
        else await this.store.append(Buffer.from(text, 'utf8'));
        this.size += text.length;
        for (const { resolve } of waiting) resolve();
      } catch (error) {
        // Half of it may have been written: the next entry replaces the whole file.
        this.size = COMPACT_BYTES;
        for (const { reject } of waiting) reject(error);
      }
    }
    this.writing = null;
  }
}

function encode(entry: unknown): string {
  const json = JSON.stringify(entry);
  return `${checksum(json)} ${json}\n`;
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}

/**
 * The entries of a journal. A torn end is what a power cut leaves and is dropped: nothing was sent
 * on its strength. Throws JournalDamaged for a bad line with a good one after it.
 */
export function decodeJournal<Entry>(bytes: Uint8Array): Entry[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const entries: Entry[] = [];
  let firstBad = -1;
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const json = line.slice(9);
    // The last piece has no line end after it: it is torn, whatever it says.
    const whole = index < lines.length - 1 && line === `${checksum(json)} ${json}`;
    if (!whole) firstBad = firstBad < 0 ? index : firstBad;
    else if (firstBad >= 0) throw new JournalDamaged(`journal line ${firstBad + 1} is damaged`);
    else entries.push(JSON.parse(json) as Entry);
  }
  return entries;
}
