import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { AppConfig } from './app-config.js';

/** The keys that live outside the database, so that a dump of it can make no code and sign no answer. */
export type KeyRing = {
  /** Signs answers to terminals. */
  readonly answerKey: SigningKey;
  /** Signs what a phone checks at enrolment; its public half is pinned in the app. */
  readonly issuerKey: SigningKey;
  /** Signs tickets for meters that have no network; meters hold its public half. */
  readonly ticketKey: SigningKey;
  /** Under it rest the numbers of plastic cards, so that nobody guesses them from a dump. */
  readonly plasticKey: { readonly id: string; readonly secret: Buffer };
  /** Wrap secrets at rest (AES-256-GCM), by id; `currentWrappingKey` wraps new ones. Both follow the file. */
  readonly wrappingKeys: ReadonlyMap<string, Buffer>;
  readonly currentWrappingKey: string;
};

export type SigningKey = {
  readonly id: string;
  readonly privateKey: KeyObject;
  /** Raw 32 bytes of the Ed25519 public key. */
  readonly publicKey: Buffer;
};

type KeysFile = {
  answerKey: { id: string; pkcs8: string };
  issuerKey: { id: string; pkcs8: string };
  /** Files that were made before there were tickets have none. */
  ticketKey?: { id: string; pkcs8: string };
  /** Nor have files that were made before plastic cards had a key. */
  plasticKey?: { id: string; secret: string };
  wrappingKeys: Record<string, string>;
  currentWrappingKey: string;
};

export class MissingKeysError extends Error {}

const newEd25519 = (): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64');

/** Makes every key anew. @throws when the file is there already: keys are never overwritten. */
export function makeKeysFile(file: string): void {
  const keys: KeysFile = {
    answerKey: { id: 's-1', pkcs8: newEd25519() },
    issuerKey: { id: 'i-1', pkcs8: newEd25519() },
    ticketKey: { id: 'k-1', pkcs8: newEd25519() },
    plasticKey: { id: 'p-1', secret: randomBytes(32).toString('base64') },
    wrappingKeys: { 'w-1': randomBytes(32).toString('base64') },
    currentWrappingKey: 'w-1',
  };
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // `wx`: two processes that start together must not each make their own keys.
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

function signingKey(stored: { id: string; pkcs8: string }): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.from(stored.pkcs8, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  return { id: stored.id, privateKey, publicKey: Buffer.from(String(jwk.x), 'base64url') };
}

/** What a PKCS #8 file of an Ed25519 key says before its 32 bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Where the file lacks a key, it follows from the issuer key, so that every process that reads the file has the same one,
 * and nobody has to write to it at a start.
 */
function deriveKey({ pkcs8 }: { pkcs8: string }, purpose: string): Buffer {
  const seed = Buffer.from(pkcs8, 'base64').subarray(-32);
  return Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(32), `cpc1/${purpose}`, 32));
}

function ticketKeyOf({ ticketKey, issuerKey }: KeysFile): SigningKey {
  if (ticketKey !== undefined) return signingKey(ticketKey);
  const derived = deriveKey(issuerKey, 'ticket-key');
  return signingKey({
    id: 'k-0',
    pkcs8: Buffer.concat([pkcs8Head, derived]).toString('base64'),
  });
}

function plasticKeyOf({ plasticKey, issuerKey }: KeysFile): KeyRing['plasticKey'] {
  return plasticKey === undefined
    ? { id: 'p-0', secret: deriveKey(issuerKey, 'plastic-key') }
    : { id: plasticKey.id, secret: Buffer.from(plasticKey.secret, 'base64') };
}

/** A wrapping key that the file got after it was read is there as soon as somebody needs it. */
class WrappingKeys extends Map<string, Buffer> {
  private current = '';
  private version = '';

  constructor(private readonly file: string) {
    super();
    this.follow();
  }

  override get(id: string): Buffer | undefined {
    if (!super.has(id)) this.follow();
    return super.get(id);
  }

