/** Tills that sell, without phones and signatures: for tests of what becomes of sales afterwards. */
import { makeOrderNumber } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { IssueCard } from '../../src/cards/issue-card.js';
import { OpenPurse } from '../../src/cards/open-purse.js';
import { CapturePayment } from '../../src/payments/capture-payment.js';
import type { Payment } from '../../src/payments/payment.js';
import { ReversePayment } from '../../src/payments/reverse-payment.js';
import {
  PaymentsStore,
  type Decision,
  type Sale,
} from '../../src/payments/store/payments.store.js';
import { FindPlaces } from '../../src/places/find-places.js';
import { OpenPlace } from '../../src/places/open-place.js';
import type { Place, Tariff } from '../../src/places/place.js';
import { RegisterMerchant } from '../../src/places/register-merchant.js';
import { VoidSale, type VoidOutcome } from '../../src/settlement/void-sale.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import type { Terminal } from '../../src/terminals/terminal.js';
import type { TestService } from './service.js';

export type Till = {
  readonly terminal: Terminal;
  readonly place: Place;
  /** Sells, at once or by a hold where the tariff is metered. `clockAhead` is how wrong the till's clock is. */
  sell(amount: bigint, clockAhead?: number): Promise<Payment>;
  /** Somebody without enough money tries to pay. */
  sellInVain(amount: bigint): Promise<Payment>;
  capture(payment: Payment, amount: bigint, final?: boolean): Promise<void>;
  reverse(payment: Payment): Promise<void>;
  /** The cashier takes it back. */
  void(payment: Payment): Promise<VoidOutcome>;
};

const names = (en: string): { zh: string; en: string } => ({ zh: en, en });

export class GivenSales {
  private numbers = 0;

  constructor(private readonly service: TestService) {}

  merchant(name: string): Promise<bigint> {
    return this.service.get(RegisterMerchant).register(names(name), null);
  }

  async till(merchant: bigint, code: string, tariff?: Tariff): Promise<Till> {
    const placeId = await this.service.get(OpenPlace).open({
      merchant,
      name: names(code),
      kind: tariff?.type === 'metered' ? 'dorm' : 'canteen',
      tariff: tariff ?? { type: 'entered', maximum: 100_000n },
    });
    const id = await this.service
      .get(RegisterTerminal)
      .register({ place: placeId, code, name: names(code) });
    await this.service.owner.query(
      `insert into terminals.terminal_key (terminal, generation, algorithm, public_key)
       values ($1, 1, 'ed25519', $2)`,
      [id.toString(), randomBytes(32)],
    );
    const place = await this.service.get(FindPlaces).byPlaceId(placeId);
    if (place === undefined) throw new Error('The place is not there.');
    const terminal: Terminal = { id, code, name: names(code), place: placeId, status: 'active' };
    return {
      terminal,
      place,
      sell: (amount, clockAhead = 0) => this.decide(terminal, place, amount, { clockAhead }),
      sellInVain: (amount) => this.decide(terminal, place, amount, { cash: 1n }),
      capture: async ({ orderNumber }, amount, final = true) => {
        const captureNumber = this.number();
        await this.service.get(CapturePayment).capture({
          terminalKey: { terminal, generation: 1 },
          orderNumber,
          captureNumber,
          amount,
          final,
        });
      },
      reverse: async ({ orderNumber }) => {
        await this.service
          .get(ReversePayment)
          .reverse({ terminal, generation: 1 }, orderNumber, 'device');
      },
      void: async ({ orderNumber }) => {
        const { outcome } = await this.service.get(VoidSale).void({
          terminalKey: { terminal, generation: 1 },
          voidNumber: this.number(),
          orderNumber,
          hash: randomBytes(32),
          supervision: undefined,
        });
        return outcome;
      },
    };
  }

  /** A UUIDv7 of now, as a terminal makes it. */
  number(clockAhead = 0): string {
    return makeOrderNumber(this.service.clock.nowMs() + clockAhead, randomBytes(10));
  }

  private async decide(
    terminal: Terminal,
    place: Place,
    amount: bigint,
    { clockAhead = 0, cash = amount }: { clockAhead?: number; cash?: bigint },
  ): Promise<Payment> {
    const sequence = (this.numbers += 1);
    const decision: Decision = await this.service.get(PaymentsStore).decide({
      terminal: terminal.id,
      keyGeneration: 1,
      orderNumber: this.number(clockAhead),
      hash: randomBytes(32),
      sequence,
      shortNumber: `${terminal.code}-${sequence}`,
      place: place.id,
      merchant: place.merchant.id,
      merchantAccount: place.merchant.account,
      purseKinds: ['cash'],
      holdSeconds: place.tariff.type === 'metered' ? place.tariff.holdSeconds : null,
      amount,
      occurredAt: new Date(this.service.clock.nowMs() + clockAhead),
      payer: await this.payer(sequence, cash),
    });
    if (!('payment' in decision)) throw new Error(`The sale ended as ${decision.outcome}.`);
    return decision.payment;
  }

  /** Somebody new with a phone, a card and so much cash: no sale meets another's limits. */
  private async payer(
    number: number,
    cash: bigint,
  ): Promise<Exclude<Sale['payer'], { refused: unknown }>> {
    const { service } = this;
    const digits = `9${String(number).padStart(7, '0')}`;
    const card = await service.inTransaction(async (tx) => {
      const cardholder = await service
        .get(RegisterCardholder)
        .register(tx, { number: digits, name: '张伟', group: 'student' });
      return service.get(IssueCard).issue(tx, cardholder, digits);
    });
    const purse = await service.inTransaction((tx) =>
      service.get(OpenPurse).open(tx, card, 'cash', null),
    );
    await service.owner.query(
      `select ledger.record('top-up', array[ledger.open_account(0, 'bank', null, false), $1],
         array[-$2::bigint, $2], '{}')`,
      [purse.toString(), cash.toString()],
    );
    const { rows } = await service.owner.query<{ id: string; counter: string }>(
      `insert into payment_codes.credential
         (card, sealed_seed, wrapping_key, alias_seconds, device_name, usable_until)
       values ($1, 'x', 'w-1', 30, 'phone', platform.now() + interval '14 days')
       returning id, floor(extract(epoch from platform.now()) / 30)::bigint * 4 as counter`,
      [card.toString()],
    );
    const [credential] = rows;
    if (credential === undefined) throw new Error('The phone was not enrolled.');
    return {
      card,
      credential: BigInt(credential.id),
      counter: BigInt(credential.counter),
      generation: 0,
      name: '张*',
    };
  }
}
