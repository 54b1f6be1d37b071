import { provedBy } from '../platform/proofs/proof.js';

/** What merchants are owed, against the books and the days that were closed; what cashiers took back. */
export const settlementProofs = [
  provedBy('settlement.prove_days'),
  provedBy('settlement.prove_voids'),
];
