import { randomBytes } from 'node:crypto';
import type { Outcome } from '../serve.js';
import { failure } from './answers.js';
import type { Platform } from './platform.js';

const CODE_LIFE_MS = 300_000;
const EXCHANGES_A_MINUTE = 100;

type LoginCode = { openid: string; at: number };

/** `wx.login` on the phone gives a code; the service exchanges it once, within five minutes. */
export class SignInDesk {
  private readonly codes = new Map<string, LoginCode>();
  private readonly exchanges = new Map<string, number>();

  constructor(private readonly platform: Platform) {}

  /** Makes the user when there is none yet. */
  issueCode(openid: string): string {
    ensureUser(this.platform, openid);
    const code = `0${randomBytes(24).toString('base64url').slice(0, 31)}`;
    this.codes.set(code, { openid, at: this.platform.clock.now() });
    return code;
  }

  /** `jscode2session`: a code that is unknown, used or old is 40029. */
  exchange(query: URLSearchParams): Outcome {
    const { settings, books, clock } = this.platform;
    if (!query.get('appid')) return failure(41002);
    if (query.get('appid') !== settings.appid) return failure(40013);
    if (!query.get('secret')) return failure(41004);
    if (query.get('secret') !== settings.secret) return failure(40125);
    if (query.get('grant_type') !== 'authorization_code') return failure(40002);
    const code = query.get('js_code');
    if (!code) return failure(41008);
    const found = this.codes.get(code);
    if (!found || clock.now() - found.at > CODE_LIFE_MS) return failure(40029);
    if (this.tooOften(found.openid)) return failure(45011);
    this.codes.delete(code);
    const session = {
      session_key: randomBytes(16).toString('base64'),
      openid: found.openid,
      ...(settings.unionBound ? { unionid: books.users.get(found.openid)?.unionid } : {}),
    };
    // This route answers as plain text, unlike the rest of the platform.
    return {
      status: 200,
      body: JSON.stringify(session),
      headers: { 'content-type': 'text/plain' },
    };
  }

  private tooOften(openid: string): boolean {
    const minute = Math.floor(this.platform.clock.now() / 60_000);
    const key = `${openid} ${minute}`;
    const count = (this.exchanges.get(key) ?? 0) + 1;
    if (count === 1 && this.exchanges.size > 10_000) this.exchanges.clear();
    this.exchanges.set(key, count);
    return count > EXCHANGES_A_MINUTE;
  }
}

export function ensureUser({ books, record }: Platform, openid: string): void {
  if (books.users.has(openid)) return;
  const unionid = `oUnion_${Buffer.from(openid).toString('base64url').slice(0, 21)}`;
  record({ type: 'user_created', openid, unionid });
}
