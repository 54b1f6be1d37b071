import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, stat, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

const newline = 0x0a;
/** A line is about 500 bytes. */
const tailBytes = 16 * 1024;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Lines outside the database, one after the other, on the disk before anybody relies on them. */
export class AnchorFile {
  constructor(readonly path: string) {}

  async exists(): Promise<boolean> {
    return stat(this.path).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  /** All lines from the start, or from a byte where one begins. What has no newline was never written. */
  async *lines(from = 0): AsyncGenerator<string> {
    if (!(await this.exists())) return;
    const whole = await this.wholeBytes();
    if (whole <= from) return;
    const input = createReadStream(this.path, { start: from, end: whole - 1 });
    yield* createInterface({ input, crlfDelay: Infinity });
  }

  /** The last line; undefined when there is none. */
  async last(): Promise<string | undefined> {
    if (!(await this.exists())) return undefined;
    const file = await open(this.path, 'r');
    try {
      const tail = await readTail(file, await wholeBytesOf(file));
      return tail.toString('utf8').split('\n').at(-2);
    } finally {
      await file.close();
    }
  }

  /** Writes one more line through to the disk. A line that a crash cut short is taken away first. */
  async append(line: string): Promise<void> {
    const folder = path.dirname(this.path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const isNew = !(await this.exists());
    const file = await open(this.path, isNew ? 'wx+' : 'r+', 0o600);
    try {
      const end = await wholeBytesOf(file);
      await file.truncate(end);
      const bytes = Buffer.from(`${line}\n`);
      await file.write(bytes, 0, bytes.length, end);
      await file.sync();
    } finally {
      await file.close();
    }
    if (isNew) await syncFolder(folder);
  }

  /** How many bytes of the file were sent on, as `noteSent` kept it beside the file; a new file begins at zero. */
  async sentBytes(): Promise<number> {
    try {
      const sent = Number(await readFile(`${this.path}.sent`, 'utf8'));
      return sent <= (await stat(this.path)).size ? sent : 0;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }

  async noteSent(bytes: number): Promise<void> {
    await writeFile(`${this.path}.sent.new`, `${bytes}\n`, { mode: 0o600 });
    await rename(`${this.path}.sent.new`, `${this.path}.sent`);
  }

  private async wholeBytes(): Promise<number> {
    const file = await open(this.path, 'r');
    try {
      return await wholeBytesOf(file);
    } finally {
      await file.close();
    }
  }
}

/** Up to and including the last newline. */
async function wholeBytesOf(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const tail = await readTail(file, size);
  const at = tail.lastIndexOf(newline);
  if (at === -1 && size > tail.length)
    throw new Error('The file of anchors ends in something that is no line.');
  return size - tail.length + at + 1;
}

async function readTail(file: FileHandle, end: number): Promise<Buffer> {
  const length = Math.min(end, tailBytes);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, end - length);
  return buffer;
}

/** A new file's name must be on the disk as well. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows cannot do that to a folder.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    await handle.close();
  }
}
