import { provedBy } from '../platform/proofs/proof.js';

/** Who is inside, against sales, passes and scans. */
export const gatesProofs = [provedBy('gates.prove_visits'), provedBy('gates.prove_passes')];
