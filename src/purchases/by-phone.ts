import type { PaymentFacts } from '../payments/payments.events.js';
import { kioskPrefix } from '../terminals/find-kiosk.js';

/**
 * Whether an event may be about what a phone bought, so that a seller looks only then. Which order it is, if any,
 * `payments.purchase_of` says.
 */
export const mayBeByPhone = ({ shortNumber }: Pick<PaymentFacts, 'shortNumber'>): boolean =>
  shortNumber.startsWith(kioskPrefix);
