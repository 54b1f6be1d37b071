/**
 * An instruction is stored under its number before it is sent, and may be withdrawn only as long as
 * it was not.
 */
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../platform/database/transaction.js';
import { CarryOutInstructions } from './carry-out-instructions.js';
import { cancelInstruction, insertInstruction } from './store/instruction.store.js';

export type Claimed = { readonly instructionId: bigint; readonly number: string };

@Injectable()
export class InstructBank {
  constructor(private readonly carryingOut: CarryOutInstructions) {}

  /**
   * Takes money from the agreement's bank account. The end is told by `instruction.succeeded` or
   * `.failed`.
   */
  claimDebit(
    tx: Tx,
    wanted: { agreementId: bigint; amount: bigint; purpose: string },
  ): Promise<Claimed> {
    const { agreementId: agreement, amount, purpose } = wanted;
    return this.claim((number) =>
      insertInstruction(tx, { kind: 'debit', number, agreement, amount, purpose }),
    );
  }

  /** Sends money from the campus' settlement account. */
  claimPayout(
    tx: Tx,
    wanted: { payeeAccount: string; amount: bigint; purpose: string },
  ): Promise<Claimed> {
    return this.claim((number) => insertInstruction(tx, { kind: 'payout', number, ...wanted }));
  }

  /** @returns false when it may have reached the bank, which then decides. */
  cancel(tx: Tx, instructionId: bigint): Promise<boolean> {
    return cancelInstruction(tx, instructionId);
  }

  private async claim(store: (number: string) => Promise<bigint>): Promise<Claimed> {
    const number = uuidv7();
    const instructionId = await store(number);
    this.carryingOut.wakeSoon();
    return { instructionId, number };
  }
}
