/** Outbox types of this module: {credential, card, cardholder} as decimal strings. */
export type PaymentCodeEventType =
  'credential.enrolled' | 'credential.closed' | 'credential.cloned';
