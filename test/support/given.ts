/** A small campus made through use cases: a place of each tariff with a terminal, students with money and phones. */
import type { SignatureAlgorithm } from '@campus-paycode/terminal-protocol';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { IssueCard } from '../../src/cards/issue-card.js';
import { FindCard } from '../../src/cards/find-card.js';
import { OpenPurse } from '../../src/cards/open-purse.js';
import { recordFunding } from '../../src/funding/store/ledger-entry.store.js';
import { proveLedger } from '../../src/ledger/prove-ledger.js';
import { paymentCodesProofs } from '../../src/payment-codes/prove-payment-codes.js';
import { provePayments } from '../../src/payments/prove-payments.js';
import { OpenPlace } from '../../src/places/open-place.js';
import type { PlaceKind, Tariff } from '../../src/places/place.js';
import { RegisterMerchant } from '../../src/places/register-merchant.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import type { TestService } from './service.js';
import { TestPhone } from './test-phone.js';
import { newTerminalKey, TestTerminal } from './test-terminal.js';

export const entered: Tariff = { type: 'entered', maximum: 50_000n };
export const fixed: Tariff = { type: 'fixed', amount: 300n };
export const metered: Tariff = {
  type: 'metered',
  hold: 500n,
  unit: 'liter',
  unitPrice: 5n,
  holdSeconds: 900,
};

const named = (en: string): { zh: string; en: string } => ({ zh: en, en });

export type Student = {
  readonly cardholder: bigint;
  readonly card: bigint;
  readonly cardNumber: string;
  readonly phone: TestPhone;
  /** Fen that the card may spend, subsidies included. */
  balance(): Promise<bigint>;
  /** Binds another phone: the one before makes no valid codes any more. */
  bindAnotherPhone(): Promise<TestPhone>;
};

export class Given {
  private places = 0;
  private students = 0;

  constructor(private readonly service: TestService) {}

  /** An enrolled terminal at a place of its own. */
  async terminal(
    kind: PlaceKind,
    tariff: Tariff,
    algorithm: SignatureAlgorithm = 'ed25519',
  ): Promise<TestTerminal> {
    const terminal = await this.newTerminal(kind, tariff, algorithm);
    const { status, text } = await terminal.enrol(await this.enrolmentCode(terminal));
    if (status !== 201) throw new Error(text);
    return terminal;
  }

  /** A terminal that the office has registered and that has not enrolled yet. */
  async newTerminal(
    kind: PlaceKind,
    tariff: Tariff,
    algorithm: SignatureAlgorithm = 'ed25519',
  ): Promise<TestTerminal> {
    const { service } = this;
    this.places += 1;
    const code = `${kind[0]?.toUpperCase()}${this.places}`;
    const merchant = await service
      .get(RegisterMerchant)
      .register(named(`Merchant ${this.places}`), null);
    const place = await service
      .get(OpenPlace)
      .open({ merchant, name: named(`Place ${this.places}`), kind, tariff });
    const id = await service.get(RegisterTerminal).register({ place, code, name: named(code) });
    return new TestTerminal(service, id, code, newTerminalKey(algorithm));
  }

  async enrolmentCode({ id }: Pick<TestTerminal, 'id'>): Promise<string> {
    return (await this.service.get(RegisterTerminal).issueEnrolmentCode(id)).code;
  }

  canteen(): Promise<TestTerminal> {
    return this.terminal('canteen', entered);
  }

  gym(): Promise<TestTerminal> {
    return this.terminal('gym', fixed);
  }

  dorm(): Promise<TestTerminal> {
    return this.terminal('dorm', metered);
  }

  /** @param cash fen in the cash purse */
  async student(cash: bigint): Promise<Student> {
    const { service } = this;
    this.students += 1;
    const cardNumber = `8${String(this.students).padStart(7, '0')}`;
    const { cardholder, card } = await service.inTransaction(async (tx) => {
      const registered = await service
        .get(RegisterCardholder)
        .register(tx, { number: cardNumber, name: '张伟', group: 'student' });
      const issued = await service.get(IssueCard).issue(tx, registered, cardNumber);
      return { cardholder: registered, card: issued };
    });
    if (cash > 0n) await this.fund(card, cash);
    const phone = await this.phone(cardholder);
    return {
      cardholder,
      card,
      cardNumber,
      phone,
      balance: () => this.balanceOf(card),
      bindAnotherPhone: () => this.phone(cardholder),
    };
  }

  /** Puts money into a purse; with a day it is a subsidy that is worth something until then. */
  async fund(
    card: bigint,
    amount: bigint,
    usableUntil: Date | null = null,
    kind = usableUntil === null ? 'cash' : 'subsidy',
  ): Promise<void> {
    const { service } = this;
    await service.inTransaction(async (tx) => {
      const purse = await service.get(OpenPurse).open(tx, card, kind, usableUntil);
      await recordFunding(tx, {
        kind: kind === 'cash' ? 'top-up' : 'subsidy',
        source: kind === 'cash' ? 'bank' : 'subsidy-expense',
        purse,
        amount,
        about: {},
      });
    });
  }

  private async phone(cardholder: bigint): Promise<TestPhone> {
    const { token } = await this.service.get(IssueEnrolmentLink).issue(cardholder);
    return TestPhone.enrol(this.service, token);
  }

  private async balanceOf(card: bigint): Promise<bigint> {
    const purses = await this.service.get(FindCard).purses(card);
    return purses.reduce((sum, { balance, held }) => sum + balance - held, 0n);
  }
}

/** What of the books does not hold; an empty list is the only good one. */
export async function brokenProofs(service: TestService): Promise<string[]> {
  const proofs = [
    ...(await proveLedger(service.database)),
    ...(await proveWith(paymentCodesProofs, service.database)),
    ...(await provePayments(service.database)),
  ];
  return proofs.filter(({ broken }) => broken !== 0n).map(({ proof }) => proof);
}

const kept = [
  'ledger.account',
  'ledger.entry',
  'ledger.posting',
  'ledger.delta',
  'ledger.hold',
  'payments.order_number',
  'payments.payment',
  'payments.capture',
  'payments.reversal',
  'terminals.terminal_key',
  'platform.outbox',
];

/** How much the database holds, and how far codes were used: the same before and after a request that did nothing. */
export async function countRows(service: TestService): Promise<Record<string, string>> {
  const { rows } = await service.owner.query<Record<string, string>>(
    `select ${kept.map((table) => `(select count(*) from ${table}) as "${table}"`).join(', ')},
       (select coalesce(sum(high_water), 0) from payment_codes.credential) as used,
       (select coalesce(sum(balance), 0) from ledger.account) as balances`,
  );
  return rows[0] ?? {};
}
