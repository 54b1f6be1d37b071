import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AppConfig } from './app-config.js';

/** The keys that live outside the database, so that a dump of it can make no code and sign no answer. */
export type KeyRing = {
  /** Signs answers to terminals. */
  readonly answerKey: SigningKey;
  /** Signs what a phone checks at enrolment; its public half is pinned in the app. */
  readonly issuerKey: SigningKey;
  /** Wrap seeds at rest (AES-256-GCM), by id; `currentWrappingKey` wraps new ones. */
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

/**
 * Reads the keys; a demo makes them on its first start.
 * @throws {MissingKeysError} outside a demo when there is no file: codes could be neither made nor checked.
 */
export function openKeyRing(config: AppConfig): KeyRing {
  let text: string;
  try {
    text = readFileSync(config.keysFile, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (!config.isDemo)
      throw new MissingKeysError(
        `There is no keys file at ${config.keysFile}. Set KEYS_FILE to where the service's keys are kept.`,
      );
    try {
      makeKeysFile(config.keysFile);
    } catch (race) {
      if ((race as NodeJS.ErrnoException).code !== 'EEXIST') throw race;
    }
    text = readFileSync(config.keysFile, 'utf8');
  }
  const file = JSON.parse(text) as KeysFile;
  const wrappingKeys = new Map(
    Object.entries(file.wrappingKeys).map(([id, key]) => [id, Buffer.from(key, 'base64')]),
  );
  if (!wrappingKeys.has(file.currentWrappingKey))
    throw new MissingKeysError('The keys file names a current wrapping key that it does not hold.');
  return {
    answerKey: signingKey(file.answerKey),
    issuerKey: signingKey(file.issuerKey),
    wrappingKeys,
    currentWrappingKey: file.currentWrappingKey,
  };
}
