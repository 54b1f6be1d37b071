import { toWireAmount } from '../../money/amount.js';
import { declineReasons, type Payment } from '../../payments/payment.js';
import type { LocalName } from '../../places/place.js';
import type { Noted } from '../note-progress.js';
import type { Programme, Session } from '../session.js';
import type { Started } from '../start-session.js';
import type {
  MySessionResponse,
  ProgrammesResponse,
  ProgressResponse,
  SessionStateResponse,
  SessionVerdictResponse,
} from './sessions.response.js';

const begun: LocalName = { zh: '已预授权，请开始使用', en: 'Money is set aside; you may start' };
const asked: LocalName = {
  zh: '请在手机上确认后开始使用',
  en: 'Please confirm on the phone, then start',
};
const over: LocalName = { zh: '本次使用已结束', en: 'This session is over' };
const nowhere: LocalName = { zh: '未知场所', en: 'Unknown place' };

/** The same fields without their class, so that they can be part of another answer. */
type Fields<Response> = { [Field in keyof Response]: Response[Field] };

/** Used up, asked for, or over: there is nothing more to give. */
const mustStop = ({ programme, amount, held, stopAskedAt, endedAt }: Session): boolean =>
  endedAt !== null || stopAskedAt !== null || (programme === null && amount >= held);

export const presentState = (session: Session): Fields<SessionStateResponse> => ({
  state: session.endedAt === null ? 'running' : 'ended',
  unit: session.unit,
  unitPrice: toWireAmount(session.unitPrice),
  programme: session.programme,
  held: toWireAmount(session.held),
  reading: Number(session.reading),
  amount: toWireAmount(session.amount),
  stop: mustStop(session),
  expiresAt: session.expiresAt.toISOString(),
  endReason: session.endReason,
});

function messageOf({ verdict, state, reason }: Payment): LocalName {
  if (verdict === 'declined') return declineReasons[reason ?? 'code_invalid'];
  if (verdict === 'pending') return asked;
  return state === 'held' ? begun : over;
}

export function presentStarted({ payment, session }: Started): SessionVerdictResponse {
  const isPending = payment.verdict === 'pending';
  const until = isPending ? payment.holdUntil : (session?.expiresAt ?? null);
  return {
    paymentId: payment.id.toString(),
    orderNumber: payment.orderNumber,
    shortNumber: payment.shortNumber,
    verdict: payment.verdict,
    reason: payment.reason,
    message: messageOf(payment),
    amount: toWireAmount(payment.amount),
    captured: toWireAmount(payment.captured),
    state: payment.state,
    ...(payment.awaits === undefined ? {} : { awaits: payment.awaits }),
    cardholder: payment.payer === null ? null : { maskedName: payment.payer },
    expiresAt: until?.toISOString() ?? null,
    decidedAt: payment.decidedAt.toISOString(),
    businessDate: payment.businessDate,
    session: session === undefined ? null : presentState(session),
  };
}

export const presentNoted = (
  progressNumber: string,
  { outcome, session }: Noted,
): ProgressResponse => ({
  progressNumber,
  orderNumber: session.orderNumber,
  outcome,
  captured: toWireAmount(session.captured),
  ...presentState(session),
});

export const presentMine = (
  session: Session,
  place: LocalName | undefined,
): Fields<MySessionResponse> => ({
  sessionId: session.id.toString(),
  paymentId: session.payment.toString(),
  place: place ?? nowhere,
  beganAt: session.beganAt.toISOString(),
  reportedAt: session.reportedAt?.toISOString() ?? null,
  endedAt: session.endedAt?.toISOString() ?? null,
  ...presentState(session),
});

export const presentProgrammes = (programmes: readonly Programme[]): ProgrammesResponse => ({
  programmes: programmes.map(({ code, name, amount, seconds }) => ({
    code,
    name,
    amount: toWireAmount(amount),
    seconds,
  })),
});
