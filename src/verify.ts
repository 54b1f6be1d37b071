import { proveLedger, type Proof } from './ledger/prove-ledger.js';
import { provePayments } from './payments/prove-payments.js';
import type { AppConfig } from './platform/config/app-config.js';
import { applicationRole, createDataSource } from './platform/database/data-source.js';
import { inSnapshot } from './platform/database/transaction.js';

/** The service must not be able to write a money table; here that is tried, not believed. */
async function proveRole(query: (sql: string) => Promise<unknown>): Promise<Proof> {
  const proof = `${applicationRole} cannot write a money table`;
  const rows = (await query(
    `select count(*)::int as broken
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('ledger', 'payments') and c.relkind in ('r', 'p')
       and (has_table_privilege('${applicationRole}', c.oid, 'insert')
         or has_table_privilege('${applicationRole}', c.oid, 'update')
         or has_table_privilege('${applicationRole}', c.oid, 'delete')
         or has_table_privilege('${applicationRole}', c.oid, 'truncate'))`,
  )) as { broken: number }[];
  return { proof, broken: BigInt(rows[0]?.broken ?? 1) };
}

/**
 * Recomputes every promise of the books in one snapshot and prints a line for each.
 * @returns true when nothing is broken.
 */
export async function verify(config: AppConfig, print: (line: string) => void): Promise<boolean> {
  const database = await createDataSource(config).initialize();
  try {
    return await inSnapshot(database, async (snapshot) => {
      const proofs = [
        ...(await proveLedger(snapshot)),
        ...(await provePayments(snapshot)),
        await proveRole((sql) => snapshot.query(sql)),
      ];
      for (const { proof, broken } of proofs)
        print(
          `${broken === 0n ? 'ok    ' : 'BROKEN'}  ${proof}${broken === 0n ? '' : `: ${broken}`}`,
        );
      return proofs.every(({ broken }) => broken === 0n);
    });
  } finally {
    await database.destroy();
  }
}
