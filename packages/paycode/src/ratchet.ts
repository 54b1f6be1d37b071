import { ascii, assertLength, concat, u32, type HmacSha256 } from './bytes.js';
import { RANDOM_LENGTH } from './enrolment.js';
import { hkdf } from './hkdf.js';
import { deriveSyncKey, SEED_LENGTH } from './keys.js';

export type NextSeedInput = {
  readonly seed: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly deviceRandom: Uint8Array;
  /** The generation that is made: one above that of `seed`. */
  readonly nextGeneration: number;
};

/** The seed of the next generation. One way: a seed tells nothing about those before it. */
export function nextSeed(input: NextSeedInput, hmac: HmacSha256): Uint8Array {
  assertLength(input.seed, SEED_LENGTH, 'A seed');
  assertLength(input.serverRandom, RANDOM_LENGTH, "The service's random");
  assertLength(input.deviceRandom, RANDOM_LENGTH, "The phone's random");
  if (input.nextGeneration < 1) throw new RangeError('Generation 0 comes from enrolment.');
  const salt = concat(input.serverRandom, input.deviceRandom);
  const info = concat(ascii('cpc1/ratchet'), u32(input.nextGeneration));
  return hkdf({ secret: input.seed, salt, info }, hmac);
}

/** What a phone sends to prove that it holds the seed of `generation`: 32 bytes. */
export function syncProof(
  seed: Uint8Array,
  generation: number,
  deviceRandom: Uint8Array,
  hmac: HmacSha256,
): Uint8Array {
  assertLength(deviceRandom, RANDOM_LENGTH, "The phone's random");
  const message = concat(ascii('cpc1/sync\0'), u32(generation), deviceRandom);
  return hmac(deriveSyncKey(seed, hmac), message);
}
