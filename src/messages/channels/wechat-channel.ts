import { Injectable, Logger } from '@nestjs/common';
import { actionOf, ridOf, type ErrorAction } from '../../platform/wechat/error-actions.js';
import { WechatApi } from '../../platform/wechat/wechat-api.js';
import { WechatRefused, WechatUnreachable } from '../../platform/wechat/wechat.errors.js';
import type { Channel, Parcel, SendOutcome } from './channel.js';

type Answer = { readonly code: number; readonly rid: string | null };

const outcomes: Record<ErrorAction, (answer: Answer) => SendOutcome> = {
  no_allowance: (answer) => ({ kind: 'refused', why: 'no_allowance', ...answer }),
  address_invalid: (answer) => ({ kind: 'refused', why: 'address_invalid', ...answer }),
  try_again: (answer) => ({ kind: 'retry', wait: 'a_moment', ...answer }),
  pause_a_minute: (answer) => ({ kind: 'retry', wait: 'a_minute', ...answer }),
  pause_until_midnight: (answer) => ({ kind: 'retry', wait: 'until_midnight', ...answer }),
  // The token was renewed once already: something else is wrong with it, and not with this message.
  renew_token: (answer) => ({ kind: 'retry', wait: 'a_minute', ...answer }),
  stop_template: (answer) => ({ kind: 'dead', why: 'template_stopped', ...answer }),
  give_up: (answer) => ({ kind: 'dead', why: 'rejected', ...answer }),
};

/** Subscribe messages of the mini-program. */
@Injectable()
export class WechatChannel implements Channel {
  private readonly logger = new Logger('wechat');

  constructor(private readonly wechat: WechatApi) {}

  async send(parcel: Parcel): Promise<SendOutcome> {
    try {
      return { kind: 'sent', msgid: await this.wechat.sendSubscribeMessage(parcel) };
    } catch (error) {
      if (error instanceof WechatUnreachable)
        return { kind: 'retry', wait: 'until_reachable', code: null, rid: null };
      if (!(error instanceof WechatRefused)) return { kind: 'unknown' };
      this.logger.warn(`message ${parcel.message}: ${error.message}`);
      return outcomes[actionOf(error.code)]({ code: error.code, rid: ridOf(error.answer) });
    }
  }
}
