import { readFileSync } from 'node:fs';
import {
  issuerKeySet,
  type HotlistAge,
  type HotlistRefusal,
  type IssuerTrust,
  type OfflineRefusal,
  type SignedQrRefusal,
} from '../src/index.js';
import { bytes } from './read-vectors.js';

type IssuerKeyVector = Record<'privateKey' | 'publicKey', string> &
  Record<'id' | 'notBefore' | 'notAfter', number>;

export type CertificateVector = Record<
  'name' | 'devicePrivateKey' | 'reference' | 'deviceKey' | 'message' | 'bytes',
  string
> &
  Record<
    | 'issuerKeyId'
    | 'scheme'
    | 'notBefore'
    | 'validityMinutes'
    | 'notAfter'
    | 'limitClass'
    | 'flags',
    number
  >;

export type SignedCodeVector = Record<
  'certificate' | 'prefix' | 'message' | 'bytes' | 'digits',
  string
> &
  Record<'codeTime' | 'counter', number>;

/** Byte strings are lower-case hexadecimal, private keys the 32 bytes of RFC 8032, times unix seconds. */
export type SignedQrVectors = {
  readonly standard: 'cpc1';
  readonly scheme: number;
  readonly issuerKeys: readonly IssuerKeyVector[];
  readonly certificates: readonly CertificateVector[];
  readonly codes: readonly SignedCodeVector[];
  readonly parse: readonly (Record<'why' | 'scanned' | 'prefix', string> & {
    readonly refusal?: 'malformed' | 'wrong_prefix';
  })[];
  readonly refused: readonly {
    readonly why: string;
    readonly digits: string;
    readonly refusal: SignedQrRefusal;
  }[];
  readonly decimal: readonly { bytes: string; digits: string; length: number }[];
  readonly deviceKeys: readonly (Record<'why' | 'challenge' | 'deviceKey' | 'proof', string> & {
    readonly accepted: boolean;
  })[];
  readonly freshness: readonly {
    readonly codeTime: number;
    readonly now: number;
    readonly answer: 'fresh' | 'code_early' | 'code_expired';
  }[];
  /** What a terminal without a network says; `accepted` is what it accepted last of this reference. */
  readonly offline: readonly {
    readonly why: string;
    readonly digits: string;
    readonly now: number;
    readonly hotlist: ListVector;
    readonly accepted: string | null;
    readonly answer: 'normal' | 'lower' | 'again' | OfflineRefusal;
  }[];
  readonly due: readonly {
    readonly codeTime: number;
    readonly now: number;
    readonly due: boolean;
  }[];
};

export type Ed25519Vectors = {
  readonly standard: 'cpc1';
  /** The eight points of small order. */
  readonly smallOrder: readonly string[];
  readonly cases: readonly (Record<'why' | 'publicKey' | 'message' | 'signature', string> & {
    readonly accepted: boolean;
    /** Whether [S]B = R + [k]A without the cofactor, R compared by its bytes: what libraries check. */
    readonly equationHolds: boolean;
  })[];
};

export type ListVector = {
  readonly number: number;
  readonly madeAt: number;
  readonly references: readonly string[];
};

export type HotlistVectors = {
  readonly standard: 'cpc1';
  readonly scheme: number;
  readonly issuerKeys: readonly IssuerKeyVector[];
  readonly made: readonly {
    readonly why: string;
    readonly issuerKeyId: number;
    readonly before: ListVector;
    readonly after: ListVector;
    readonly bytes: string;
  }[];
  readonly applied: readonly ({
    readonly why: string;
    readonly current: ListVector;
    readonly bytes: string;
  } & ({ readonly after: ListVector } | { readonly refusal: HotlistRefusal }))[];
  readonly ages: readonly {
    readonly madeAt: number;
    readonly now: number;
    readonly age: HotlistAge;
  }[];
};

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));

export const ed25519Vectors = read('ed25519') as Ed25519Vectors;
export const signedVectors = read('signed-qr') as SignedQrVectors;
export const hotlistVectors = read('hotlist') as HotlistVectors;

/** What a terminal of the vectors trusts. */
export const trust: IssuerTrust = {
  scheme: signedVectors.scheme,
  issuerKeys: issuerKeySet(
    signedVectors.issuerKeys.map((key) => ({ ...key, publicKey: bytes(key.publicKey) })),
  ),
};
