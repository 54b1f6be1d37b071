import type { DataSource } from 'typeorm';
import type { KeyRing } from '../platform/config/key-ring.js';
import { inTransaction } from '../platform/database/transaction.js';
import { invariant } from '../platform/errors/problem.js';
import { newEd25519 } from './domain/ed25519.js';
import { seal, unseal } from './domain/seal-seed.js';

/** A key that certifies phones' keys, as the office sees it. */
export type IssuerKeyState = {
  readonly keyId: number;
  readonly publicKey: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly retiredAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** How many certificates of it have not ended. */
  readonly inUse: number;
};

/** Made at one instant by several processes, it is one key. */
const makingLock = 7_306_012_501;
const keyIdMax = 255;

const words = (keyId: number): string => `campus-paycode issuer key ${keyId}`;

/** The private half in PKCS #8. */
export const openIssuerKey = (
  keys: KeyRing,
  row: { readonly keyId: number; readonly sealed: Buffer; readonly wrappingKey: string },
): Buffer => unseal(keys, row, words(row.keyId));

/**
 * Makes an issuer key. Terminals are told of it at once; it signs from when each of them can have heard of it. The very
 * first one, which nobody could have heard of, signs at once. An id is never given twice.
 * @param onlyFirst makes none where there is one. @returns its id.
 */
export function addIssuerKey(
  database: DataSource,
  keys: KeyRing,
  onlyFirst = false,
): Promise<number | undefined> {
  return inTransaction(database, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [makingLock]);
    const [{ next }] = (await tx.query(
      'select coalesce(max(k.key_id), 0)::int + 1 as next from payment_codes.issuer_key k',
    )) as [{ next: number }];
    if (onlyFirst && next > 1) return undefined;
    invariant(next <= keyIdMax, 'All 255 ids of issuer keys were used.');
    const { publicKey, pkcs8 } = newEd25519();
    const { sealed, wrappingKey } = seal(keys, pkcs8, words(next));
    pkcs8.fill(0);
    await tx.query(
      `insert into payment_codes.issuer_key (key_id, public_key, sealed_key, wrapping_key, not_before, not_after)
       select $1, $2, $3, $4, t.start, t.start + make_interval(days => p.key_days)
       from payment_codes.offline_policy p, lateral (
         select date_trunc('second', platform.now()) + case when $5 then interval '-1 hour'
           else make_interval(hours => p.key_lead_hours) end as start
       ) t`,
      [next, publicKey, sealed, wrappingKey, next === 1],
    );
    return next;
  });
}

/** It signs nothing new; what it signed stays good until it ends. @returns false when there is no such key. */
export const retireIssuerKey = (database: DataSource, keyId: number): Promise<boolean> =>
  end(database, keyId, 'retired_at = coalesce(retired_at, platform.now())');

/** Nothing that it signed is good any more: for a key that somebody else may hold. */
export const withdrawIssuerKey = (database: DataSource, keyId: number): Promise<boolean> =>
  end(
    database,
    keyId,
    `retired_at = coalesce(retired_at, platform.now()), withdrawn_at = coalesce(withdrawn_at, platform.now())`,
  );

async function end(database: DataSource, keyId: number, change: string): Promise<boolean> {
  const [, changed]: [unknown, number] = await database.query(
    `update payment_codes.issuer_key set ${change} where key_id = $1`,
    [keyId],
  );
  return changed > 0;
}

export function listIssuerKeys(database: DataSource): Promise<IssuerKeyState[]> {
  return database.query(
    `select k.key_id as "keyId", k.public_key as "publicKey", k.not_before as "notBefore", k.not_after as "notAfter",
       k.retired_at as "retiredAt", k.withdrawn_at as "withdrawnAt",
       (select count(*)::int from payment_codes.certificate c
        where c.issuer_key = k.key_id and c.expires_at > platform.now()) as "inUse"
     from payment_codes.issuer_key k order by k.key_id`,
  );
}

/** Seals every issuer key under the current wrapping key. @returns how many were sealed anew. */
export async function resealIssuerKeys(database: DataSource, keys: KeyRing): Promise<number> {
  const rows = await database.query<{ keyId: number; sealed: Buffer; wrappingKey: string }[]>(
    `select k.key_id as "keyId", k.sealed_key as sealed, k.wrapping_key as "wrappingKey"
     from payment_codes.issuer_key k where k.wrapping_key <> $1`,
    [keys.currentWrappingKey],
  );
  for (const row of rows) {
    const { sealed, wrappingKey } = seal(keys, openIssuerKey(keys, row), words(row.keyId));
    await database.query(
      'update payment_codes.issuer_key set sealed_key = $2, wrapping_key = $3 where key_id = $1 and sealed_key = $4',
      [row.keyId, sealed, wrappingKey, row.sealed],
    );
  }
  return rows.length;
}

/** How many issuer keys rest under another key than the current one. */
export async function countOldIssuerKeys(database: DataSource, keys: KeyRing): Promise<number> {
  const [row] = await database.query<{ count: number }[]>(
    'select count(*)::int as count from payment_codes.issuer_key k where k.wrapping_key <> $1',
    [keys.currentWrappingKey],
  );
  return row?.count ?? 0;
}
