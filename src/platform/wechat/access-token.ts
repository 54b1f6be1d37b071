import { asText, callWechat } from './call-wechat.js';

/** The platform renews five minutes early and keeps the old token valid for that long; we ask a minute into it. */
const renewEarlyMs = 4 * 60_000;

/**
 * The stable access token. However many calls need one at a time, one request is under way; a token that the platform
 * refused is renewed once, by whoever found out first.
 */
export class AccessToken {
  private token: string | undefined;
  private staleAt = 0;
  private asking: Promise<string> | undefined;

  constructor(
    private readonly platform: {
      readonly api: string;
      readonly appid: string;
      readonly secret: string;
    },
  ) {}

  /** A token that was not `refused`. */
  async get(refused?: string): Promise<string> {
    if (refused !== undefined && refused === this.token) this.staleAt = 0;
    if (this.token !== undefined && performance.now() < this.staleAt) return this.token;
    this.asking ??= this.ask(refused !== undefined).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(force: boolean): Promise<string> {
    const { api, appid, secret } = this.platform;
    const answer = await this.request({ api, appid, secret, force: false });
    // Normal mode may give the refused one again; forcing is rationed to twenty times a day.
    const { token, lifeMs } =
      force && answer.token === this.token
        ? await this.request({ api, appid, secret, force: true })
        : answer;
    this.token = token;
    this.staleAt = performance.now() + Math.max(0, lifeMs - renewEarlyMs);
    return token;
  }

  private async request(ask: { api: string; appid: string; secret: string; force: boolean }) {
    const answer = await callWechat(new URL('/cgi-bin/stable_token', ask.api), {
      grant_type: 'client_credential',
      appid: ask.appid,
      secret: ask.secret,
      force_refresh: ask.force,
    });
    return {
      token: asText(answer['access_token']),
      lifeMs: Number(answer['expires_in'] ?? 0) * 1_000,
    };
  }
}
