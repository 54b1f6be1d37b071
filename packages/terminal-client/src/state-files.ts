import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HotlistStore, KeptHotlist } from './hotlist-keeper.js';
import type {
  ServiceKey,
  SignatureAlgorithm,
  TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import type { NextKey } from './rotate-key.js';

/** The terminal's own files: who it is, and a mark that nobody else works in this folder. */

/** `keyId` is null until the service has answered the enrolment. */
export type IdentityFile = {
  readonly algorithm: SignatureAlgorithm;
  readonly privateKey: string;
  readonly serviceName: string;
  readonly keyId: string | null;
  readonly terminalId: string | null;
  readonly settings: TerminalSettings | null;
  readonly serviceKeys: readonly ServiceKey[];
  /** The key of a rotation whose answer has not been kept yet. */
  readonly nextKey?: NextKey | null;
};

const IDENTITY = 'terminal.json';
const HOTLIST = 'hotlist.json';
export const JOURNAL = 'journal.jsonl';
const LOCK = 'lock';

export async function readIdentity(stateDir: string): Promise<IdentityFile | null> {
  try {
    return JSON.parse(await readFile(join(stateDir, IDENTITY), 'utf8')) as IdentityFile;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function writeIdentity(stateDir: string, identity: IdentityFile): Promise<void> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify(identity, null, 2)}\n`;
  await replaceFile(join(stateDir, IDENTITY), Buffer.from(text, 'utf8'));
}

/** The hotlist of the terminal in that folder; a damaged file is none, and is fetched anew. */
export function hotlistFile(stateDir: string): HotlistStore {
  const path = join(stateDir, HOTLIST);
  return {
    read: async () => {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as KeptHotlist;
      } catch {
        return null;
      }
    },
    write: (list) => replaceFile(path, Buffer.from(JSON.stringify(list), 'utf8')),
  };
}

/** Old bytes or new ones, never half of them, also after a power cut. Mode 0600. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Some systems cannot synchronise a folder; there the rename itself has to do.
  }
}

/** Folders in use by this very process, where its own process id proves nothing. */
const held = new Set<string>();

/** Two clients on one journal would reuse sequences: the second one is turned away. */
export async function lockFolder(stateDir: string): Promise<() => Promise<void>> {
  const path = join(stateDir, LOCK);
  const owner = await readFile(path, 'utf8').then(Number, () => 0);
  if (held.has(path) || (owner !== process.pid && isRunning(owner))) {
    throw new Error(`${stateDir} is in use by process ${owner}`);
  }
  held.add(path);
  try {
    await replaceFile(path, Buffer.from(String(process.pid)));
  } catch (error) {
    held.delete(path);
    throw error;
  }
  return async () => {
    held.delete(path);
    await rm(path, { force: true });
  };
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
