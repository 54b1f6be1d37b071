import { provedBy } from '../platform/proofs/proof.js';

/** Sessions of devices, against their sales, holds and reports. */
export const sessionsProofs = [provedBy('meters.prove_sessions')];
