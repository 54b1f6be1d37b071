/** Outbox types of this module; each carries {card, cardholder} as decimal strings. */
export type CardEventType =
  'card.frozen' | 'card.active' | 'card.lost' | 'card.closed' | 'card.pin-set';
