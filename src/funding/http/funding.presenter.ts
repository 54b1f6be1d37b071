import { toWireAmount } from '../../money/amount.js';
import type { ProposedImport } from '../import-funding.js';
import type { ListedCollection, ListedFunding, ListedImport } from '../store/funding-list.store.js';
import type {
  CollectionResponse,
  FundingItemResponse,
  ImportResponse,
  ProposedImportResponse,
} from './funding.response.js';

/** Enough to correct a file by; the count says how many there are. */
const wrongShownMax = 1_000;

const fen = (stored: string): number => toWireAmount(BigInt(stored));
const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export function presentProposal({
  importId,
  approvalId,
  report,
}: ProposedImport): ProposedImportResponse {
  return {
    importId: importId === null ? null : String(importId),
    approvalId: approvalId === null ? null : String(approvalId),
    report: {
      linesOk: report.linesOk,
      amount: toWireAmount(report.amount),
      linesWrong: report.wrong.length,
      wrong: report.wrong.slice(0, wrongShownMax),
    },
  };
}

export const presentImport = (row: ListedImport): ImportResponse => ({
  id: row.id,
  kind: row.kind,
  purse: row.purse,
  batchNumber: row.batch_number,
  usableUntil: instant(row.usable_until),
  lines: row.lines,
  linesPosted: row.lines_posted,
  amount: fen(row.amount),
  state: row.state,
  approvalId: row.approval,
  proposedAt: row.proposed_at.toISOString(),
  postedAt: instant(row.posted_at),
});

export const presentCollection = (row: ListedCollection): CollectionResponse => ({
  id: row.id,
  cardNumber: row.card_number,
  paymentId: row.payment,
  spent: fen(row.spent),
  amount: fen(row.amount),
  state: row.state,
  reason: row.reason,
  instructionNumber: row.instruction_number,
  instructionState: row.instruction_state,
  bankReference: row.bank_reference,
  claimedAt: row.claimed_at.toISOString(),
  resolvedAt: instant(row.resolved_at),
});

export const presentFunding = (row: ListedFunding): FundingItemResponse => ({
  kind: row.kind,
  state: row.state,
  amount: fen(row.amount),
  at: row.at.toISOString(),
});
