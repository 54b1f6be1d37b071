/**
 * What was asked of the bank is carried out exactly once: sent under its number, and after any
 * doubt asked for by that number before it is sent again.
 */
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { toWireAmount } from '../money/amount.js';
import { inTransaction } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import { RunJobs } from '../platform/jobs/run-jobs.js';
import type { InstructionResolved } from './bank.events.js';
import { bankPortToken, type BankAnswer, type BankPort } from './domain/bank-port.js';
import { askAgainAfterSeconds } from './domain/ask-again.js';
import { endAgreement } from './store/agreement.store.js';
import {
  recordEnd,
  recordUnknown,
  takeDueInstruction,
  type DueInstruction,
} from './store/instruction.store.js';

/** Calls to the bank at a time; each waits up to five seconds without a database connection. */
const lanesMax = 8;

/**
 * Longer than asking and sending together may take (two time-outs), so that a live worker is not
 * doubled.
 */
const leaseSeconds = 15;

/** Long enough for the claiming transaction to commit; the chore finds what is missed. */
const wakeAfterMs = 30;

const agreementIsGone = new Set(['agreement_revoked', 'agreement_unknown']);

@Injectable()
export class CarryOutInstructions implements OnApplicationShutdown {
  private readonly logger = new Logger('bank');
  private waking: NodeJS.Timeout | undefined;
  private opening: Promise<void> | undefined;
  private readonly lanes = new Set<Promise<void>>();
  private isLeaving = false;

  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
    @Inject(bankPortToken) private readonly bank: BankPort,
  ) {}

  /** Carries out everything that is due, several at a time, and returns when nothing is. */
  async carryOut(): Promise<void> {
    if (!this.bank.isReachable) return;
    // One at a time opens lanes, or two would open more than there may be.
    this.opening ??= this.openLanes().finally(() => {
      this.opening = undefined;
    });
    await this.opening;
    await Promise.all(this.lanes);
  }

  /** Something is being claimed: look as soon as it may be committed. */
  wakeSoon(): void {
    if (!this.jobs.isWorking || this.waking !== undefined) return;
    this.waking = setTimeout(() => {
      this.waking = undefined;
      this.carryOut().catch((error: Error) => this.logger.warn(error.message));
    }, wakeAfterMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.waking);
    this.isLeaving = true;
    await this.opening?.catch(() => undefined);
    await Promise.all(this.lanes);
  }

  private async openLanes(): Promise<void> {
    while (this.lanes.size < lanesMax) {
      const first = await this.takeNext();
      if (first === undefined) return;
      const lane: Promise<void> = this.keepCarryingOut(first)
        // Left as called: the lease ends, and the bank is asked by number.
        .catch((error: Error) => this.logger.warn(error.message))
        .finally(() => this.lanes.delete(lane));
      this.lanes.add(lane);
    }
  }

  private async keepCarryingOut(first: DueInstruction): Promise<void> {
    let next: DueInstruction | undefined = first;
    while (next !== undefined) {
      await this.record(next, await this.call(next));
      next = await this.takeNext();
    }
  }

  private async takeNext(): Promise<DueInstruction | undefined> {
    return this.isLeaving ? undefined : takeDueInstruction(this.database, leaseSeconds);
  }

  private async call(instruction: DueInstruction): Promise<BankAnswer> {
    if (instruction.mayHaveArrived) {
      const found = await this.bank.find(instruction);
      if (found.outcome !== 'never_seen') return found;
    }
    return this.bank.instruct(instruction);
  }

  private async record(instruction: DueInstruction, answer: BankAnswer): Promise<void> {
    const { id, number, kind, owner, amount, attempts } = instruction;
    if (answer.outcome === 'unknown') {
      const after = askAgainAfterSeconds(attempts);
      await recordUnknown(this.database, id, answer.reason, after);
      return;
    }
    const failure = answer.outcome === 'failed' ? answer.reason : null;
    await inTransaction(this.database, async (tx) => {
      if (!(await recordEnd(tx, id, answer))) return;
      const { agreementNumber } = instruction;
      if (agreementNumber !== null && failure !== null && agreementIsGone.has(failure))
        await endAgreement(tx, agreementNumber, 'revoked', failure);
      await appendEvent(tx, `instruction.${answer.outcome}`, {
        instruction: String(id),
        number,
        kind,
        owner: owner === null ? null : String(owner),
        amount: toWireAmount(amount),
        bankReference: answer.bankReference,
        reason: failure,
      } satisfies InstructionResolved);
    });
  }
}
