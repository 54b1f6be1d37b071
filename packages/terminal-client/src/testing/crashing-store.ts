import { MemoryJournalStore } from '../journal-store.js';

/** Lets `writes` writes through; the next one tears and the process is as good as dead. */
export class CrashingStore extends MemoryJournalStore {
  constructor(
    private writes: number,
    private readonly tornBytes: number,
  ) {
    super();
  }

  override append(bytes: Uint8Array): Promise<void> {
    this.writes -= 1;
    if (this.writes >= 0) return super.append(bytes);
    if (this.writes === -1)
      this.bytes = Buffer.concat([this.bytes, bytes.subarray(0, this.tornBytes)]);
    return new Promise(() => {});
  }
}