  currentId(): string {
    this.follow();
    return this.current;
  }

  /** Keys are only ever added: one that is gone from the file is still in use here. */
  private follow(): void {
    const stat = statSync(this.file, { throwIfNoEntry: this.size === 0 });
    // A file that was taken away changes nothing for who has read it.
    if (stat === undefined) return;
    const version = `${stat.ino} ${stat.mtimeMs}`;
    if (version === this.version) return;
    const { wrappingKeys, currentWrappingKey } = readKeys(this.file);
    for (const [id, key] of Object.entries(wrappingKeys)) this.set(id, Buffer.from(key, 'base64'));
    if (wrappingKeys[currentWrappingKey] === undefined)
      throw new MissingKeysError(
        'The keys file names a current wrapping key that it does not hold.',
      );
    this.current = currentWrappingKey;
    this.version = version;
  }
}

const readKeys = (file: string): KeysFile => JSON.parse(readFileSync(file, 'utf8')) as KeysFile;

/** Whoever reads the file meanwhile finds the old one or the new one, and so does a start after a crash. */
function replaceKeys(file: string, keys: KeysFile): void {
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify(keys, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

const numberOf = (id: string): number => Number(/^w-(\d+)$/.exec(id)?.[1] ?? 0);

const newestOf = (keys: KeysFile): string =>
  Object.keys(keys.wrappingKeys).reduce((one, other) =>
    numberOf(other) > numberOf(one) ? other : one,
  );

/** Adds a wrapping key that wraps nothing yet. @returns its id. */
export function addWrappingKey(file: string): string {
  const keys = readKeys(file);
  const id = `w-${numberOf(newestOf(keys)) + 1}`;
  replaceKeys(file, {
    ...keys,
    wrappingKeys: { ...keys.wrappingKeys, [id]: randomBytes(32).toString('base64') },
  });
  return id;
}

/** From now on the newest wrapping key wraps what is new. @returns its id, and whether it did before. */
export function useNewestWrappingKey(file: string): { id: string; wasCurrent: boolean } {
  const keys = readKeys(file);
  const id = newestOf(keys);
  const wasCurrent = keys.currentWrappingKey === id;
  if (!wasCurrent) replaceKeys(file, { ...keys, currentWrappingKey: id });
  return { id, wasCurrent };
}

/**
 * Reads the keys; a demo makes them on its first start.
 * @throws {MissingKeysError} outside a demo when there is no file: codes could be neither made nor checked.
 */
export function openKeyRing(config: AppConfig): KeyRing {
  const { keysFile } = config;
  if (statSync(keysFile, { throwIfNoEntry: false }) === undefined) {
    if (!config.isDemo)
      throw new MissingKeysError(
        `There is no keys file at ${keysFile}. Set KEYS_FILE to where the service's keys are kept.`,
      );
    try {
      makeKeysFile(keysFile);
    } catch (race) {
      if ((race as NodeJS.ErrnoException).code !== 'EEXIST') throw race;
    }
  }
  const file = readKeys(keysFile);
  const wrappingKeys = new WrappingKeys(keysFile);
  return {
    answerKey: signingKey(file.answerKey),
    issuerKey: signingKey(file.issuerKey),
    ticketKey: ticketKeyOf(file),
    plasticKey: plasticKeyOf(file),
    wrappingKeys,
    get currentWrappingKey() {
      return wrappingKeys.currentId();
    },
  };
}

/**
 * Nothing that rests sealed may be out of reach: better no start than codes that nobody can check.
 * @throws {MissingKeysError} naming the keys that rows ask for and the file does not hold.
 */
export function requireWrappingKeys(keys: KeyRing, needed: readonly string[]): void {
  const missing = needed.filter((id) => keys.wrappingKeys.get(id) === undefined);
  if (missing.length > 0)
    throw new MissingKeysError(
      `The keys file lacks ${missing.join(', ')}, which the database has rows sealed under. Bring the file back that holds it.`,
    );
}
