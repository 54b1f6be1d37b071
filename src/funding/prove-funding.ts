import { provedBy } from '../platform/proofs/proof.js';

/** What was collected and what files brought, against the books. */
export const fundingProofs = [provedBy('funding.prove_entries')];
