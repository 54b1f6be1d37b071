import type { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import type { KnownCard } from '../domain/read-import.js';
import type { ImportKind } from './import.row.js';

export async function findCards(
  database: DataSource,
  numbers: readonly string[],
): Promise<Map<string, KnownCard>> {
  type Row = { number: string; card: string; cardholder: string; status: string; name: string };
  const rows: Row[] = await database.query(
    `select c.number, c.id as card, c.cardholder, c.status, h.name
     from unnest($1::text[]) n (number)
     join cards.card c on c.number = n.number
     join cardholders.cardholder h on h.id = c.cardholder`,
    [numbers],
  );
  return new Map(
    rows.map(({ number, card, cardholder, status, name }) => [
      number,
      { card: BigInt(card), cardholder: BigInt(cardholder), status, name },
    ]),
  );
}

/** @returns the id of the import that has this batch number and was not rejected. */
export async function findBatch(
  database: DataSource,
  batchNumber: string,
): Promise<bigint | undefined> {
  const rows: { id: string }[] = await database.query(
    `select id from funding.import where batch_number = $1 and state <> 'rejected'`,
    [batchNumber],
  );
  return rows[0] === undefined ? undefined : BigInt(rows[0].id);
}

export type NewImport = {
  readonly kind: ImportKind;
  readonly purse: string;
  readonly batchNumber: string;
  readonly usableUntil: Date | null;
  readonly sha256: Buffer;
  readonly amount: bigint;
  readonly maker: bigint;
  readonly lines: readonly { line: number; card: bigint; cardholder: bigint; amount: bigint }[];
};

/** @returns nothing when the batch number is taken. */
export async function insertImport(tx: Tx, wanted: NewImport): Promise<bigint | undefined> {
  const { kind, purse, batchNumber, usableUntil, sha256, amount, maker, lines } = wanted;
  const rows: { id: string }[] = await tx.query(
    `insert into funding.import (kind, batch_number, usable_until, sha256, lines, amount, maker, purse)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (batch_number) where state <> 'rejected' do nothing returning id`,
    [kind, batchNumber, usableUntil, sha256, lines.length, amount, maker, purse],
  );
  if (rows[0] === undefined) return undefined;
  await tx.query(
    `insert into funding.import_line (import, line, card, cardholder, amount)
     select $1, l.line, l.card, l.cardholder, l.amount
     from unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[])
       l (line, card, cardholder, amount)`,
    [
      rows[0].id,
      lines.map(({ line }) => line),
      lines.map(({ card }) => card),
      lines.map(({ cardholder }) => cardholder),
      lines.map((line) => line.amount),
    ],
  );
  return BigInt(rows[0].id);
}

export async function setApproval(tx: Tx, id: bigint, approval: bigint): Promise<void> {
  await tx.query('update funding.import set approval = $2 where id = $1', [id, approval]);
}

/** Once, and only under the approval that was asked for. */
export async function decideImport(
  tx: Tx,
  decision: { id: bigint; approval: bigint; checker: bigint; state: 'accepted' | 'rejected' },
): Promise<boolean> {
  const { id, approval, checker, state } = decision;
  const [, decided]: [unknown[], number] = await tx.query(
    `update funding.import set state = $4, checker = $3, decided_at = platform.now()
     where id = $1 and approval = $2 and state = 'proposed'`,
    [id, approval, checker, state],
  );
  return decided === 1;
}

export async function findAccepted(database: DataSource): Promise<bigint[]> {
  const rows: { id: string }[] = await database.query(
    `select id from funding.import where state = 'accepted' order by id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export type LineToPost = {
  readonly line: number;
  readonly card: bigint;
  readonly cardholder: bigint;
  readonly amount: bigint;
  readonly kind: ImportKind;
  readonly purse: string;
  readonly batchNumber: string;
  readonly usableUntil: Date | null;
};

/**
 * Locks the next unpaid line of an accepted import; one that another worker holds is passed over.
 */
export async function lockLineToPost(tx: Tx, id: bigint): Promise<LineToPost | undefined> {
  type Row = {
    line: number;
    card: string;
    cardholder: string;
    amount: string;
    kind: ImportKind;
    purse: string;
    batch_number: string;
    usable_until: Date | null;
  };
  const rows: Row[] = await tx.query(
    `select l.line, l.card, l.cardholder, l.amount, i.kind, i.purse, i.batch_number, i.usable_until
     from funding.import_line l join funding.import i on i.id = l.import
     where l.import = $1 and l.entry is null and i.state = 'accepted'
     order by l.line limit 1 for no key update of l skip locked`,
    [id],
  );
  const row = rows[0];
  return row === undefined
    ? undefined
    : {
        line: row.line,
        card: BigInt(row.card),
        cardholder: BigInt(row.cardholder),
        amount: BigInt(row.amount),
        kind: row.kind,
        purse: row.purse,
        batchNumber: row.batch_number,
        usableUntil: row.usable_until,
      };
}

export async function setLineEntry(tx: Tx, id: bigint, line: number, entry: bigint): Promise<void> {
  await tx.query(
    `update funding.import_line set entry = $3, posted_at = platform.now()
     where import = $1 and line = $2`,
    [id, line, entry],
  );
}

/** Marks an import as posted when every line is. */
export async function finishImport(tx: Tx, id: bigint): Promise<void> {
  await tx.query(
    `update funding.import i set state = 'posted', posted_at = platform.now()
     where i.id = $1 and i.state = 'accepted'
       and not exists (
         select from funding.import_line l where l.import = i.id and l.entry is null)`,
    [id],
  );
}
