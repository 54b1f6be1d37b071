import type { DataSource } from 'typeorm';
import type { Proof } from '../ledger/prove-ledger.js';

/** Holds every payment against the books. Reads only. */
export async function provePayments(database: Pick<DataSource, 'query'>): Promise<Proof[]> {
  const rows = await database.query<{ proof: string; broken: string }[]>(
    'select proof, broken from payments.prove()',
  );
  return rows.map(({ proof, broken }) => ({ proof, broken: BigInt(broken) }));
}
