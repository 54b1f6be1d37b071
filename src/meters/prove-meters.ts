import { provedBy } from '../platform/proofs/proof.js';

/** Credit against payments, readings and tickets. */
export const metersProofs = [provedBy('meters.prove_credit')];
