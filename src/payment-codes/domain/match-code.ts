import {
  acceptedCounters,
  acceptedEpochs,
  mostTries,
  OTP_DIGITS,
  type Hotp,
  type ParsedCode,
} from '@campus-paycode/paycode';
import { timingSafeEqual } from 'node:crypto';
import type { AliasIndex } from './alias-index.js';
import type { IndexedCredential } from './phone-slots.js';

export type MatchedCode = { readonly credential: IndexedCredential; readonly counter: number };

/** Tried when nobody has the alias, so that an unknown one takes as long as a wrong password. */
const nobodysKey = new Uint8Array(32).fill(7);

/**
 * Every candidate is tried with every accepted counter of the epoch in which its alias stood, without stopping at a hit;
 * dummies fill up to the usual number of tries. Accepted only if exactly one candidate and counter fit: unknown, wrong,
 * ambiguous and expired look alike from outside.
 */
export function matchCode(
  index: AliasIndex,
  code: Pick<ParsedCode, 'alias' | 'otp'>,
  nowStep: number,
  hotp: Hotp,
): MatchedCode | undefined {
  const presented = Buffer.from(code.otp, 'ascii');
  const matches: MatchedCode[] = [];
  let tries = 0;
  let usual = 0;
  const fits = (key: Uint8Array, counter: number): boolean => {
    tries += 1;
    return timingSafeEqual(Buffer.from(hotp(key, counter, OTP_DIGITS), 'ascii'), presented);
  };
  for (const aliasSeconds of index.periods()) {
    usual = Math.max(usual, mostTries(aliasSeconds));
    for (const epoch of acceptedEpochs(nowStep, aliasSeconds))
      for (const credential of index.candidates(aliasSeconds, epoch, code.alias))
        for (const counter of acceptedCounters(nowStep, epoch, aliasSeconds))
          if (fits(credential.otpKey, counter)) matches.push({ credential, counter });
  }
  for (let counter = 0; tries < usual; counter += 1) fits(nobodysKey, counter);
  return matches.length === 1 ? matches[0] : undefined;
}
