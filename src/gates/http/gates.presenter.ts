import { toWireAmount } from '../../money/amount.js';
import type { LocalName } from '../../places/place.js';
import { passageReasons, type Passage } from '../gate.js';
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
