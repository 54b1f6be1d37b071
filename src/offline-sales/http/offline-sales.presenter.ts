import { toWireAmount } from '../../money/amount.js';
import { decisionWords, reasonWords } from '../domain/decision-words.js';
import type { KeptRecord, StoppedTerminal } from '../read-offline-sales.js';
import type { Decided } from '../store/records.js';
import type {
  OfflineDecisionResponse,
  OfflineRecordResponse,
  StoppedTerminalResponse,
} from './offline-sales.response.js';

/** The same fields without their class, so that they can be part of another answer. */
type DecisionFields = {
  [Field in keyof OfflineDecisionResponse]: OfflineDecisionResponse[Field];
};

export const presentDecision = (decided: Decided): DecisionFields => ({
  sequence: decided.sequence,
  orderNumber: decided.orderNumber,
  shortNumber: decided.shortNumber,
  decision: decided.decision,
  reason: decided.reason,
  paymentId: decided.payment?.toString() ?? null,
  message: decisionWords[decided.decision],
});

export const presentRecord = (record: KeptRecord): OfflineRecordResponse => ({
  ...presentDecision(record),
  message: record.reason === null ? decisionWords[record.decision] : reasonWords[record.reason],
  id: record.id.toString(),
  terminalId: record.terminal.toString(),
  terminalCode: record.terminalCode,
  merchantId: record.merchant.toString(),
  cardNumber: record.cardNumber,
  amount: record.amount === null ? null : toWireAmount(record.amount),
  owed: toWireAmount(record.owed),
  bears: record.bears,
  paid: toWireAmount(record.paid),
  occurredAt: record.occurredAt?.toISOString() ?? null,
  receivedAt: record.receivedAt.toISOString(),
  approvalId: record.approval?.toString() ?? null,
  text: record.text.toString('base64'),
});

export const presentStopped = (stopped: StoppedTerminal): StoppedTerminalResponse => ({
  terminalId: stopped.terminal.toString(),
  terminalCode: stopped.code,
  fault: stopped.fault,
  message: reasonWords[stopped.fault],
  sequence: stopped.sequence,
  missing: stopped.missing,
  stoppedAt: stopped.at.toISOString(),
  waiting: stopped.waiting,
});
