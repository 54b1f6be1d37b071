import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export type LineLogOptions = {
  /** Without a path the log lives in memory only. */
  path?: string | undefined;
  /** With sync, `flushed()` waits for fsync: what was answered survives a power cut. */
  sync: boolean;
};

/** An append-only file of JSON lines; writes that arrive together share one fsync. */
export class LineLog<Item> {
  private waiting: string[] = [];
  private flushing: Promise<void> | undefined;

  private constructor(
    private readonly file: FileHandle | undefined,
    private readonly sync: boolean,
  ) {}

  static async open<Item>(
    options: LineLogOptions,
  ): Promise<{ log: LineLog<Item>; records: Item[] }> {
    if (options.path === undefined) {
      return { log: new LineLog<Item>(undefined, false), records: [] };
    }
    await mkdir(dirname(options.path), { recursive: true });
    const records = await readLines<Item>(options.path);
    const file = await open(options.path, 'a', 0o600);
    return { log: new LineLog<Item>(file, options.sync), records };
  }

  append(record: Item): void {
    if (this.file) this.waiting.push(`${JSON.stringify(record)}\n`);
  }

  /** Resolves when everything appended before this call is written (and synced, if asked for). */
  async flushed(): Promise<void> {
    while (this.flushing || this.waiting.length > 0) {
      this.flushing ??= this.flush().finally(() => (this.flushing = undefined));
      await this.flushing;
    }
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.file?.close();
  }

  private async flush(): Promise<void> {
    const lines = this.waiting.join('');
    this.waiting = [];
    await this.file?.appendFile(lines);
    if (this.sync) await this.file?.datasync();
  }
}

/** A crash can tear the last line only, and a torn line was never acknowledged: it is cut off. */
async function readLines<Item>(path: string): Promise<Item[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Item);
}
