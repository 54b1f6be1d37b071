import { checkDigit, checks } from './damm.js';
import type { Hotp } from './hotp.js';
import type { CodeKeys } from './keys.js';
import {
  assertPrefixAllowed,
  DEFAULT_PREFIX,
  foreignScheme,
  type ForeignScheme,
} from './prefix.js';
import { aliasEpochOf, stepOfCounter } from './time-step.js';

export const CODE_LENGTH = 20;
export const ALIAS_DIGITS = 9;
export const OTP_DIGITS = 8;

export type CodeInput = {
  readonly keys: CodeKeys;
  /** `counterOf(step, slot)`; the alias follows the counter's step, not the clock. */
  readonly counter: number;
  /** Seconds an alias lives; it came with the keys. */
  readonly aliasPeriod: number;
  /** Two digits; 97 when left out. */
  readonly prefix?: string;
};

export type ParsedCode = {
  readonly ok: true;
  readonly code: string;
  readonly prefix: string;
  readonly alias: string;
  readonly otp: string;
};

/**
 * `wrong_prefix` is a whole, sound code of another campus; `malformed` covers what was misread, cut
 * off or never a code.
 */
export type CodeRefusal = 'malformed' | 'wrong_prefix' | `foreign:${ForeignScheme}`;
export type RefusedCode = { readonly ok: false; readonly refusal: CodeRefusal };

/** The 20 digits of one counter: prefix, alias, one-time password, check digit. */
export function makeCode(input: CodeInput, hotp: Hotp): string {
  const { keys, counter, aliasPeriod, prefix = DEFAULT_PREFIX } = input;
  assertPrefixAllowed(prefix);
  const epoch = aliasEpochOf(stepOfCounter(counter), aliasPeriod);
  const body = prefix + aliasOf(keys.aliasKey, epoch, hotp) + otpOf(keys.otpKey, counter, hotp);
  return body + checkDigit(body);
}

/** The nine digits that stand for a credential during one alias epoch. */
export function aliasOf(aliasKey: Uint8Array, aliasEpoch: number, hotp: Hotp): string {
  return hotp(aliasKey, aliasEpoch, ALIAS_DIGITS);
}

/** The eight digits of one counter. */
export function otpOf(otpKey: Uint8Array, counter: number, hotp: Hotp): string {
  return hotp(otpKey, counter, OTP_DIGITS);
}

/**
 * Reads what a scanner delivered, with at most one line ending or TAB after it. Full-width digits,
 * inner spaces and a second terminator are refused: a guess about money is no parse.
 */
export function parseCode(
  scanned: string,
  prefix: string = DEFAULT_PREFIX,
): ParsedCode | RefusedCode {
  const code = scanned.replace(/(?:\r\n|[\r\n\t])$/, '');
  if (!/^[0-9]+$/.test(code)) return refused('malformed');
  const foreign = foreignScheme(code);
  if (foreign !== undefined) return refused(`foreign:${foreign}`);
  if (code.length !== CODE_LENGTH || !checks(code)) return refused('malformed');
  if (!code.startsWith(prefix)) return refused('wrong_prefix');
  return {
    ok: true,
    code,
    prefix,
    alias: code.slice(2, 2 + ALIAS_DIGITS),
    otp: code.slice(2 + ALIAS_DIGITS, CODE_LENGTH - 1),
  };
}

/** Five groups of four, for a person to read aloud: `9718 5965 4751 2686 5312`. */
export function formatCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

function refused(refusal: CodeRefusal): RefusedCode {
  return { ok: false, refusal };
}
