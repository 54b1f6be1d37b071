import type { Random } from '../random.js';

/** Probabilities are 0 to 1 and default to 0. Posting a plan replaces the one before. */
export type WechatFaults = {
  /** Replaces the latency of the settings. */
  latencyMs?: number;
  /** Which calls: a regular expression on the path. Default: every call of the platform. */
  only?: string;
  /** How many calls may be spoilt before the plan is spent; without it there is no end. */
  count?: number;
  dropBefore?: number;
  /** Do it, then cut the connection: the caller cannot know. */
  dropAfter?: number;
  /** Do it, then say nothing for `hangMs` (60 s) and cut. */
  hangAfter?: number;
  hangMs?: number;
  /** Answer -1 and do nothing. */
  systemBusy?: number;
  /** Answer this code and do nothing; probability 1 when not given. */
  answer?: { errcode: number; errmsg?: string; probability?: number };
  /** The platform's asynchronous push fails after acceptance. */
  deliveryFailure?: number;
  /** Whether a send refused for its content costs the user's allowance. The platform is silent. */
  failedSendsSpend?: boolean;
  /** Whether a tap that "always keep" answered in silence is pushed. The platform is silent. */
  silentTapPushes?: boolean;
  dailySendQuota?: number;
  callbacks?: {
    delayMs?: number;
    /** Push three times, although the first was answered. */
    duplicate?: number;
    /** Hold back by up to `reorderMs` (500), so that later ones overtake. */
    reorder?: number;
    reorderMs?: number;
    lose?: number;
  };
};

export type Fate = 'normal' | 'drop_before' | 'busy' | 'answer' | 'drop_after' | 'hang_after';

/** Decides by dice what goes wrong. The same seed and calls give the same day. */
export class WechatWeather {
  private faults: WechatFaults = {};

  constructor(private readonly random: Random) {}

  get current(): WechatFaults {
    return this.faults;
  }

  replace(faults: WechatFaults): void {
    this.faults = structuredClone(faults);
  }

  drawFate(path: string): Fate {
    const { faults } = this;
    if (faults.count !== undefined && faults.count <= 0) return 'normal';
    if (faults.only !== undefined && !new RegExp(faults.only).test(path)) return 'normal';
    const fate = this.throwDice(faults);
    if (fate !== 'normal' && faults.count !== undefined) faults.count -= 1;
    return fate;
  }

  happens(probability: number | undefined): boolean {
    return probability !== undefined && this.random() < probability;
  }

  /** A whole number of milliseconds from 0 up to the given one. */
  upTo(milliseconds: number): number {
    return Math.floor(this.random() * milliseconds);
  }

  private throwDice(faults: WechatFaults): Fate {
    if (this.happens(faults.dropBefore)) return 'drop_before';
    if (this.happens(faults.systemBusy)) return 'busy';
    if (faults.answer && this.happens(faults.answer.probability ?? 1)) return 'answer';
    if (this.happens(faults.dropAfter)) return 'drop_after';
    return this.happens(faults.hangAfter) ? 'hang_after' : 'normal';
  }
}
