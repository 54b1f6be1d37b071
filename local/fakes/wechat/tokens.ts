import { randomBytes } from 'node:crypto';
import { campusDate } from '../clock.js';
import type { Clock } from '../clock.js';
import type { ErrorCode } from './answers.js';
import type { WechatRecord } from './records.js';

const LIFE_MS = 7_200_000;
const OVERLAP_MS = 300_000;
const FORCE_PAUSE_MS = 30_000;
const FORCES_A_DAY = 20;

type Issued = { token: string; issuedAt: number; forced: boolean; killed: boolean };

/**
 * The stable access token. Normal mode gives the same token while it is valid and renews it five
 * minutes early, old and new both valid for that time. Force mode kills the old one; it is allowed
 * 20 times a day, and within 30 seconds of the last time it changes nothing.
 */
export class TokenDesk {
  private readonly issued: Issued[] = [];

  constructor(
    private readonly now: Clock,
    private readonly record: (record: WechatRecord) => void,
  ) {}

  /** Replays an issued token, from memory or from the file. */
  apply(token: string, issuedAt: number, forced: boolean): void {
    if (forced) for (const old of this.issued) old.killed = true;
    this.issued.push({ token, issuedAt, forced, killed: false });
    if (this.issued.length > 100) this.issued.shift();
  }

  /** The token and its seconds to live, or the code of a refusal. */
  give(force: boolean): { token: string; expiresIn: number } | ErrorCode {
    const now = this.now();
    const newest = this.issued.at(-1);
    const valid = newest && !newest.killed && now < newest.issuedAt + LIFE_MS ? newest : undefined;
    if (force) {
      const forced = this.issued.filter((one) => one.forced);
      const last = forced.at(-1);
      if (last && valid && now - last.issuedAt < FORCE_PAUSE_MS) return this.show(valid);
      const today = forced.filter((one) => campusDate(one.issuedAt) === campusDate(now));
      return today.length >= FORCES_A_DAY ? 45009 : this.issue(true);
    }
    const fresh = valid && valid.issuedAt + LIFE_MS - now > OVERLAP_MS;
    return fresh ? this.show(valid) : this.issue(false);
  }

  /** Null when the token opens the platform's doors now. */
  refusal(token: string | null): ErrorCode | null {
    if (token === null || token === '') return 41001;
    const found = this.issued.find((one) => one.token === token);
    if (!found) return /^\d+_[\w-]{20,}$/.test(token) ? 40001 : 40014;
    if (found.killed) return 40001;
    return this.now() < found.issuedAt + LIFE_MS ? null : 42001;
  }

  private issue(forced: boolean): { token: string; expiresIn: number } {
    const token = `99_${randomBytes(96).toString('base64url')}`;
    this.record({ type: 'token_issued', token, issuedAt: this.now(), forced });
    return { token, expiresIn: LIFE_MS / 1000 };
  }

  private show(issued: Issued): { token: string; expiresIn: number } {
    const left = issued.issuedAt + LIFE_MS - this.now();
    return { token: issued.token, expiresIn: Math.floor(left / 1000) };
  }
}
