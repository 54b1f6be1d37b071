import type { Sale } from './payments.store.js';

/** One sale by a code that a phone signed, ready to be decided. */
export type SignedSale = Omit<Sale, 'payer'> & {
  /** Of its certificate; null when issuer or phone did not sign it, or nobody knows the certificate. */
  readonly reference: Buffer | null;
  /** The payer's masked name. */
  readonly payer: string | null;
  readonly code: { readonly time: Date; readonly counter: number; readonly digest: Buffer };
};

export const authorizeSigned = `payments.authorize_signed(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/** The parameters of that call, in its order. */
export const columnsOfSigned = (sale: SignedSale): unknown[] => [
  sale.terminal.toString(),
  sale.keyGeneration,
  sale.orderNumber,
  sale.hash,
  sale.sequence,
  sale.shortNumber,
  sale.place.toString(),
  sale.merchant.toString(),
  sale.merchantAccount.toString(),
  sale.purseKinds.join(),
  sale.holdSeconds,
  sale.reference,
  sale.payer,
  sale.amount.toString(),
  sale.occurredAt,
  sale.code.time,
  sale.code.counter,
  sale.code.digest,
];
