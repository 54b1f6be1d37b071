import type { Reader } from '../platform/database/transaction.js';
import { provedBy, proveWith, type Proof } from '../platform/proofs/proof.js';

/** Every payment against its order number, its code, its card, the books, the outbox and the limits. */
export const paymentsProofs = [
  provedBy('payments.prove_numbers'),
  provedBy('payments.prove_money'),
  provedBy('payments.prove_states'),
  provedBy('payments.prove_events'),
  provedBy('payments.prove_limits'),
  provedBy('payments.prove_signed'),
  provedBy('payments.prove_static'),
  provedBy('payments.prove_waits'),
];

/** Holds every payment against the books. Reads only. */
export const provePayments = (reader: Reader): Promise<readonly Proof[]> =>
  proveWith(paymentsProofs, reader);
