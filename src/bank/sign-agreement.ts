/**
 * An owner has one agreement at a time, proposed under a number of ours that is stored before the
 * bank hears of it.
 */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { inTransaction } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { bankProblems } from './bank.errors.js';
import { bankPortToken, type BankPort } from './domain/bank-port.js';
import {
  activateAgreement,
  endAgreement,
  findLiveAgreement,
  insertAgreement,
  type Agreement,
} from './store/agreement.store.js';

export type AgreementWish = { readonly holderName: string; readonly bankAccount: string };

@Injectable()
export class SignAgreement {
  constructor(
    private readonly database: DataSource,
    @Inject(bankPortToken) private readonly bank: BankPort,
  ) {}

  /**
   * Signing again with the same holder and account gives the same agreement.
   * @param owner opaque; for a university card its id
   * @throws {Refusal} agreement_refused, agreement_exists, bank_unavailable (sign again: the number
   * is kept)
   */
  async sign(owner: bigint, wish: AgreementWish): Promise<{ agreementId: bigint }> {
    const agreement = await this.propose(owner, wish);
    if (agreement.status === 'active') return { agreementId: agreement.id };
    const answer = await this.bank.sign({ number: agreement.number, ...wish });
    if (answer.outcome === 'unknown') throw new Refusal(bankProblems, 'bank_unavailable');
    await inTransaction(this.database, (tx) =>
      answer.outcome === 'active'
        ? activateAgreement(tx, agreement.number, answer.signedAt)
        : endAgreement(tx, agreement.number, 'refused', answer.reason),
    );
    if (answer.outcome === 'refused') throw new Refusal(bankProblems, 'agreement_refused');
    return { agreementId: agreement.id };
  }

  private propose(owner: bigint, { holderName, bankAccount }: AgreementWish): Promise<Agreement> {
    const accountTail = bankAccount.slice(-4);
    return inTransaction(this.database, async (tx) => {
      const live = await findLiveAgreement(tx, owner);
      const isSame = live?.holderName === holderName && live.accountTail === accountTail;
      if (live !== undefined && isSame) return live;
      if (live?.status === 'active') throw new Refusal(bankProblems, 'agreement_exists');
      // An unanswered proposal for something else is given up: its number is never debited.
      if (live !== undefined) await endAgreement(tx, live.number, 'refused', 'given_up');
      await insertAgreement(tx, { owner, number: uuidv7(), holderName, accountTail });
      const proposed = await findLiveAgreement(tx, owner);
      invariant(proposed !== undefined, 'A proposed agreement was not found.');
      return proposed;
    });
  }
}
