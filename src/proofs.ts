import { fundingProofs } from './funding/prove-funding.js';
import { gatesProofs } from './gates/prove-gates.js';
import { ledgerProofs } from './ledger/prove-ledger.js';
import { sealProofs } from './ledger/prove-seal.js';
import { metersProofs } from './meters/prove-meters.js';
import { sessionsProofs } from './meters/prove-sessions.js';
import { paymentCodesProofs } from './payment-codes/prove-payment-codes.js';
import { offlineSalesProofs } from './offline-sales/prove-offline-sales.js';
import { paymentsProofs } from './payments/prove-payments.js';
import type { AppConfig } from './platform/config/app-config.js';
import { provedBy, type ProofSource } from './platform/proofs/proof.js';
import { settlementProofs } from './settlement/prove-settlement.js';

/** Everything that is proved of the books, from the ground up: what `verify` prints and `prove-books` keeps. */
export const allProofs = (config: AppConfig): readonly ProofSource[] => [
  provedBy('platform.prove_guards'),
  ...ledgerProofs,
  sealProofs(config),
  ...paymentCodesProofs,
  ...paymentsProofs,
  ...offlineSalesProofs,
  ...gatesProofs,
  ...metersProofs,
  ...sessionsProofs,
  ...fundingProofs,
  ...settlementProofs,
];
