/** The bank's own story of one day of the settlement account, for comparing it with ours. */
import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors/problem.js';
import { bankProblems } from './bank.errors.js';
import { bankPortToken, type BankPort } from './domain/bank-port.js';

@Injectable()
export class FetchStatement {
  constructor(@Inject(bankPortToken) private readonly bank: BankPort) {}

  /**
   * @param date a campus day, `2026-11-22`
   * @returns CSV with the header `date,reference,direction,amount,balance`; `reference` is an
   * instruction's number, `direction` is `in` or `out`, amounts are integer fen
   * @throws {Refusal} statement_unknown for a day that has not begun, bank_unavailable
   */
  async fetch(date: string): Promise<string> {
    const answer = await this.bank.statement(date);
    if (answer.outcome === 'found') return answer.csv;
    throw new Refusal(
      bankProblems,
      answer.outcome === 'not_begun' ? 'statement_unknown' : 'bank_unavailable',
    );
  }
}
