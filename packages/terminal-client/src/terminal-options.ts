import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerminalSettings } from '@campus-paycode/terminal-protocol';
import { FileJournalStore } from './file-journal-store.js';
import { ForgetfulJournalStore, type JournalStore } from './journal-store.js';
import { JOURNAL, hotlistFile, lockFolder } from './state-files.js';
import type { HotlistStore, KeptHotlist } from './hotlist-keeper.js';
import type { Transport } from './http-transport.js';
import type { IdentityFile } from './state-files.js';
import type { Surroundings } from './surroundings.js';
import type { TerminalEvent } from './terminal-events.js';

/** A terminal that the service knows. */
export type Enrolled = IdentityFile & {
  readonly terminalId: string;
  readonly keyId: string;
  readonly settings: TerminalSettings;
};

export type TerminalClientOptions = {
  /** Where the service, or a proxy before it, is reached; without a path. */
  readonly baseUrl: string;
  readonly stateDir: string | null;
  /** `memory` forgets open sales at a crash: for simulations only. */
  readonly durability?: 'fsync' | 'memory';
  readonly onEvent?: (event: TerminalEvent) => void;
  readonly transport?: Transport;
  readonly surroundings?: Surroundings;
  readonly journal?: JournalStore;
};

export async function lock(stateDir: string): Promise<() => Promise<void>> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  return lockFolder(stateDir);
}

export function storeFor({ journal, durability, stateDir }: TerminalClientOptions): JournalStore {
  if (journal !== undefined) return journal;
  if (durability === 'memory' || stateDir === null) return new ForgetfulJournalStore();
  return new FileJournalStore(join(stateDir, JOURNAL));
}

/** Without a folder the list lives as long as the program. */
export function hotlistStoreFor({ stateDir }: TerminalClientOptions): HotlistStore {
  if (stateDir !== null) return hotlistFile(stateDir);
  let kept: KeptHotlist | null = null;
  return {
    read: () => Promise.resolve(kept),
    write: (list) => {
      kept = list;
      return Promise.resolve();
    },
  };
}
