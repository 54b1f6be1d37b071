import type { DataSource } from 'typeorm';
import type { CollectionState } from './collection.row.js';
import type { ImportKind, ImportState } from './import.row.js';

export type ListedCollection = {
  readonly id: string;
  readonly card_number: string;
  readonly payment: string;
  readonly spent: string;
  readonly amount: string;
  readonly state: CollectionState;
  readonly reason: string | null;
  readonly instruction_number: string | null;
  readonly instruction_state: string | null;
  readonly bank_reference: string | null;
  readonly claimed_at: Date;
  readonly resolved_at: Date | null;
};

export type ListWish = { readonly before: string | undefined; readonly limit: number };

/** Newest first. */
export function listCollections(
  database: DataSource,
  { state, before, limit }: ListWish & { readonly state: CollectionState | undefined },
): Promise<ListedCollection[]> {
  return database.query(
    `select c.id, k.number as card_number, c.payment, c.spent, c.amount, c.state, c.reason,
       i.number as instruction_number, i.state as instruction_state, i.bank_reference,
       c.claimed_at, c.resolved_at
     from funding.collection c
     join cards.card k on k.id = c.card
     left join bank.instruction i on i.id = c.instruction
     where ($1::text is null or c.state = $1) and ($2::bigint is null or c.id < $2)
     order by c.id desc limit $3`,
    [state ?? null, before ?? null, limit],
  );
}

export type ListedImport = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly purse: string;
  readonly batch_number: string;
  readonly usable_until: Date | null;
  readonly lines: number;
  readonly lines_posted: number;
  readonly amount: string;
  readonly state: ImportState;
  readonly approval: string | null;
  readonly proposed_at: Date;
  readonly posted_at: Date | null;
};

/** Newest first. */
export function listImports(
  database: DataSource,
  { id, before, limit }: ListWish & { readonly id?: string },
): Promise<ListedImport[]> {
  return database.query(
    `select i.id, i.kind, i.purse, i.batch_number, i.usable_until, i.lines, i.amount, i.state, i.approval,
       i.proposed_at, i.posted_at,
       (select count(*)::int from funding.import_line l
        where l.import = i.id and l.entry is not null) as lines_posted
     from funding.import i
     where ($1::bigint is null or i.id = $1) and ($2::bigint is null or i.id < $2)
     order by i.id desc limit $3`,
    [id ?? null, before ?? null, limit],
  );
}

export type ListedFunding = {
  readonly kind: 'collection' | ImportKind;
  readonly state: CollectionState | 'succeeded';
  readonly amount: string;
  readonly at: Date;
};

/** The last money into a cardholder's purses, and what is under way. Newest first. */
export function listFundingOf(
  database: DataSource,
  cardholder: bigint,
  limit: number,
): Promise<ListedFunding[]> {
  return database.query(
    `(select 'collection' as kind, c.state, c.amount, coalesce(c.resolved_at, c.claimed_at) as at
      from funding.collection c
      where c.cardholder = $1 and c.state in ('claimed', 'succeeded', 'failed')
      order by c.id desc limit $2)
     union all
     (select i.kind, 'succeeded', l.amount, l.posted_at
      from funding.import_line l join funding.import i on i.id = l.import
      where l.cardholder = $1 and l.entry is not null
      order by l.posted_at desc limit $2)
     order by at desc limit $2`,
    [cardholder, limit],
  );
}
