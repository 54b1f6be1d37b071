import { provedBy } from '../platform/proofs/proof.js';

/** What merchants are owed, against the books and the days that were closed. */
export const settlementProofs = [provedBy('settlement.prove_days')];
