import type { DataSource } from 'typeorm';

/** One promise of the books and how many things break it; zero is the only good number. */
export type Proof = { readonly proof: string; readonly broken: bigint };

/** Recomputes everything that the ledger promises from what was posted. Reads only. */
export async function proveLedger(database: Pick<DataSource, 'query'>): Promise<Proof[]> {
  const rows = await database.query<{ proof: string; broken: string }[]>(
    'select proof, broken from ledger.prove()',
  );
  return rows.map(({ proof, broken }) => ({ proof, broken: BigInt(broken) }));
}
