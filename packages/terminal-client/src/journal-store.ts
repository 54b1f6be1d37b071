/** Where a journal's bytes live. What `append` and `replace` resolved for survives a power cut. */
export interface JournalStore {
  read(): Promise<Uint8Array>;
  append(bytes: Uint8Array): Promise<void>;
  /** All or nothing: a crash leaves either the old bytes or the new ones. */
  replace(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Keeps a journal in memory: for simulations and tests, never for money. */
export class MemoryJournalStore implements JournalStore {
  constructor(public bytes: Uint8Array = new Uint8Array()) {}

  read(): Promise<Uint8Array> {
    return Promise.resolve(this.bytes);
  }

  append(bytes: Uint8Array): Promise<void> {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    return Promise.resolve();
  }

  replace(bytes: Uint8Array): Promise<void> {
    this.bytes = bytes;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Remembers nothing, so that a long simulation does not pay for a journal it never reads. */
export class ForgetfulJournalStore implements JournalStore {
  read(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array());
  }

  append(): Promise<void> {
    return Promise.resolve();
  }

  replace(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
