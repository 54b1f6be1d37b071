/**
 * Only the phone whose code was scanned speaks for its owner: it proves that it said so about this very sale, and a yes
 * needs the payment PIN, or the phone's own check.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CheckPaymentPin } from '../cards/check-payment-pin.js';
import { FindCard } from '../cards/find-card.js';
import { toWireAmount } from '../money/amount.js';
import { isPhonesWord } from '../payment-codes/check-phone-word.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { Refusal } from '../platform/errors/problem.js';
import type { DeviceCheck } from '../platform/wechat/wechat-api.js';
import { ConfirmPayment, type Word } from './confirm-payment.js';
import { paymentsProblems } from './payments.errors.js';
import type { AskedSale, WordOutcome } from './store/waits.store.js';

export type PhonesAnswer = {
  readonly cardholder: bigint;
  readonly payment: bigint;
  readonly word: Word;
  /** The phone that answers, the generation of its seed, and the proof that it said so. */
  readonly credential: bigint;
  readonly generation: number;
  readonly proof: Buffer;
  /** Six digits, or the phone's own check for the proof in base64url; one of them is needed to confirm. */
  readonly pin: string | undefined;
  readonly deviceCheck: DeviceCheck | undefined;
};

@Injectable()
export class ConfirmByPhone {
  constructor(
    private readonly database: DataSource,
    @InjectKeyRing() private readonly keys: KeyRing,
    private readonly cards: FindCard,
    private readonly pins: CheckPaymentPin,
    private readonly confirmation: ConfirmPayment,
  ) {}

  /** What the cardholder's phones are asked about now, the most urgent first. */
  async asked(cardholder: bigint): Promise<readonly AskedSale[]> {
    return this.confirmation.asked((await this.cards.ofCardholder(cardholder)).id);
  }

  /**
   * @returns how the sale ended, by this word or before it was heard.
   * @throws {Refusal} confirmation_unknown, confirmation_unproven, confirmation_ended; payment_pin_missing,
   *   payment_pin_wrong, payment_pin_locked, payment_pin_held_back; device_check_wrong, device_check_unavailable
   */
  async answer(answer: PhonesAnswer): Promise<WordOutcome> {
    const { payment, word, credential, generation, proof, pin, deviceCheck } = answer;
    const { id: card } = await this.cards.ofCardholder(answer.cardholder);
    const asked = await this.confirmation.askedOnce(card, payment);
    if (asked === undefined) throw new Refusal(paymentsProblems, 'confirmation_unknown');
    const isProven = await isPhonesWord(this.database, this.keys, {
      credential,
      card,
      generation,
      proof,
      decision: word === 'confirmed' ? 'confirm' : 'refuse',
      paymentId: payment.toString(),
      amount: toWireAmount(asked.amount),
      terminalId: asked.terminal.toString(),
      expiresAt: asked.expiresAt.toISOString(),
    });
    if (!isProven || asked.credential !== credential)
      throw new Refusal(paymentsProblems, 'confirmation_unproven');
    // Only who holds the very phone gets as far as trying a PIN, so that nobody else can lock it.
    if (word === 'confirmed')
      await (deviceCheck === undefined
        ? this.pins.require(card, pin ?? '')
        : this.pins.requireDevice(answer.cardholder, deviceCheck, proof.toString('base64url')));
    return this.confirmation.give(payment, word, { credential });
  }
}
