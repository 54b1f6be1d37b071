import { Injectable, Logger } from '@nestjs/common';
import { Refusal } from '../../platform/errors/problem.js';
import { WechatApi, type WechatSession } from '../../platform/wechat/wechat-api.js';
import { WechatRefused } from '../../platform/wechat/wechat.errors.js';
import { cardholderProblems } from '../cardholders.errors.js';

/** jscode2session: invalid, used, or of a user whom WeChat has blocked (40226). */
const codeIsBad = new Set([40029, 40163, 40226]);

/** Learns from WeChat who stands behind the one-time code of a client's login. */
@Injectable()
export class WechatLogin {
  private readonly logger = new Logger('wechat');

  constructor(private readonly wechat: WechatApi) {}

  /** @throws {Refusal} wechat_login_refused, wechat_unavailable */
  async prove(code: string): Promise<WechatSession> {
    if (!this.wechat.isConfigured) throw new Refusal(cardholderProblems, 'wechat_unavailable');
    try {
      return await this.wechat.sessionOf(code);
    } catch (error) {
      if (error instanceof WechatRefused && codeIsBad.has(error.code))
        throw new Refusal(cardholderProblems, 'wechat_login_refused');
      // Also when it refuses our own secret: the cardholder can do nothing about that.
      this.logger.warn((error as Error).message);
      throw new Refusal(cardholderProblems, 'wechat_unavailable');
    }
  }
}
