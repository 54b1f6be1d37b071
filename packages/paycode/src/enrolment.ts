import { ascii, assertLength, concat, u32, type HmacSha256 } from './bytes.js';
import { hkdf } from './hkdf.js';
import { assertAliasPeriod } from './time-step.js';

export const RANDOM_LENGTH = 32;
const X25519_LENGTH = 32;

export type FirstSeedInput = {
  /** X25519 of one side's ephemeral private key and the other's public key: 32 raw bytes. */
  readonly sharedSecret: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly deviceRandom: Uint8Array;
};

/**
 * The seed of generation 0, the same on both sides though it never travels. Refuses the all-zero
 * secret a small-order point produces (RFC 7748 section 6.1).
 */
export function firstSeed(input: FirstSeedInput, hmac: HmacSha256): Uint8Array {
  const { sharedSecret } = input;
  assertLength(sharedSecret, X25519_LENGTH, 'A shared secret');
  if (sharedSecret.every((byte) => byte === 0)) {
    throw new RangeError('The other side sent a key of small order.');
  }
  return hkdf({ secret: sharedSecret, salt: saltOf(input), info: ascii('cpc1/seed') }, hmac);
}

export type IssuerMessageInput = {
  readonly devicePublicKey: Uint8Array;
  readonly servicePublicKey: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly deviceRandom: Uint8Array;
  /** Seconds; it travels with the generation, so it is signed with it. */
  readonly aliasPeriod: number;
};

/**
 * The bytes the issuer's Ed25519 key, pinned in the phone's program, signs at enrolment. The phone's
 * own key and random are in it, so that no old answer fits a new enrolment.
 */
export function issuerMessage(input: IssuerMessageInput): Uint8Array {
  const { devicePublicKey, servicePublicKey, aliasPeriod } = input;
  assertLength(devicePublicKey, X25519_LENGTH, "The phone's public key");
  assertLength(servicePublicKey, X25519_LENGTH, "The service's public key");
  assertAliasPeriod(aliasPeriod);
  return concat(
    ascii('cpc1/issuer\0'),
    devicePublicKey,
    servicePublicKey,
    saltOf(input),
    u32(aliasPeriod),
  );
}

function saltOf(randoms: {
  readonly serverRandom: Uint8Array;
  readonly deviceRandom: Uint8Array;
}): Uint8Array {
  assertLength(randoms.serverRandom, RANDOM_LENGTH, "The service's random");
  assertLength(randoms.deviceRandom, RANDOM_LENGTH, "The phone's random");
  return concat(randoms.serverRandom, randoms.deviceRandom);
}
