import { provedBy } from '../platform/proofs/proof.js';

/** What is set aside for sales without a network, and whose certificates are good. */
export const paymentCodesProofs = [provedBy('payment_codes.prove')];
