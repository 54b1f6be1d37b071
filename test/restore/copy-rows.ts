/** What a restored dump holds, by other means: every row of every table, and where the sequences stand. */
import type pg from 'pg';

const tablesQuery = `
  select c.oid::regclass::text as name, (
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition
    and (n.nspname = 'public' or n.nspname !~ '^(pg_|information_schema$)')
  order by 1`;

/** Rows go as text, so that no number or instant loses anything on its way. */
const rowsAtATime = 5_000;

/** Empties the other database and fills it with what is in this one. Both have been migrated alike. */
export async function copyRows(from: pg.PoolClient, to: pg.PoolClient): Promise<void> {
  const { rows: tables } = await from.query<{ name: string; columns: string }>(tablesQuery);
  const { rows: known } = await to.query<{ name: string; columns: string }>(tablesQuery);
  if (JSON.stringify(tables) !== JSON.stringify(known)) throw new Error('The tables differ.');

  await from.query('begin isolation level repeatable read read only');
  await to.query('begin; set local session_replication_role = replica');
  await to.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  for (const { name, columns } of tables) await copyTable(from, to, name, columns);
  await copySequences(from, to);
  await to.query('commit');
  await from.query('commit');
}

async function copyTable(
  from: pg.PoolClient,
  to: pg.PoolClient,
  name: string,
  columns: string,
): Promise<void> {
  await from.query(
    `declare every_row no scroll cursor for select row_to_json(t)::text as row from ${name} t`,
  );
  for (;;) {
    const { rows } = await from.query<{ row: string }>(`fetch ${rowsAtATime} from every_row`);
    if (rows.length === 0) break;
    await to.query(
      `insert into ${name} (${columns}) overriding system value
       select ${columns} from unnest($1::text[]) r (row)
       cross join lateral json_populate_record(null::${name}, r.row::json)`,
      [rows.map(({ row }) => row)],
    );
  }
  await from.query('close every_row');
}

async function copySequences(from: pg.PoolClient, to: pg.PoolClient): Promise<void> {
  const { rows } = await from.query<{ name: string; last: string }>(
    `select format('%I.%I', s.schemaname, s.sequencename) as name, s.last_value as last
     from pg_sequences s where s.last_value is not null`,
  );
  for (const { name, last } of rows) await to.query('select setval($1, $2)', [name, last]);
}
