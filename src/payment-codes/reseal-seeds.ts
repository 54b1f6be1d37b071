import type { DataSource } from 'typeorm';
import type { KeyRing } from '../platform/config/key-ring.js';
import { openSeed, sealSeed, type Sealed } from './domain/seal-seed.js';

type Row = {
  id: string;
  card: string;
  wrapping_key: string;
  sealed_seed: Buffer;
  sealed_previous: Buffer | null;
  sealed_random: Buffer | null;
};

const batchMax = 500;

/**
 * Seals every seed under the current wrapping key, batch by batch, while phones pay. It begins anew wherever it was
 * interrupted, for a row says which key sealed it.
 * @returns how many were sealed anew.
 */
export async function resealSeeds(database: DataSource, keys: KeyRing): Promise<number> {
  const current = keys.currentWrappingKey;
  let done = 0;
  for (let after = '0'; ;) {
    const rows = await database.query<Row[]>(
      `select k.id, k.card, k.wrapping_key, k.sealed_seed, k.sealed_previous, k.sealed_random
       from payment_codes.credential k where k.wrapping_key <> $1 and k.id > $2 order by k.id limit $3`,
      [current, after, batchMax],
    );
    const last = rows.at(-1);
    if (last === undefined) return done;
    after = last.id;
    const [result] = await database.query<{ count: number }[]>(
      'select payment_codes.reseal($1, $2, $3, $4, $5, $6) as count',
      columnsOf(rows, keys, current),
    );
    done += result?.count ?? 0;
  }
}

/** How many phones rest under another key than the current one. */
export async function countOldSeeds(database: DataSource, keys: KeyRing): Promise<number> {
  const [row] = await database.query<{ count: number }[]>(
    'select count(*)::int as count from payment_codes.credential k where k.wrapping_key <> $1',
    [keys.currentWrappingKey],
  );
  return row?.count ?? 0;
}

function columnsOf(rows: readonly Row[], keys: KeyRing, current: string): unknown[] {
  const again = (row: Row, sealed: Buffer | null, what: Sealed): Buffer | null => {
    if (sealed === null) return null;
    const card = BigInt(row.card);
    const secret = openSeed(keys, card, { sealed, wrappingKey: row.wrapping_key }, what);
    const { sealed: anew } = sealSeed(keys, card, secret, what);
    secret.fill(0);
    return anew;
  };
  return [
    rows.map(({ id }) => id),
    rows.map(({ sealed_seed }) => sealed_seed),
    current,
    rows.map((row) => again(row, row.sealed_seed, 'seed')),
    rows.map((row) => again(row, row.sealed_previous, 'seed')),
    rows.map((row) => again(row, row.sealed_random, 'server random')),
  ];
}
