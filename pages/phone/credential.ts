import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  deriveKeys,
  hotpFrom,
  makeCode,
  nextSeed,
  nextToShow,
  stepOf,
  stepOfCounter,
  syncProof,
} from '@campus-paycode/paycode';
import { fromBase64Url, toBase64Url } from '@campus-paycode/terminal-protocol';
import type { HmacSha256 } from '@campus-paycode/paycode';
import type { Question, Synchronisation } from './contract.js';

/** What makes this browser a phone that pays. `seed` is base64url of 32 bytes. */
export type Credential = {
  readonly credentialId: string;
  readonly cardNumber: string;
  /** Of the newest generation. */
  readonly seed: string;
  readonly generation: number;
  readonly aliasSeconds: number;
  /** The seed before, which makes the codes of the steps below `until`. */
  readonly before: {
    readonly seed: string;
    readonly aliasSeconds: number;
    readonly until: number;
  } | null;
  /** The random of a question that no answer was heard to: the same is asked again, also after a crash. */
  readonly asked: string | null;
  readonly prefix: string;
  readonly usableUntil: string;
  /** Add it to this device's clock to get the service's, milliseconds. */
  readonly clockOffset: number;
  /** The highest counter that was ever on the screen. */
  readonly lastShown: number | null;
};

/** Where the credential lives. */
export interface CredentialStore {
  read(): Credential | null;
  write(credential: Credential): void;
}

export type CodeToShow =
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly counter: number;
      /** Unix seconds by the service's clock. */
      readonly changesAt: number;
    }
  | { readonly kind: 'wait'; readonly waitUntil: number }
  | { readonly kind: 'expired' };

export const hmacSha256: HmacSha256 = (key, message) => hmac(sha256, key, message);
const hotp = hotpFrom(hmacSha256);

/** Makes the codes of the stored credential, each at most once, also across tabs and reloads. */
export class CodeMaker {
  constructor(
    private readonly store: CredentialStore,
    /** Unix milliseconds by this device. */
    private readonly deviceNow: () => number,
  ) {}

  /** Unix seconds by the service's clock, as of the last synchronisation. */
  now(): number {
    return (this.deviceNow() + (this.store.read()?.clockOffset ?? 0)) / 1000;
  }

  /** The next code. It is recorded as shown before the caller can draw it. */
  next(): CodeToShow {
    const credential = this.store.read();
    const now = this.now();
    if (credential === null || now * 1000 >= Date.parse(credential.usableUntil)) {
      return { kind: 'expired' };
    }
    const shown = nextToShow(now, credential.lastShown);
    if (shown.kind === 'wait') return shown;
    const { counter, changesAt } = shown;
    this.store.write({ ...credential, lastShown: counter });
    return { kind: 'code', code: codeOf(credential, counter), counter, changesAt };
  }
}

function codeOf(credential: Credential, counter: number): string {
  const { before, prefix } = credential;
  const isOld = before !== null && stepOfCounter(counter) < before.until;
  const { seed, aliasSeconds } = isOld ? before : credential;
  const keys = deriveKeys(bytesOf(seed), hmacSha256);
  return makeCode({ keys, counter, aliasPeriod: aliasSeconds, prefix }, hotp);
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new Error('The stored credential is damaged.');
  return bytes;
}

/** From an answer until a step after its first one: by its clock, which may have been set since. */
const RESTING_STEPS = 3;

/**
 * Asking under a new seed ends the one before, and with it a code that may be on the screen: so not before the new seed
 * makes the codes that are looked at. `now` is unix seconds by the service's clock.
 */
export function mayAsk({ before }: Credential, now: number): boolean {
  const left = before === null ? -1 : before.until - stepOf(now);
  return left < 0 || left >= RESTING_STEPS;
}

/** The credential with a question in it. Store it before the question is sent. */
export function asking(credential: Credential, random: () => Uint8Array): Credential {
  return { ...credential, asked: credential.asked ?? toBase64Url(random()) };
}

/** What the phone sends to move on from its newest seed. */
export function questionOf({ credentialId, generation, seed, asked }: Credential): Question {
  if (asked === null) throw new Error('Nothing was asked.');
  const proof = syncProof(bytesOf(seed), generation, bytesOf(asked), hmacSha256);
  return { credentialId, generation, deviceRandom: asked, proof: toBase64Url(proof) };
}

/**
 * The credential after an answer. One to another question than the one that is stored (it came twice, or another tab was
 * quicker) only tells the time. Half of the time that took, the answer was on its way.
 */
export function synchronised(
  credential: Credential,
  question: Question,
  told: Synchronisation,
  times: { readonly askedAt: number; readonly heardAt: number },
): Credential {
  const { usableUntil } = told;
  const clockOffset = clockOffsetOf(told.serverTime, times);
  const known = { ...credential, usableUntil, clockOffset };
  const { generation, asked, seed, aliasSeconds } = credential;
  if (question.generation !== generation || question.deviceRandom !== asked) return known;
  const next = nextSeed(
    {
      seed: bytesOf(seed),
      serverRandom: bytesOf(told.serverRandom),
      deviceRandom: bytesOf(asked),
      nextGeneration: generation + 1,
    },
    hmacSha256,
  );
  return {
    ...known,
    seed: toBase64Url(next),
    generation: generation + 1,
    aliasSeconds: told.aliasSeconds,
    before: { seed, aliasSeconds, until: told.firstStep },
    asked: null,
  };
}

export function clockOffsetOf(
  serverTime: string,
  { askedAt, heardAt }: { readonly askedAt: number; readonly heardAt: number },
): number {
  return Math.round(Date.parse(serverTime) - (askedAt + heardAt) / 2);
}
