import {
  newKeyProof,
  toBase64Url,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';
import { generateTerminalKey, terminalKeyFromPem } from './node-keys.js';
import type { IdentityFile } from './state-files.js';

/** A key that was made and may be the terminal's already: the answer is asked for again with the same one. */
export type NextKey = { readonly algorithm: SignatureAlgorithm; readonly privateKey: string };

export type Rotation = {
  /** Sends the request, and resolves with its answer or throws. */
  ask(body: string): Promise<{ readonly keyId: string }>;
  /** Resolves when the identity would survive a power cut. */
  keep(identity: IdentityFile): Promise<void>;
};

/**
 * Brings a new key by the rules R91 to R95 and resolves with who the terminal is from then on. The key is kept before it is
 * sent, and the old one goes on until the answer is kept too.
 */
export async function rotateKey(
  identity: IdentityFile,
  { ask, keep }: Rotation,
  made: (nextKey: NextKey) => void,
): Promise<NextKey & { readonly keyId: string }> {
  const { keyId, terminalId, serviceName } = identity;
  if (keyId === null || terminalId === null) throw new Error('the terminal is not enrolled yet');
  const kept = identity.nextKey ?? null;
  const key =
    kept === null
      ? generateTerminalKey(identity.algorithm)
      : terminalKeyFromPem(kept.algorithm, kept.privateKey);
  const { algorithm } = key;
  const nextKey = { algorithm, privateKey: key.toPem() };
  if (kept === null) {
    await keep({ ...identity, nextKey });
    made(nextKey);
  }
  const publicKey = toBase64Url(key.publicKey);
  const proof = key.sign(newKeyProof({ serviceName, terminalId, keyId, algorithm, publicKey }));
  const answer = await ask(JSON.stringify({ algorithm, publicKey, proof: toBase64Url(proof) }));
  await keep({ ...identity, ...nextKey, keyId: answer.keyId, nextKey: null });
  return { ...nextKey, keyId: answer.keyId };
}
