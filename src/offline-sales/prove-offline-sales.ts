import { provedBy } from '../platform/proofs/proof.js';

/** What terminals brought, against payments and books. */
export const offlineSalesProofs = [
  provedBy('offline_sales.prove_records'),
  provedBy('offline_sales.prove_money'),
];
