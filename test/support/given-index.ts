/** An index of phones without a service, built in the test's own thread. */
import {
  counterOf,
  deriveKeys,
  makeCode,
  parseCode,
  type CodeKeys,
  type ParsedCode,
} from '@campus-paycode/paycode';
import { createHash } from 'node:crypto';
import {
  AliasIndex,
  type AliasBuilder,
  type IndexedPhone,
} from '../../src/payment-codes/domain/alias-index.js';
import { AliasKeys } from '../../src/payment-codes/domain/alias-keys.js';
import { serviceHmac, serviceHotp } from '../../src/payment-codes/domain/primitives.js';
import { sealSeed } from '../../src/payment-codes/domain/seal-seed.js';
import type { KeyRing } from '../../src/platform/config/key-ring.js';

export const wrappingKey = Buffer.alloc(32, 9);
const keyRing = {
  currentWrappingKey: 'w-1',
  wrappingKeys: new Map([['w-1', wrappingKey]]),
} as Partial<KeyRing> as KeyRing;

/** Random bytes that are the same in every run. */
export const bytesFrom = (text: string): Buffer => createHash('sha256').update(text).digest();

export const keysOf = (seed: number): CodeKeys =>
  deriveKeys(bytesFrom(`phone ${seed}`), serviceHmac);

export type PhoneOptions = {
  readonly aliasSeconds?: number;
  /** Which seed it has; its own unless said otherwise. */
  readonly seed?: number;
  readonly generation?: number;
};

/** A phone of the card with its number, and a seed that its number decides. */
export function phone(
  id: number,
  { aliasSeconds = 30, seed = id, generation = 0 }: PhoneOptions = {},
): IndexedPhone {
  const card = BigInt(id + 1_000);
  const { sealed } = sealSeed(keyRing, card, bytesFrom(`phone ${seed}`));
  const seeds = [{ generation, aliasSeconds, sealed, wrappingKey }];
  return { id: BigInt(id), card, payer: '张*', group: 'student', seeds };
}

/** Both seeds of a phone that is between them, the newer first. */
export const between = (newer: IndexedPhone, older: IndexedPhone): IndexedPhone => ({
  ...newer,
  seeds: [...newer.seeds, ...older.seeds],
});

export function codeOf(
  seed: number,
  step: number,
  { slot = 0, aliasSeconds = 30 }: { slot?: number; aliasSeconds?: number } = {},
): ParsedCode {
  const input = { keys: keysOf(seed), counter: counterOf(step, slot), aliasPeriod: aliasSeconds };
  const parsed = parseCode(makeCode(input, serviceHotp));
  if (!parsed.ok) throw new Error('The code is none.');
  return parsed;
}

/** What a table is ordered from, and how many were ordered; a table is done when somebody says so, or at once. */
export class StepwiseBuilder implements AliasBuilder {
  built = 0;
  private readonly keys = new AliasKeys();
  private readonly waiting: (() => boolean)[] = [];

  constructor(private readonly isAtOnce = true) {}

  put(seeds: Parameters<AliasBuilder['put']>[0]): ReturnType<AliasBuilder['put']> {
    return Promise.resolve(this.keys.put(seeds));
  }

  drop(slots: Uint32Array): void {
    this.keys.drop(slots);
  }

  build(aliasSeconds: number, epoch: number): Promise<Float64Array> {
    const steps = this.keys.build(aliasSeconds, epoch);
    this.built += 1;
    return new Promise((resolve) => {
      const goOn = (): boolean => {
        const { done, value } = steps.next();
        if (done === true) resolve(value);
        return done === true;
      };
      if (this.isAtOnce) while (!goOn());
      else this.waiting.push(goOn);
    });
  }

  /** One slice of the oldest table that is being built. @returns false when there is none. */
  goOn(): boolean {
    const [oldest] = this.waiting;
    if (oldest?.() === true) this.waiting.shift();
    return oldest !== undefined;
  }
}

export async function indexOf(
  nowStep: number,
  phones: readonly IndexedPhone[],
  builder: AliasBuilder = new StepwiseBuilder(),
): Promise<AliasIndex> {
  const index = new AliasIndex(builder);
  await index.put(phones);
  await index.advance(nowStep);
  return index;
}
