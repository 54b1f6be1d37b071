import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { invariant } from '../errors/problem.js';
import { AccessToken } from './access-token.js';
import { asText, callWechat } from './call-wechat.js';
import { actionOf } from './error-actions.js';
import { WechatRefused, WechatSilent, WechatUnreachable } from './wechat.errors.js';

/** A subscribe message to one openid; `data` holds the template's fields by their keys. */
export type SubscribeMessage = {
  readonly openid: string;
  readonly template: string;
  readonly page: string;
  readonly data: Readonly<Record<string, string>>;
};

/** What `wx.startSoterAuthentication` gave on the phone: what was checked, and the phone's signature over it. */
export type DeviceCheck = { readonly resultJson: string; readonly signature: string };

export type WechatSession = { readonly openid: string; readonly unionid: string | null };

/** What this service asks of the mini-program platform's servers. */
@Injectable()
export class WechatApi {
  private readonly api: string | undefined;
  private readonly appid: string;
  private readonly secret: string;
  private readonly token: AccessToken | undefined;

  constructor(config: AppConfig) {
    this.api = config.WECHAT_API_URL;
    this.appid = config.WECHAT_APPID;
    this.secret = config.WECHAT_SECRET;
    if (this.api !== undefined)
      this.token = new AccessToken({ api: this.api, appid: this.appid, secret: this.secret });
  }

  /** False without WECHAT_API_URL: messages stay in the inbox, and nobody signs in by WeChat. */
  get isConfigured(): boolean {
    return this.api !== undefined;
  }

  /**
   * Who stands behind a one-time code of the client's login. The session key stays with the platform.
   * @throws {WechatRefused} 40029 for a bad or used code. @throws {WechatUnreachable | WechatSilent}
   */
  async sessionOf(code: string): Promise<WechatSession> {
    invariant(this.api !== undefined, 'WeChat is not configured.');
    const url = new URL('/sns/jscode2session', this.api);
    url.search = new URLSearchParams({
      appid: this.appid,
      secret: this.secret,
      js_code: code,
      grant_type: 'authorization_code',
    }).toString();
    const answer = await callWechat(url);
    return { openid: asText(answer['openid']), unionid: asText(answer['unionid']) || null };
  }

  /**
   * Sends one subscribe message and returns the platform's 64-bit message id as text. It has no idempotency key: after
   * WechatSilent the message may be on its way.
   * @throws {WechatRefused | WechatUnreachable | WechatSilent}
   */
  async sendSubscribeMessage(message: SubscribeMessage): Promise<string> {
    return this.withToken((token) => this.send(message, token));
  }

  /**
   * Whether the phone of this user signed the check of fingerprint or face: the platform keeps the phones' keys. What was
   * checked for is the caller's to compare.
   * @throws {WechatRefused | WechatUnreachable | WechatSilent}
   */
  async isDeviceCheckGenuine(openid: string, check: DeviceCheck): Promise<boolean> {
    return this.withToken(async (token) => {
      const url = new URL('/cgi-bin/soter/verify_signature', this.api);
      url.search = new URLSearchParams({ access_token: token }).toString();
      const answer = await callWechat(url, {
        openid,
        json_string: check.resultJson,
        json_signature: check.signature,
      });
      return answer['is_ok'] === true;
    });
  }

  private async withToken<Result>(work: (token: string) => Promise<Result>): Promise<Result> {
    const token = await this.currentToken();
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof WechatRefused) || actionOf(error.code) !== 'renew_token') throw error;
      return work(await this.currentToken(token));
    }
  }

  /** Without a token nothing was sent, whatever the reason: the whole call may be repeated. */
  private async currentToken(refused?: string): Promise<string> {
    invariant(this.token !== undefined, 'WeChat is not configured.');
    try {
      return await this.token.get(refused);
    } catch (error) {
      if (error instanceof WechatSilent)
        throw new WechatUnreachable('WeChat gave no access token.', { cause: error });
      throw error;
    }
  }

  private async send(message: SubscribeMessage, token: string): Promise<string> {
    const url = new URL('/cgi-bin/message/subscribe/send', this.api);
    url.search = new URLSearchParams({ access_token: token }).toString();
    const fields = Object.entries(message.data).map(([key, value]) => [key, { value }]);
    const answer = await callWechat(url, {
      touser: message.openid,
      template_id: message.template,
      page: message.page,
      miniprogram_state: 'formal',
      lang: 'zh_CN',
      data: Object.fromEntries(fields) as Record<string, unknown>,
    });
    return asText(answer['msgid']);
  }
}
