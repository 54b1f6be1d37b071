/**
 * The owner of a card says yes by six digits; five wrong ones in a row lock them for an hour, the right ones too. Where WeChat
 * vouches for the phone, its own check of fingerprint or face does as well.
 */
import { Injectable } from '@nestjs/common';
import { FindCardholder } from '../cardholders/find-cardholder.js';
import { isPin } from '../platform/pin/pin.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardsProblems } from './cards.errors.js';
import type { DeviceCheck } from '../platform/wechat/wechat-api.js';
import { WechatApi } from '../platform/wechat/wechat-api.js';
import { WechatRefused } from '../platform/wechat/wechat.errors.js';
import { PaymentPinsStore } from './store/payment-pins.store.js';

export type PinVerdict = 'right' | 'wrong' | 'locked' | 'missing' | 'held_back';

@Injectable()
export class CheckPaymentPin {
  constructor(
    private readonly pins: PaymentPinsStore,
    private readonly people: FindCardholder,
    private readonly wechat: WechatApi,
  ) {}

  /** @param triedFor the very request that brought it, if it may be sent again: a wrong one counts once for it. */
  async judge(card: bigint, pin: string, triedFor: string | null = null): Promise<PinVerdict> {
    const tried = await this.pins.countTry(card, triedFor);
    if (tried === undefined) return 'missing';
    if ('lockedSeconds' in tried) return 'locked';
    if ('heldSeconds' in tried) return 'held_back';
    if (!(await isPin(pin, tried.hash))) return 'wrong';
    await this.pins.forgiveTries(card);
    return 'right';
  }

  /**
   * @param card undefined for nobody's: answered like a wrong PIN, and as late.
   * @throws {Refusal} payment_pin_missing, payment_pin_wrong, payment_pin_locked, payment_pin_held_back
   */
  async require(card: bigint | undefined, pin: string): Promise<void> {
    if (card === undefined) {
      await isPin(pin, undefined);
      throw new Refusal(cardsProblems, 'payment_pin_wrong');
    }
    const verdict = await this.judge(card, pin);
    if (verdict === 'right') return;
    if (verdict === 'missing') throw new Refusal(cardsProblems, 'payment_pin_missing');
    if (verdict === 'wrong') throw new Refusal(cardsProblems, 'payment_pin_wrong');
    const { lockedSeconds, heldSeconds } = await this.pins.stateOf(card);
    throw verdict === 'locked'
      ? new Refusal(cardsProblems, 'payment_pin_locked', { retryAfterSeconds: lockedSeconds })
      : new Refusal(cardsProblems, 'payment_pin_held_back', { retryAfterSeconds: heldSeconds });
  }

  /**
   * The phone's own check of fingerprint or face in the place of the PIN, made for this very challenge.
   * @throws {Refusal} device_check_wrong, device_check_unavailable
   */
  async requireDevice(cardholder: bigint, check: DeviceCheck, challenge: string): Promise<void> {
    const { wechatOpenid } = await this.people.byId(cardholder);
    if (wechatOpenid === null || !this.wechat.isConfigured)
      throw new Refusal(cardsProblems, 'device_check_unavailable');
    const isGenuine =
      checkedFor(check) === challenge &&
      (await this.wechat.isDeviceCheckGenuine(wechatOpenid, check).catch((error: unknown) => {
        if (error instanceof WechatRefused) return false;
        throw new Refusal(cardsProblems, 'device_check_unavailable');
      }));
    if (!isGenuine) throw new Refusal(cardsProblems, 'device_check_wrong');
  }
}

/** The challenge that the phone's answer repeats; what is no such answer repeats none. */
function checkedFor({ resultJson }: DeviceCheck): unknown {
  try {
    return (JSON.parse(resultJson) as { raw?: unknown } | null)?.raw;
  } catch {
    return undefined;
  }
}
