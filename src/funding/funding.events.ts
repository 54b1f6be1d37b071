/** What funding says happened. Ids are decimal strings, amounts fen. */

/**
 * `card.funded`: money is in one of the card's purses, from a collection or from an imported file.
 */
export type CardFunded = {
  readonly cardholder: string;
  readonly card: string;
  readonly amount: number;
  readonly kind: 'collection' | 'top-up' | 'subsidy';
  readonly entry: string;
  /** The collection, or null. */
  readonly collection: string | null;
  /** The imported file, or null. */
  readonly import: string | null;
};

/** `collection.failed`: the bank refused; what is missing is asked for with the next sale. */
export type CollectionFailed = {
  readonly cardholder: string;
  readonly card: string;
  readonly amount: number;
  readonly collection: string;
  readonly reason: string;
};
