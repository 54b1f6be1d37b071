/**
 * A payment PIN is set, and set anew, only by who has just proven once more to be the cardholder. A first one that no link of
 * the office stands behind is good a day later: whoever holds an unlocked phone could have set password and PIN.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProveCardholder, type CardholderProof } from '../cardholders/prove-cardholder.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import { Refusal } from '../platform/errors/problem.js';
import { hashPin, isGuessable } from '../platform/pin/pin.js';
import { cardsProblems } from './cards.errors.js';
import { FindCard } from './find-card.js';
import { PaymentPinsStore, type PinState } from './store/payment-pins.store.js';

@Injectable()
export class SetPaymentPin {
  constructor(
    private readonly database: DataSource,
    private readonly cards: FindCard,
    private readonly cardholders: ProveCardholder,
    private readonly pins: PaymentPinsStore,
  ) {}

  /** @throws {Refusal} payment_pin_weak, cardholder_unproven, the refusals of WeChat */
  async set(cardholder: bigint, pin: string, proof: CardholderProof): Promise<void> {
    if (isGuessable(pin)) throw new Refusal(cardsProblems, 'payment_pin_weak');
    const card = await this.cards.ofCardholder(cardholder);
    await this.cardholders.prove(cardholder, proof);
    const hash = await hashPin(pin);
    const byOffice = 'linkToken' in proof;
    await inTransaction(this.database, (tx) => this.keep(tx, card, { hash, byOffice }));
  }

  /** Gives a first PIN without a proof; for the card office and the demo campus. */
  async give(tx: Tx, cardholder: bigint, pin: string): Promise<void> {
    const card = await this.cards.ofCardholder(cardholder, tx);
    await this.keep(tx, card, { hash: await hashPin(pin), byOffice: true });
  }

  async stateOf(cardholder: bigint): Promise<PinState> {
    return this.pins.stateOf((await this.cards.ofCardholder(cardholder)).id);
  }

  private async keep(
    tx: Tx,
    { id, cardholder }: { id: bigint; cardholder: bigint },
    pin: { hash: string; byOffice: boolean },
  ): Promise<void> {
    const usableFrom = await this.pins.set(tx, { card: id, cardholder }, pin);
    await appendEvent(tx, 'card.pin-set', {
      card: id.toString(),
      cardholder: cardholder.toString(),
      usableFrom: usableFrom?.toISOString() ?? null,
    });
  }
}
