import { provedBy } from '../platform/proofs/proof.js';

/** Who is inside, against sales, passes, scans and signed codes. */
export const gatesProofs = [
  provedBy('gates.prove_visits'),
  provedBy('gates.prove_passes'),
  provedBy('gates.prove_signed'),
];
