import type { Reader } from '../platform/database/transaction.js';
import { provedBy, proveWith, type Proof } from '../platform/proofs/proof.js';

export type { Proof } from '../platform/proofs/proof.js';

/** Everything that the ledger promises, recomputed from what was posted. */
export const ledgerProofs = [
  provedBy('ledger.prove_entries'),
  provedBy('ledger.prove_accounts'),
  provedBy('ledger.prove_holds'),
  provedBy('ledger.prove_rollups'),
  provedBy('ledger.prove_snapshots'),
];

/** Recomputes everything that the ledger promises. Reads only. */
export const proveLedger = (reader: Reader): Promise<readonly Proof[]> =>
  proveWith(ledgerProofs, reader);
