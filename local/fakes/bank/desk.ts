import type { MovableClock } from '../clock.js';
import type { LineLog } from '../line-log.js';
import type { BankBooks } from './books.js';
import { bankDefaults, specialEndings } from './defaults.js';
import type { Agreement, BankAccount, BankRecord, Instruction } from './records.js';

export type Refused = { refused: { status: number; code: string; message: string } };
export type NewInstruction = Pick<
  Instruction,
  'instructionNumber' | 'kind' | 'counterparty' | 'amount' | 'purpose'
>;

/** What the bank does when asked. Each change is applied and appended in one breath. */
export class BankDesk {
  private references = 0;

  constructor(
    private readonly books: BankBooks,
    private readonly log: LineLog<BankRecord>,
    private readonly clock: MovableClock,
    private readonly openingBalance: number,
  ) {
    this.references = books.instructions.size;
  }

  /** Signing the same agreement again gives the same agreement. */
  sign(
    wanted: Pick<Agreement, 'agreementNumber' | 'holderName' | 'bankAccount'>,
  ): Agreement | Refused {
    const known = this.books.agreements.get(wanted.agreementNumber);
    if (known) {
      const same =
        known.holderName === wanted.holderName && known.bankAccount === wanted.bankAccount;
      return same ? known : refused(409, 'agreement_number_reused', 'another agreement has it');
    }
    if (wanted.bankAccount.endsWith(specialEndings.refused)) {
      return refused(422, 'holder_mismatch', 'the account belongs to somebody else');
    }
    const empty = wanted.bankAccount.endsWith(specialEndings.empty);
    const agreement = { ...wanted, signedAt: this.instant(), revokedAt: null };
    const openingBalance = empty ? 0 : this.openingBalance;
    this.record({ type: 'agreement_signed', agreement, openingBalance });
    return agreement;
  }

  /** Revoking twice is revoking once. */
  revoke(agreementNumber: string): Agreement | Refused {
    const agreement = this.books.agreements.get(agreementNumber);
    if (!agreement) return refused(404, 'agreement_unknown', 'no such agreement was signed');
    if (agreement.revokedAt === null) {
      this.record({ type: 'agreement_revoked', agreementNumber, at: this.instant() });
    }
    return agreement;
  }

  /**
   * Takes an instruction once: the same number with the same content gives the answer of now,
   * with other content a refusal. With `processingMs` it is decided only after that time.
   */
  take(wanted: NewInstruction, processingMs: number | null): Instruction | Refused {
    const known = this.books.instructions.get(wanted.instructionNumber);
    if (known) {
      return sameInstruction(known, wanted)
        ? known
        : refused(409, 'instruction_number_reused', 'this number was used for something else');
    }
    const agreement = this.books.agreements.get(wanted.counterparty);
    if (wanted.kind === 'debit' && !agreement) {
      return refused(404, 'agreement_unknown', 'no such agreement was signed');
    }
    const slow = wanted.kind === 'debit' && agreement?.bankAccount.endsWith(specialEndings.slow);
    const wait = processingMs ?? (slow ? bankDefaults.processingMs : null);
    this.references += 1;
    const now = this.clock.now();
    const taken: Instruction = {
      ...wanted,
      status: 'processing',
      reason: null,
      bankReference: `BK${String(this.references).padStart(12, '0')}`,
      acceptedAt: new Date(now).toISOString(),
      bookedAt: null,
      settlesAt: now + (wait ?? 0),
    };
    const instruction = wait === null ? this.decided(taken, now) : taken;
    this.record({ type: 'instruction_taken', instruction });
    return instruction;
  }

  /** Gives an end to every processing instruction whose time has come. */
  settleDue(): void {
    for (const due of this.books.due(this.clock.now())) {
      const instruction = this.decided(due, due.settlesAt ?? this.clock.now());
      this.record({ type: 'instruction_settled', instruction });
    }
  }

  setAccount(bankAccount: string, change: Partial<BankAccount>): BankAccount {
    const before = this.books.accounts.get(bankAccount) ?? { balance: 0, frozen: false };
    const account = { ...before, ...change };
    this.record({ type: 'account_set', bankAccount, account });
    return account;
  }

  /** Somebody else pays into the settlement account: the university's subsidies, for example. */
  receiveTransfer(reference: string, amount: number): void {
    this.record({ type: 'transfer_received', reference, amount, at: this.instant() });
  }

  rememberClock(): void {
    this.record({ type: 'clock_set', offsetMs: this.clock.offsetMs });
  }

  private decided(instruction: Instruction, at: number): Instruction {
    const reason = this.books.refusal(instruction);
    return reason === null
      ? { ...instruction, status: 'succeeded', bookedAt: new Date(at).toISOString() }
      : { ...instruction, status: 'failed', reason };
  }

  private record(record: BankRecord): void {
    this.books.apply(record);
    this.log.append(record);
  }

  private instant(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function sameInstruction(known: Instruction, wanted: NewInstruction): boolean {
  return (
    known.kind === wanted.kind &&
    known.counterparty === wanted.counterparty &&
    known.amount === wanted.amount &&
    known.purpose === wanted.purpose
  );
}

function refused(status: number, code: string, message: string): Refused {
  return { refused: { status, code, message } };
}
