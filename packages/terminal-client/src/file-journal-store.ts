import { open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile, syncFolder } from './state-files.js';
import type { JournalStore } from './journal-store.js';

/** A journal in one file that only its owner may read, synchronised to disk at every step. */
export class FileJournalStore implements JournalStore {
  private handle: FileHandle | null = null;

  constructor(private readonly path: string) {}

  async read(): Promise<Uint8Array> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Uint8Array();
      throw error;
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    const isNew = this.handle === null;
    this.handle ??= await open(this.path, 'a', 0o600);
    await this.handle.appendFile(bytes);
    await this.handle.datasync();
    if (isNew) await syncFolder(dirname(this.path));
  }

  async replace(bytes: Uint8Array): Promise<void> {
    await this.close();
    await replaceFile(this.path, bytes);
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = null;
  }
}
