/**
 * Outbox types of this module; each carries {card, cardholder} as decimal strings. `card.pin-set` has `usableFrom` as well, an
 * instant or null.
 */
export type CardEventType =
  'card.frozen' | 'card.active' | 'card.lost' | 'card.closed' | 'card.pin-set';
