import type { DataSource } from 'typeorm';

/** A phone as the index needs it, with its seeds as they rest. */
export type IndexedPhoneRow = {
  readonly id: string;
  readonly card: string;
  readonly generation: number;
  readonly proven_generation: number;
  readonly sealed_seed: Buffer;
  readonly sealed_previous: Buffer | null;
  readonly wrapping_key: string;
  readonly alias_seconds: number;
  readonly previous_alias_seconds: number | null;
  /** Of a closed phone: how long it could have made codes. A date costs more to read than all the rest. */
  readonly closed_until: Date | null;
  readonly name: string;
  readonly group_code: string;
};

/** Everything before it has ended; what is read after it was asked for misses nothing of that. */
export async function readHorizon(database: DataSource): Promise<string> {
  const [row] = await database.query<{ horizon: string }[]>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
  );
  return row?.horizon ?? '0';
}

/** The next phones by number that changed since the horizon, of those that may still make codes. */
export function readPhones(
  database: DataSource,
  { horizon, after, most }: { horizon: string; after: string; most: number },
): Promise<IndexedPhoneRow[]> {
  return database.query(
    `select k.id, k.card, k.generation, k.proven_generation, k.sealed_seed, k.sealed_previous,
       k.wrapping_key, k.alias_seconds, k.previous_alias_seconds,
       case when k.status = 'closed' then k.usable_until end as closed_until, h.name, c.group_code
     from payment_codes.credential k
     join cards.card c on c.id = k.card join cardholders.cardholder h on h.id = c.cardholder
     where k.xid >= $1::xid8 and k.id > $2 and (k.status = 'active' or k.usable_until > platform.now())
     order by k.id limit $3`,
    [horizon, after, most],
  );
}

/** Active phones of the cards whose cardholders moved to another group since the horizon. */
export function readMoved(
  database: DataSource,
  horizon: string,
): Promise<{ id: string; group_code: string }[]> {
  return database.query(
    `select k.id, c.group_code from cards.card c
     join payment_codes.credential k on k.card = c.id and k.status = 'active' where c.group_xid >= $1::xid8`,
    [horizon],
  );
}

/** @returns true when there are more phones than that. */
export async function areMoreThan(database: DataSource, count: number): Promise<boolean> {
  const rows = await database.query<unknown[]>(
    'select from payment_codes.credential k offset $1 limit 1',
    [count],
  );
  return rows.length > 0;
}
