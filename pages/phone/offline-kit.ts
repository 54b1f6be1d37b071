import {
  certificateAt,
  CHALLENGE_LENGTH,
  issuerKeySet,
  makeSignedQr,
  MOST_SIGNED_COUNTER,
  proveDeviceKey,
  readCertificate,
  refuseCertificate,
  SIGNED_QR_SECONDS,
  type Certificate,
  type IssuerTrust,
} from '@campus-paycode/paycode';
import { fromBase64Url, toBase64Url } from '@campus-paycode/terminal-protocol';
import nacl from 'tweetnacl';
import type { Certification, OfflineRight } from './contract.js';

/** One key of this phone, for one certificate. All in base64url. */
type KeptKey = {
  readonly deviceKey: string;
  /** Seed and public key, as tweetnacl has them: 64 bytes. */
  readonly secretKey: string;
  /** Null until it was certified. */
  readonly certificate: string | null;
  /** Until it was certified: what it was proven with. */
  readonly challenge: string | null;
  /** The highest counter that was ever on the screen; -1 before the first. */
  readonly counter: number;
};

/** What a phone keeps to pay where no network is. */
export type OfflineKit = {
  readonly credentialId: string;
  readonly keys: readonly KeptKey[];
  readonly allowance: { readonly amount: number; readonly endsAt: string } | null;
};

export interface OfflineKitStore {
  read(): OfflineKit | null;
  write(kit: OfflineKit): void;
}

/** Why a phone shows no signed QR: it never got a certificate, they have ended, or no cash is set aside. */
export type NoSignedQr = 'none' | 'expired' | 'no_allowance';

export type SignedQrToShow =
  | {
      readonly kind: 'code';
      readonly code: string;
      /** Unix seconds by the service's clock. */
      readonly changesAt: number;
    }
  | { readonly kind: NoSignedQr };

export const emptyKit = (credentialId: string): OfflineKit => ({
  credentialId,
  keys: [],
  allowance: null,
});

/**
 * The kit with keys for what is due, and what to send to have them certified; undefined when nothing is. Store it before
 * it is sent: certificates are worth nothing to who has lost the keys.
 */
export function preparing(
  kit: OfflineKit,
  right: OfflineRight,
): { readonly kit: OfflineKit; readonly request: Certification } | undefined {
  const { challenge, keysDue } = right;
  if (keysDue === 0) return undefined;
  const waiting = kit.keys.filter((key) => key.certificate === null && key.challenge === challenge);
  const missing = Array.from({ length: Math.max(0, keysDue - waiting.length) }, () =>
    newKey(challenge),
  );
  const brought = [...waiting, ...missing];
  const certified = kit.keys.filter(({ certificate }) => certificate !== null);
  const { credentialId } = kit;
  return {
    kit: { ...kit, keys: [...certified, ...brought] },
    request: { credentialId, challenge, keys: brought.map((key) => proofOf(key, challenge)) },
  };
}

/** The kit after an answer: only genuine certificates of its own keys, and no key that is not used any more. */
export function certified(kit: OfflineKit, right: OfflineRight, now: number): OfflineKit {
  const trust = trustIn(right);
  const byKey = new Map(
    right.certificates
      .map((text) => readCertificate(bytesOf(text)))
      .filter((certificate) => certificate !== undefined)
      .filter((certificate) => refuseCertificate(certificate, trust, verify) === undefined)
      .map((certificate) => [toBase64Url(certificate.deviceKey), certificate] as const),
  );
  const keys = kit.keys.flatMap((key): KeptKey[] => {
    const certificate = byKey.get(key.deviceKey);
    if (certificate !== undefined)
      return [{ ...key, certificate: toBase64Url(certificate.bytes), challenge: null }];
    // A question whose answer is still to come; what the service names no more is good no more.
    return key.certificate === null && key.challenge === right.challenge ? [key] : [];
  });
  return { ...kit, keys: keys.filter((key) => !hasEnded(key, now)), allowance: right.allowance };
}

/** Makes the signed QRs of the stored kit, each counter at most once, also across tabs and reloads. */
export class SignedQrMaker {
  constructor(
    private readonly store: OfflineKitStore,
    /** Unix seconds by the service's clock. */
    private readonly now: () => number,
    /** Of the campus, and of the phone that is bound: another's kit is not used. */
    private readonly bound: () => { credentialId: string; prefix: string } | null,
  ) {}

  /** The next one. Its counter is recorded as shown before the caller can draw it. */
  next(): SignedQrToShow {
    const bound = this.bound();
    const kit = this.store.read();
    if (bound === null || kit === null || kit.credentialId !== bound.credentialId)
      return { kind: 'none' };
    const now = this.now();
    const held = kit.keys.map(certificateOf).filter((each) => each !== undefined);
    const certificate = certificateAt(held, now);
    const key = kit.keys.find(
      (each) => certificate && each.deviceKey === toBase64Url(certificate.deviceKey),
    );
    if (certificate === undefined || key === undefined || key.counter >= MOST_SIGNED_COUNTER)
      return { kind: held.length === 0 ? 'none' : 'expired' };
    if (kit.allowance === null || Date.parse(kit.allowance.endsAt) <= now * 1000)
      return { kind: 'no_allowance' };
    const counter = key.counter + 1;
    const keys = kit.keys.map((each) => (each === key ? { ...key, counter } : each));
    this.store.write({ ...kit, keys });
    const codeTime = Math.floor(now);
    const secretKey = bytesOf(key.secretKey);
    const code = makeSignedQr(
      { certificate: certificate.bytes, codeTime, counter, prefix: bound.prefix },
      (message) => nacl.sign.detached(message, secretKey),
    );
    return { kind: 'code', code, changesAt: codeTime + SIGNED_QR_SECONDS };
  }

  /** Fen that are set aside for such sales. */
  allowance(): number {
    return this.store.read()?.allowance?.amount ?? 0;
  }
}

function newKey(challenge: string): KeptKey {
  const { publicKey, secretKey } = nacl.sign.keyPair();
  return {
    deviceKey: toBase64Url(publicKey),
    secretKey: toBase64Url(secretKey),
    certificate: null,
    challenge,
    counter: -1,
  };
}

function proofOf({ deviceKey, secretKey }: KeptKey, challenge: string): Certification['keys'][0] {
  const secret = bytesOf(secretKey);
  const request = { challenge: bytesOf(challenge), deviceKey: bytesOf(deviceKey) };
  if (request.challenge.length !== CHALLENGE_LENGTH) throw new Error('That is no challenge.');
  const proof = proveDeviceKey(request, (message) => nacl.sign.detached(message, secret));
  return { deviceKey, proof: toBase64Url(proof) };
}

function certificateOf({ certificate }: KeptKey): Certificate | undefined {
  return certificate === null ? undefined : readCertificate(bytesOf(certificate));
}

function hasEnded(key: KeptKey, now: number): boolean {
  const certificate = certificateOf(key);
  return certificate !== undefined && certificate.notAfter <= now;
}

function trustIn({ scheme, issuerKeys }: OfflineRight): IssuerTrust {
  return {
    scheme,
    issuerKeys: issuerKeySet(
      issuerKeys.map(({ keyId, publicKey, notBefore, notAfter }) => ({
        id: keyId,
        publicKey: bytesOf(publicKey),
        notBefore: Math.floor(Date.parse(notBefore) / 1000),
        notAfter: Math.floor(Date.parse(notAfter) / 1000),
      })),
    ),
  };
}

const verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  nacl.sign.detached.verify(message, signature, publicKey);

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new Error('What this phone keeps is damaged.');
  return bytes;
}
