/**
 * A sale that may not be paid without a word waits for it: of the phone whose code was scanned, with the payment PIN, or of
 * the cashier. Word, reversal and clock race for it, and the first wins; it ends paid or declined, once.
 */
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors/problem.js';
import { FindPayments } from './find-payments.js';
import type { Payment } from './payment.js';
import { paymentsProblems } from './payments.errors.js';
import { PaymentsStore } from './store/payments.store.js';
import { WaitsStore, type AskedSale, type WordOutcome } from './store/waits.store.js';

export type Word = 'confirmed' | 'refused';

const atATime = 100;

@Injectable()
export class ConfirmPayment {
  constructor(
    private readonly payments: FindPayments,
    private readonly waits: WaitsStore,
    private readonly store: PaymentsStore,
  ) {}

  /** What the phones of a card are asked about now, the most urgent first. */
  asked(card: bigint): Promise<readonly AskedSale[]> {
    return this.waits.asked(card);
  }

  /** What a phone of this card was asked about a payment, whether it has ended or not. */
  askedOnce(card: bigint, payment: bigint): Promise<AskedSale | undefined> {
    return this.waits.askedOnce(card, payment);
  }

  /**
   * The cashier's word at the sale's own terminal.
   * @returns the sale as it stands afterwards.
   * @throws {Refusal} order_unknown, order_number_reversed, confirmation_not_awaited, confirmation_ended
   */
  async byCashier(terminal: bigint, orderNumber: string, word: Word): Promise<Payment> {
    const { id } = await this.payments.byOrderNumber(terminal, orderNumber);
    const outcome = await this.give(id, word, { terminal });
    if (outcome === 'unknown' || outcome === 'not_awaited')
      throw new Refusal(paymentsProblems, 'confirmation_not_awaited');
    return this.payments.byOrderNumber(terminal, orderNumber);
  }

  /** Each in a transaction of its own, so that no sale waits for more than one. */
  async endExpired(): Promise<void> {
    for (;;) {
      const expired = await this.waits.expired(atATime);
      for (const payment of expired)
        if (await this.waits.endExpired(payment)) this.store.wakeConsumers();
      if (expired.length < atATime) return;
    }
  }

  /**
   * The word of a phone that has proven it, or of a cashier at the terminal that signed.
   * @returns how the sale ended, by this word or before it was heard.
   * @throws {Refusal} confirmation_ended
   */
  async give(
    payment: bigint,
    word: Word,
    by: { readonly credential: bigint } | { readonly terminal: bigint },
  ): Promise<WordOutcome> {
    const outcome = await this.waits.give(payment, word, by);
    if (outcome === 'ended') throw new Refusal(paymentsProblems, 'confirmation_ended');
    this.store.wakeConsumers();
    return outcome === 'known' ? word : outcome;
  }
}
