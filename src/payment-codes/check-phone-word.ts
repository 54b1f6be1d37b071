/** What a phone says of a sale counts when it proves, by the seed that it holds, that it said so about this very sale. */
import { confirmationProof, type Confirmation } from '@campus-paycode/paycode';
import { timingSafeEqual } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { KeyRing } from '../platform/config/key-ring.js';
import { serviceHmac } from './domain/primitives.js';
import { openSeed } from './domain/seal-seed.js';

export type PhoneWord = Confirmation & {
  readonly credential: bigint;
  readonly card: bigint;
  /** Of the seed that made the proof. */
  readonly generation: number;
  readonly proof: Buffer;
};

type Row = {
  generation: number;
  wrapping_key: string;
  sealed_seed: Buffer;
  sealed_previous: Buffer | null;
};

/** False also for a phone that was unbound, and for another card's. */
export async function isPhonesWord(
  database: DataSource,
  keys: KeyRing,
  { credential, card, generation, proof, ...said }: PhoneWord,
): Promise<boolean> {
  const [row] = await database.query<Row[]>(
    `select k.generation, k.wrapping_key, k.sealed_seed, k.sealed_previous
     from payment_codes.credential k where k.id = $1 and k.card = $2 and k.status = 'active'`,
    [credential.toString(), card.toString()],
  );
  if (row === undefined) return false;
  const sealed =
    generation === row.generation
      ? row.sealed_seed
      : generation === row.generation - 1
        ? row.sealed_previous
        : null;
  if (sealed === null) return false;
  const seed = openSeed(keys, card, { sealed, wrappingKey: row.wrapping_key });
  const expected = confirmationProof(seed, said, serviceHmac);
  seed.fill(0);
  return proof.length === expected.length && timingSafeEqual(expected, proof);
}
