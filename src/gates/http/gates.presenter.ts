import { toWireAmount } from '../../money/amount.js';
import type { LocalName } from '../../places/place.js';
import { passageReasons, type Passage } from '../gate.js';
import { declineReasons, type Payment } from '../../payments/payment.js';
import type { Offer } from '../offer-pass.js';
import type { OwnVisit } from '../read-presence.js';
import type { OfferResponse, OwnVisitResponse, SoldPassResponse } from './offers.response.js';
import type { PassageResponse } from './passages.response.js';

const welcome: LocalName = { zh: '请入场', en: 'Please come in' };
const goodbye: LocalName = { zh: '请离场', en: 'Goodbye' };
const notPassed: LocalName = { zh: '未通行，未扣款', en: 'Nobody passed; nothing was charged' };

function messageOf({ verdict, reason, state, direction }: Passage): LocalName {
  if (verdict === 'declined') return passageReasons[reason ?? 'code_invalid'];
  if (state === 'voided') return notPassed;
  return direction === 'entry' ? welcome : goodbye;
}

export const presentPassage = (passage: Passage): PassageResponse => ({
  orderNumber: passage.orderNumber,
  shortNumber: passage.shortNumber,
  direction: passage.direction,
  verdict: passage.verdict,
  reason: passage.reason,
  message: messageOf(passage),
  state: passage.state,
  amount: toWireAmount(passage.amount),
  cardholder: passage.payer === null ? null : { maskedName: passage.payer },
  visit:
    passage.visit === null
      ? null
      : {
          id: passage.visit.id.toString(),
          charge: passage.visit.charge,
          enteredAt: passage.visit.enteredAt.toISOString(),
          closesAt: passage.visit.closesAt.toISOString(),
          paymentId: passage.visit.payment?.toString() ?? null,
          usesLeft: passage.visit.usesLeft,
        },
  expiresAt: passage.expiresAt?.toISOString() ?? null,
  decidedAt: passage.decidedAt.toISOString(),
});

export const presentOffer = (offer: Offer): OfferResponse => ({
  offerId: offer.id.toString(),
  placeId: offer.place.toString(),
  name: offer.name,
  places: offer.places.map(String),
  groups: [...offer.groups],
  days: offer.days,
  from: offer.from,
  until: offer.until,
  uses: offer.uses,
  amount: toWireAmount(offer.amount),
});

const soldMessages = {
  approved: { zh: '购买成功', en: 'Bought' },
  pending: { zh: '请在手机上确认付款', en: 'Please confirm on the phone' },
} as const satisfies Record<string, LocalName>;

export const presentSold = (payment: Payment): SoldPassResponse => ({
  orderNumber: payment.orderNumber,
  paymentId: payment.id.toString(),
  shortNumber: payment.shortNumber,
  verdict: payment.verdict,
  reason: payment.reason,
  message:
    payment.verdict === 'declined'
      ? declineReasons[payment.reason ?? 'code_invalid']
      : soldMessages[payment.verdict],
  amount: toWireAmount(payment.amount),
});

export const presentVisit = (visit: OwnVisit): OwnVisitResponse => ({
  visitId: visit.id.toString(),
  place: visit.place,
  charge: visit.charge,
  inside: visit.isInside,
  enteredAt: visit.enteredAt.toISOString(),
  closesAt: visit.closesAt.toISOString(),
  endedAt: visit.endedAt?.toISOString() ?? null,
  endReason: visit.endReason,
  minutePrice: visit.minutePrice === null ? null : toWireAmount(visit.minutePrice),
  most: toWireAmount(visit.most),
  cost: toWireAmount(visit.cost),
});
