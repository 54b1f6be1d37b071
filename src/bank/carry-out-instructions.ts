/**
 * What was asked of the bank is carried out exactly once: sent under its number, and after any doubt asked for by that
 * number before it is sent again.
 */
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import { toWireAmount } from '../money/amount.js';
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

/** Longer than asking and sending together may take (two time-outs), so that a live worker is not doubled. */
const leaseSeconds = 15;

/** Long enough for the claiming transaction to commit; the chore finds what is missed. */
const wakeAfterMs = 30;

const agreementIsGone = new Set(['agreement_revoked', 'agreement_unknown']);

@Injectable()
export class CarryOutInstructions implements OnApplicationShutdown {
  private readonly logger = new Logger('bank');
  private waking: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  /** Only a process that does chores answers a wake; it learns so at the first turn of its chore. */
  private isWorker = false;

  constructor(
    private readonly database: DataSource,
    @Inject(bankPortToken) private readonly bank: BankPort,
  ) {}

  /** Carries out everything that is due, several at a time, and returns when nothing is. */
  async carryOut(): Promise<void> {
    if (!this.bank.isReachable) return;
    // Look with one lane first: an idle turn costs one query.
    if (!(await this.carryOutNext())) return;
    await Promise.all(Array.from({ length: lanesMax }, () => this.keepCarryingOut()));
  }

  /** The chore's turn. */
  work(): Promise<void> {
    this.isWorker = true;
    this.running ??= this.carryOut().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Something is being claimed: look as soon as it may be committed. */
  wakeSoon(): void {
    if (!this.isWorker || this.waking !== undefined) return;
    this.waking = setTimeout(() => {
      this.waking = undefined;
      this.work().catch((error: Error) => this.logger.warn(error.message));
    }, wakeAfterMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.waking);
    this.isWorker = false;
    await this.running?.catch(() => undefined);
  }

  private async keepCarryingOut(): Promise<void> {
    while (await this.carryOutNext());
  }

  private async carryOutNext(): Promise<boolean> {
    const instruction = await takeDueInstruction(this.database, leaseSeconds);
    if (instruction === undefined) return false;
    await this.record(instruction, await this.call(instruction));
    return true;
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
