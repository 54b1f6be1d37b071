import { sha256, verifyEd25519 } from './node-keys.js';
import type { SignedChannel } from './signed-channel.js';

/** Who signs records without a network: always by the key that the channel signs with now. */
export const signerOf = (terminalId: string, signed: SignedChannel) => ({
  terminalId,
  get keyId(): string {
    return signed.keyId;
  },
  sha256,
  sign: (bytes: Uint8Array) => signed.key.sign(bytes),
  verify: verifyEd25519,
});
