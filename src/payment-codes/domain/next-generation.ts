import { nextSeed, syncProof } from '@campus-paycode/paycode';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { serviceHmac } from './primitives.js';

const randomLength = 32;
/** The phone shows codes of the present step and may be one ahead; every index has heard of the new seed by then. */
const stepsUntilFirst = 2;

export type Asked = {
  /** Of the seed that the phone holds. */
  readonly generation: number;
  readonly deviceRandom: Buffer;
  readonly proof: Buffer;
};

/** What the service knows of a phone when it synchronises. */
export type Known = {
  readonly generation: number;
  readonly provenGeneration: number;
  /** Of the question that led to the newest generation. */
  readonly deviceRandom: Buffer | null;
};

/**
 * - `next`: the phone holds the newest seed and moves on from it.
 * - `again`: its question was answered before, and the answer may have been lost.
 * - `instead`: it holds the seed before, and nobody has used the newest: the phone forgot what it asked.
 * - `clone`: somebody went on from this seed with another question: it is held twice.
 * - `unknown`: no seed of this generation was ever agreed on.
 */
export type Turn = 'next' | 'again' | 'instead' | 'clone' | 'unknown';

export function turnOf(known: Known, asked: Pick<Asked, 'generation' | 'deviceRandom'>): Turn {
  if (asked.generation > known.generation) return 'unknown';
  if (asked.generation === known.generation) return 'next';
  if (asked.generation < known.generation - 1) return 'clone';
  if (known.deviceRandom?.equals(asked.deviceRandom) === true) return 'again';
  return known.provenGeneration < known.generation ? 'instead' : 'clone';
}

/** Whether the phone holds this seed. */
export function proves(seed: Buffer, { generation, deviceRandom, proof }: Asked): boolean {
  return timingSafeEqual(syncProof(seed, generation, deviceRandom, serviceHmac), proof);
}

export type NextGeneration = {
  readonly generation: number;
  readonly seed: Buffer;
  readonly serverRandom: Buffer;
  readonly firstStep: number;
};

export function moveOn(seed: Buffer, asked: Asked, nowStep: number): NextGeneration {
  const serverRandom = randomBytes(randomLength);
  const nextGeneration = asked.generation + 1;
  const { deviceRandom } = asked;
  const next = nextSeed({ seed, serverRandom, deviceRandom, nextGeneration }, serviceHmac);
  return {
    generation: nextGeneration,
    seed: Buffer.from(next),
    serverRandom,
    firstStep: nowStep + stepsUntilFirst,
  };
}
