import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { deriveKeys, hotpFrom, makeCode, nextToShow } from '@campus-paycode/paycode';
import { fromBase64Url } from '@campus-paycode/terminal-protocol';
import type { HmacSha256 } from '@campus-paycode/paycode';

/** What makes this browser a phone that pays. `seed` is base64url of 32 bytes. */
export type Credential = {
  readonly credentialId: string;
  readonly cardNumber: string;
  readonly seed: string;
  readonly aliasSeconds: number;
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

function codeOf({ seed, aliasSeconds, prefix }: Credential, counter: number): string {
  const bytes = fromBase64Url(seed);
  if (bytes === null) throw new Error('The stored seed is damaged.');
  const keys = deriveKeys(bytes, hmacSha256);
  return makeCode({ keys, counter, aliasPeriod: aliasSeconds, prefix }, hotp);
}

/** The credential after the service told its time. Half of the time that took, the answer was on its way. */
export function synchronised(
  credential: Credential,
  told: { readonly serverTime: string; readonly usableUntil: string },
  times: { readonly askedAt: number; readonly heardAt: number },
): Credential {
  const { usableUntil } = told;
  return { ...credential, usableUntil, clockOffset: clockOffsetOf(told.serverTime, times) };
}

export function clockOffsetOf(
  serverTime: string,
  { askedAt, heardAt }: { readonly askedAt: number; readonly heardAt: number },
): number {
  return Math.round(Date.parse(serverTime) - (askedAt + heardAt) / 2);
}
