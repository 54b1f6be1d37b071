import { readFileSync } from 'node:fs';
import type { CodeRefusal, Confirmation } from '../src/index.js';

export type CodeVector = {
  readonly seed: string;
  readonly time: number;
  readonly slot: number;
  readonly aliasPeriod: number;
  readonly prefix: string;
  readonly step: number;
  readonly aliasEpoch: number;
  readonly counter: number;
  readonly alias: string;
  readonly otp: string;
  readonly check: string;
  readonly code: string;
};

type ParseVector = { readonly scanned: string; readonly prefix: string } & (
  | { readonly parsed: { readonly prefix: string; readonly alias: string; readonly otp: string } }
  | { readonly why: string; readonly refusal: CodeRefusal }
);

type ScheduleVector = {
  readonly why: string;
  readonly now: number;
  readonly lastShown: number | null;
} & (
  | { readonly wait: number }
  | { readonly counter: number; readonly changesAt: number; readonly acceptedUntil: number }
);

/** Byte strings are lower-case hexadecimal, times are unix seconds. */
export type Vectors = {
  readonly standard: 'cpc1';
  readonly keys: readonly Record<
    'seed' | 'pseudorandomKey' | 'aliasKey' | 'otpKey' | 'syncKey',
    string
  >[];
  readonly hkdf: readonly ({ readonly length: number } & Record<
    'name' | 'secret' | 'salt' | 'info' | 'pseudorandomKey' | 'output',
    string
  >)[];
  readonly hotp: readonly (Record<'key' | 'mac' | 'otp', string> &
    Record<'counter' | 'digits' | 'offset' | 'truncated', number>)[];
  readonly damm: readonly Record<'digits' | 'check', string>[];
  readonly codes: readonly CodeVector[];
  readonly parse: readonly ParseVector[];
  readonly prefixes: Record<'allowed' | 'refused', readonly string[]>;
  readonly accepted: readonly {
    readonly nowStep: number;
    readonly aliasPeriod: number;
    readonly epochs: readonly { readonly aliasEpoch: number; readonly counters: number[] }[];
  }[];
  readonly schedule: readonly ScheduleVector[];
  readonly enrolment: { readonly aliasPeriod: number } & Record<
    | 'devicePrivateKey'
    | 'devicePublicKey'
    | 'servicePrivateKey'
    | 'servicePublicKey'
    | 'sharedSecret'
    | 'deviceRandom'
    | 'serverRandom'
    | 'issuerPrivateKey'
    | 'issuerPublicKey'
    | 'issuerMessage'
    | 'issuerSignature'
    | 'seed'
    | 'firstCode',
    string
  >;
  readonly ratchet: readonly (Record<'generation' | 'nextGeneration', number> &
    Record<'seed' | 'deviceRandom' | 'serverRandom' | 'proof' | 'nextSeed', string>)[];
};

/** What a phone says of a sale that waits for it. */
export type ConfirmationVector = Confirmation &
  Record<'seed' | 'key' | 'message' | 'proof' | 'sent', string>;

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));

export const vectors = read('payment-code.json') as Vectors;
export const { confirmations } = read('confirmation.json') as {
  readonly confirmations: readonly ConfirmationVector[];
};
export const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
export const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');
