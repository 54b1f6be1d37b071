import type { LocalName } from '../../places/place.js';
import { toWireAmount } from '../../money/amount.js';
import {
  declineReasons,
  type Awaits,
  type DeclineReason,
  type Payment,
  type PaymentState,
} from '../payment.js';
import type { TakenBackBy } from '../payments.events.js';
import type { WordOutcome } from '../store/waits.store.js';
import type { PaymentRow } from '../store/payment.row.js';
import type {
  StaffPaymentResponse,
  StatementLineResponse,
  VerdictResponse,
} from './payments.response.js';

const stateMessages: Record<Exclude<PaymentState, 'declined'>, LocalName> = {
  captured: { zh: '收款成功', en: 'Paid' },
  held: { zh: '已预授权，请开始使用', en: 'Money is set aside; you may start' },
  released: { zh: '已释放，未扣款', en: 'Released; nothing was charged' },
  reversed: { zh: '已撤销，款项已退回', en: 'Reversed; the money was returned' },
};

export const nowhere: LocalName = { zh: '未知场所', en: 'Unknown place' };

const awaitingMessages: Record<Awaits, LocalName> = {
  phone: { zh: '请顾客在手机上确认付款', en: 'Please confirm on the phone' },
  cashier: {
    zh: '同一顾客刚支付过相同金额，请核对后确认或取消',
    en: 'The same customer has just paid this amount: confirm or cancel',
  },
};
const pendingMessage: LocalName = { zh: '等待确认，尚未扣款', en: 'Waiting; nothing charged yet' };

/** How a pending sale ended, for whoever was asked. */
export function messageOfEnd(outcome: WordOutcome): LocalName {
  if (outcome === 'confirmed') return stateMessages.captured;
  const reason = `confirmation_${outcome}` in declineReasons ? `confirmation_${outcome}` : outcome;
  return declineReasons[reason as DeclineReason];
}

export function messageOf(state: PaymentState, reason: DeclineReason | null): LocalName {
  if (state !== 'declined') return stateMessages[state];
  return declineReasons[reason ?? 'code_invalid'];
}

/** A verdict in the words of the terminals' protocol. */
export const presentVerdict = (payment: Payment): VerdictResponse => ({
  paymentId: payment.id.toString(),
  orderNumber: payment.orderNumber,
  shortNumber: payment.shortNumber,
  verdict: payment.verdict,
  reason: payment.reason,
  message:
    payment.awaits === undefined
      ? messageOf(payment.state, payment.reason)
      : awaitingMessages[payment.awaits],
  amount: toWireAmount(payment.amount),
  captured: toWireAmount(payment.captured),
  state: payment.state,
  ...(payment.awaits === undefined ? {} : { awaits: payment.awaits }),
  cardholder: payment.payer === null ? null : { maskedName: payment.payer },
  expiresAt: payment.holdUntil?.toISOString() ?? null,
  decidedAt: payment.decidedAt.toISOString(),
  businessDate: payment.businessDate,
});

/** The same fields without their class, so that they can be part of another answer. */
type StatementLine = { [Field in keyof StatementLineResponse]: StatementLineResponse[Field] };

const voided: LocalName = {
  zh: '收银员已撤销，款项已退回',
  en: 'The cashier took it back; the money was returned',
};

function messageOfLine(row: PaymentRow, takenBackBy: TakenBackBy | null): LocalName {
  if (row.verdict === 'pending') return pendingMessage;
  const isVoided = row.state === 'reversed' && takenBackBy === 'cashier';
  return isVoided ? voided : messageOf(row.state, row.reason);
}

export const presentLine = (
  row: PaymentRow,
  place: LocalName,
  takenBackBy: TakenBackBy | null,
): StatementLine => ({
  id: row.id.toString(),
  shortNumber: row.shortNumber,
  place,
  amount: toWireAmount(row.amount),
  captured: toWireAmount(row.captured),
  returned: toWireAmount(row.returned),
  verdict: row.verdict,
  reason: row.reason,
  message: messageOfLine(row, takenBackBy),
  state: row.state,
  takenBackBy,
  decidedAt: row.decidedAt.toISOString(),
});

export const presentForStaff = (
  row: PaymentRow,
  place: LocalName,
  takenBackBy: TakenBackBy | null,
): StaffPaymentResponse => ({
  ...presentLine(row, place, takenBackBy),
  orderNumber: row.orderNumber,
  terminalId: row.terminal.toString(),
  merchantId: row.merchant.toString(),
  cardholderId: row.cardholder?.toString() ?? null,
  businessDate: row.businessDate,
});
