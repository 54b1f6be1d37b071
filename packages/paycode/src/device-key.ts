import { ascii, assertLength, concat } from './bytes.js';
import {
  isStrictPoint,
  PUBLIC_KEY_LENGTH,
  verifyStrictly,
  type SignEd25519,
  type VerifyEd25519,
} from './ed25519.js';

/** Random bytes that the service gives out for one request, and takes once. */
export const CHALLENGE_LENGTH = 32;

export type DeviceKeyRequest = {
  readonly challenge: Uint8Array;
  /** The phone's new Ed25519 public key. */
  readonly deviceKey: Uint8Array;
};

/** The bytes a phone signs with a new key, before the issuer certifies it. */
export function deviceKeyMessage({ challenge, deviceKey }: DeviceKeyRequest): Uint8Array {
  assertLength(challenge, CHALLENGE_LENGTH, 'A challenge');
  assertLength(deviceKey, PUBLIC_KEY_LENGTH, 'A public key');
  return concat(ascii('cpc1/enrol\0'), challenge, deviceKey);
}

/** The phone's proof that it holds the private half of `deviceKey`: 64 bytes. */
export function proveDeviceKey(request: DeviceKeyRequest, sign: SignEd25519): Uint8Array {
  return sign(deviceKeyMessage(request));
}

/**
 * Whether the issuer may certify the key: nobody gets another's key certified, nor one of small
 * order, under which anything is signed.
 */
export function isProvenDeviceKey(
  request: DeviceKeyRequest & { readonly proof: Uint8Array },
  verify: VerifyEd25519,
): boolean {
  const { challenge, deviceKey: publicKey, proof: signature } = request;
  if (challenge.length !== CHALLENGE_LENGTH || !isStrictPoint(publicKey)) return false;
  const message = deviceKeyMessage(request);
  return verifyStrictly({ publicKey, message, signature }, verify);
}
