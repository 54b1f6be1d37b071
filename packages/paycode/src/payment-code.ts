import { checkDigit, checks } from './damm.js';
import type { Hotp } from './hotp.js';
import type { CodeKeys } from './keys.js';
import {
  assertPrefixAllowed,
  DEFAULT_PREFIX,
  foreignScheme,
  type ForeignScheme,
} from './prefix.js';
import { readSignedQr, type SignedQr } from './signed-qr.js';
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
  readonly form: 'digits';
  readonly code: string;
  readonly prefix: string;
  readonly alias: string;
  readonly otp: string;
};

/** A signed QR by its form alone: whether it is genuine is for `refuseSignedQr` to say. */
export type ParsedSignedQr = SignedQr & {
  readonly ok: true;
  readonly form: 'signed';
  /** The 453 digits. */
  readonly code: string;
  readonly prefix: string;
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
 * Reads what a scanner delivered, with at most one line ending or TAB after it, and tells the two
 * forms apart by their length. Full-width digits, inner spaces and a second terminator are refused:
 * a guess about money is no parse.
 */
export function parseScan(
  scanned: string,
  prefix: string = DEFAULT_PREFIX,
): ParsedCode | ParsedSignedQr | RefusedCode {
  const code = scanned.replace(/(?:\r\n|[\r\n\t])$/, '');
  if (!/^[0-9]+$/.test(code)) return refused('malformed');
  const foreign = foreignScheme(code);
  if (foreign !== undefined) return refused(`foreign:${foreign}`);
  const parsed = readDigits(code) ?? readSigned(code);
  if (parsed === undefined) return refused('malformed');
  return parsed.prefix === prefix ? parsed : refused('wrong_prefix');
}

/** The same for a reader that takes the 20 digits alone: a signed QR is `malformed`. */
export function parseCode(
  scanned: string,
  prefix: string = DEFAULT_PREFIX,
): ParsedCode | RefusedCode {
  const parsed = parseScan(scanned, prefix);
  return parsed.ok && parsed.form === 'signed' ? refused('malformed') : parsed;
}

/** Five groups of four, for a person to read aloud: `9718 5965 4751 2686 5312`. */
export function formatCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

function refused(refusal: CodeRefusal): RefusedCode {
  return { ok: false, refusal };
}

function readDigits(code: string): ParsedCode | undefined {
  if (code.length !== CODE_LENGTH || !checks(code)) return undefined;
  const alias = code.slice(2, 2 + ALIAS_DIGITS);
  const otp = code.slice(2 + ALIAS_DIGITS, CODE_LENGTH - 1);
  return { ok: true, form: 'digits', code, prefix: code.slice(0, 2), alias, otp };
}

function readSigned(code: string): ParsedSignedQr | undefined {
  const signed = readSignedQr(code);
  return signed && { ok: true, form: 'signed', code, prefix: code.slice(0, 2), ...signed };
}
