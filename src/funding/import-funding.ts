/**
 * A file pays into purses only as a whole, without one wrong line, after a second person consented,
 * and each of its lines once, however often the file or the work on it is repeated.
 */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { PlanSpending } from '../cards/plan-spending.js';
import { formatYuan, toWireAmount } from '../money/amount.js';
import { Clock } from '../platform/clock/clock.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { ProposeApproval } from '../staff/propose-approval.js';
import { lineProblemOf, readImport, type WrongLine } from './domain/read-import.js';
import { fundingProblems } from './funding.errors.js';
import type { CardFunded } from './funding.events.js';
import type { ImportKind } from './store/import.row.js';
import {
  decideImport,
  findBatch,
  findCards,
  finishImport,
  insertImport,
  lockLineToPost,
  setApproval,
  setLineEntry,
  type LineToPost,
  type NewImport,
} from './store/import.store.js';
import { PostFunding } from './store/post-funding.js';

/** The approval's kind, and the permission that proposer and second person hold. */
export const importApprovalKind = 'funding.import';

export type ImportWish = {
  readonly kind: ImportKind;
  /** The sender's own number of the file. */
  readonly batchNumber: string;
  /** The kind of purse that is paid into: `cash` for a top-up, and for it alone. */
  readonly purse: string;
  /** When a subsidy can no longer be spent. */
  readonly usableUntil: Date | null;
  readonly csv: string;
  /** The member of staff who proposes. */
  readonly maker: bigint;
  /** Only report. */
  readonly isDryRun?: boolean;
};

export type ImportReport = {
  readonly linesOk: number;
  /** Fen that the good lines pay. */
  readonly amount: bigint;
  readonly wrong: readonly WrongLine[];
};

export type ProposedImport = {
  /** Null when nothing was proposed: a dry run, or a line is wrong. */
  readonly importId: bigint | null;
  readonly approvalId: bigint | null;
  readonly report: ImportReport;
};

export type ImportDecision = {
  readonly importId: bigint;
  readonly approvalId: bigint;
  readonly checker: bigint;
  readonly state: 'accepted' | 'rejected';
};

type Checked = { readonly report: ImportReport; readonly lines: NewImport['lines'] };

@Injectable()
export class ImportFunding {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly approvals: ProposeApproval,
    private readonly money: PostFunding,
    private readonly spending: PlanSpending,
  ) {}

  /**
   * Checks every line; a file without a wrong one is proposed to a second person.
   * @throws {Refusal} import_not_readable, import_usable_until_wrong, import_purse_wrong, batch_already_imported
   */
  async propose(wish: ImportWish): Promise<ProposedImport> {
    const { kind, purse, batchNumber, usableUntil, csv, maker, isDryRun = false } = wish;
    this.checkUsableUntil(wish);
    await this.checkPurse(wish);
    await this.refuseKnownBatch(batchNumber);
    const { report, lines } = await this.check(csv);
    if (isDryRun || report.wrong.length > 0) return { importId: null, approvalId: null, report };
    const sha256 = createHash('sha256').update(csv).digest();
    const { amount } = report;
    const wanted = { kind, purse, batchNumber, usableUntil, sha256, amount, maker, lines };
    return inTransaction(this.database, async (tx) => {
      const importId = await insertImport(tx, wanted);
      if (importId === undefined) throw new Refusal(fundingProblems, 'batch_already_imported');
      const approvalId = await this.approvals.propose(tx, {
        maker,
        kind: importApprovalKind,
        subject: String(importId),
        summary: `Pay ${formatYuan(amount)} to ${lines.length} cards (${kind} into ${purse}, batch ${batchNumber}).`,
      });
      await setApproval(tx, importId, approvalId);
      return { importId, approvalId, report };
    });
  }

  /** The second person's word. Hearing it again changes nothing. */
  async decide(tx: Tx, decision: ImportDecision): Promise<void> {
    const { importId: id, approvalId: approval, checker, state } = decision;
    await decideImport(tx, { id, approval, checker, state });
  }

  /**
   * Pays the lines of an accepted import that are not paid yet, one transaction each, so that a
   * crash loses none and repeats none, and no sale waits for more than one line.
   * @returns how many lines this call paid
   */
  async post(importId: bigint): Promise<number> {
    let posted = 0;
    while (await inTransaction(this.database, (tx) => this.postNext(tx, importId))) posted += 1;
    await inTransaction(this.database, (tx) => finishImport(tx, importId));
    return posted;
  }

  private async postNext(tx: Tx, importId: bigint): Promise<boolean> {
    const line = await lockLineToPost(tx, importId);
    if (line === undefined) return false;
    const entry = await this.pay(tx, importId, line);
    await setLineEntry(tx, importId, line.line, entry);
    await appendEvent(tx, 'card.funded', {
      cardholder: String(line.cardholder),
      card: String(line.card),
      amount: toWireAmount(line.amount),
      kind: line.kind,
      entry: String(entry),
      collection: null,
      import: String(importId),
    } satisfies CardFunded);
    return true;
  }

  private async pay(tx: Tx, importId: bigint, line: LineToPost): Promise<bigint> {
    const { kind, purse, card, amount, usableUntil, batchNumber } = line;
    return this.money.post(tx, {
      card,
      kind,
      source: kind === 'subsidy' ? 'subsidy-expense' : 'bank',
      purse: { kind: purse, usableUntil },
      amount,
      about: { import: String(importId), batchNumber, line: String(line.line) },
    });
  }

  private checkUsableUntil({ kind, usableUntil }: ImportWish): void {
    if (usableUntil === null) return;
    if (kind === 'top-up' || usableUntil <= this.clock.now())
      throw new Refusal(fundingProblems, 'import_usable_until_wrong');
  }

  private async checkPurse({ kind, purse }: ImportWish): Promise<void> {
    const { kinds } = await this.spending.current();
    if ((kind === 'top-up') !== (purse === 'cash') || !kinds.some(({ code }) => code === purse))
      throw new Refusal(fundingProblems, 'import_purse_wrong');
  }

  private async refuseKnownBatch(batchNumber: string): Promise<void> {
    const known = await findBatch(this.database, batchNumber);
    if (known === undefined) return;
    const detail = `Import ${known} has this batch number. Nobody is paid twice.`;
    throw new Refusal(fundingProblems, 'batch_already_imported', { detail });
  }

  private async check(csv: string): Promise<Checked> {
    const read = readImport(csv);
    const known = await findCards(
      this.database,
      read.lines.map(({ cardNumber }) => cardNumber),
    );
    const wrong = [...read.wrong];
    const lines: NewImport['lines'][number][] = [];
    for (const each of read.lines) {
      const { line, cardNumber, amount } = each;
      const found = known.get(cardNumber);
      const problem = lineProblemOf(each, found);
      if (found === undefined || problem !== undefined)
        wrong.push({ line, cardNumber, problem: problem ?? 'card_unknown' });
      else lines.push({ line, card: found.card, cardholder: found.cardholder, amount });
    }
    const amount = lines.reduce((sum, line) => sum + line.amount, 0n);
    wrong.sort((one, other) => one.line - other.line);
    return { lines, report: { linesOk: lines.length, amount, wrong } };
  }
}
