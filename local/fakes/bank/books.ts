import { campusDate } from '../clock.js';
import { bankDefaults, specialEndings } from './defaults.js';
import type {
  Agreement,
  BankAccount,
  BankRecord,
  FailureReason,
  Instruction,
  StatementLine,
} from './records.js';

/** The bank's state in memory. It changes only by applying records, so a restart gives it back. */
export class BankBooks {
  readonly agreements = new Map<string, Agreement>();
  readonly accounts = new Map<string, BankAccount>();
  readonly instructions = new Map<string, Instruction>();
  readonly statement: StatementLine[] = [];
  private readonly processing = new Set<string>();
  private settlement: number;

  constructor(settlementOpening: number) {
    this.settlement = settlementOpening;
  }

  get settlementBalance(): number {
    return this.settlement;
  }

  apply(record: BankRecord): void {
    switch (record.type) {
      case 'agreement_signed':
        return this.signAgreement(record.agreement, record.openingBalance);
      case 'agreement_revoked':
        return this.revokeAgreement(record.agreementNumber, record.at);
      case 'account_set':
        this.accounts.set(record.bankAccount, { ...record.account });
        return;
      case 'instruction_taken':
      case 'instruction_settled':
        return this.putInstruction(record.instruction);
      case 'transfer_received':
        return this.book('in', record.reference, record.amount, record.at);
      case 'clock_set':
        return;
    }
  }

  /** Why this instruction cannot be booked now, or null when it can. */
  refusal(instruction: Instruction): FailureReason | null {
    if (instruction.kind === 'payout') {
      return instruction.amount > this.settlement ? 'insufficient_funds' : null;
    }
    const agreement = this.agreements.get(instruction.counterparty);
    const account = agreement && this.accounts.get(agreement.bankAccount);
    if (!agreement || !account || agreement.revokedAt !== null) return 'agreement_revoked';
    if (account.frozen) return 'account_frozen';
    const limited = agreement.bankAccount.endsWith(specialEndings.limited);
    const limit = limited ? bankDefaults.smallDebitLimit : bankDefaults.debitLimit;
    if (instruction.amount > limit) return 'limit';
    return instruction.amount > account.balance ? 'insufficient_funds' : null;
  }

  /** The processing instructions whose time has come, oldest first. */
  due(now: number): Instruction[] {
    return [...this.processing]
      .map((number) => this.instructions.get(number))
      .filter((found): found is Instruction => found !== undefined)
      .filter((found) => (found.settlesAt ?? 0) <= now)
      .sort((one, other) => (one.settlesAt ?? 0) - (other.settlesAt ?? 0));
  }

  private signAgreement(agreement: Agreement, openingBalance: number): void {
    this.agreements.set(agreement.agreementNumber, { ...agreement });
    if (this.accounts.has(agreement.bankAccount)) return;
    this.accounts.set(agreement.bankAccount, {
      balance: openingBalance,
      frozen: agreement.bankAccount.endsWith(specialEndings.frozen),
    });
  }

  private revokeAgreement(agreementNumber: string, at: string): void {
    const agreement = this.agreements.get(agreementNumber);
    if (agreement) agreement.revokedAt ??= at;
  }

  private putInstruction(instruction: Instruction): void {
    this.instructions.set(instruction.instructionNumber, instruction);
    if (instruction.status === 'processing') this.processing.add(instruction.instructionNumber);
    else this.processing.delete(instruction.instructionNumber);
    if (instruction.status !== 'succeeded' || instruction.bookedAt === null) return;
    if (instruction.kind === 'debit') this.takeFromHolder(instruction);
    const direction = instruction.kind === 'debit' ? 'in' : 'out';
    this.book(direction, instruction.instructionNumber, instruction.amount, instruction.bookedAt);
  }

  private takeFromHolder(debit: Instruction): void {
    const agreement = this.agreements.get(debit.counterparty);
    const account = agreement && this.accounts.get(agreement.bankAccount);
    if (account) account.balance -= debit.amount;
  }

  private book(direction: 'in' | 'out', reference: string, amount: number, at: string): void {
    this.settlement += direction === 'in' ? amount : -amount;
    const date = campusDate(Date.parse(at));
    this.statement.push({ date, reference, direction, amount, balance: this.settlement });
  }
}
