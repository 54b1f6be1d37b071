import type { StaticPayer } from '../../static-credentials/find-static-payer.js';
import type { Sale } from './payments.store.js';

/** One sale by what never changes, ready to be decided. */
export type StaticSale = Omit<Sale, 'payer'> & {
  readonly static: Omit<StaticPayer, 'group'>;
};

export const authorizeStatic = `payments.authorize_static(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`;

/** The parameters of that call, in its order. */
export const columnsOfStatic = (sale: StaticSale): unknown[] => [
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
  sale.static.instrument,
  sale.static.hash,
  sale.static.payer,
  sale.amount.toString(),
  sale.occurredAt,
];
