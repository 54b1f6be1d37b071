import { generateKeyPairSync, sign } from 'node:crypto';
import {
  certificateAt,
  makeSignedQr,
  proveDeviceKey,
  readCertificate,
  type Certificate,
  type SignEd25519,
} from '@campus-paycode/paycode';
import type { Service } from './call-service.js';

/** What a phone is told of paying where no network is, as far as it matters here. */
export type OfflineRight = {
  readonly challenge: string;
  readonly keysDue: number;
  readonly certificates: readonly string[];
};

/** The keys that a phone pays with where no network is: made and proven by itself, certified. */
export class PhoneCertificates {
  private readonly signers = new Map<string, SignEd25519>();
  private readonly counters = new Map<string, number>();
  private certificates: readonly Certificate[] = [];

  /** Has as many keys certified as are due. */
  async fetch(
    service: Service,
    right: OfflineRight,
    { credentialId, token }: { credentialId: string; token: string },
  ): Promise<void> {
    const challenge = bytesOf(right.challenge);
    const keys = Array.from({ length: right.keysDue }, () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const deviceKey = String(publicKey.export({ format: 'jwk' }).x);
      const signer: SignEd25519 = (message) => sign(null, message, privateKey);
      this.signers.set(deviceKey, signer);
      const proof = proveDeviceKey({ challenge, deviceKey: bytesOf(deviceKey) }, signer);
      return { deviceKey, proof: textOf(proof) };
    });
    const body = { credentialId, challenge: right.challenge, keys };
    const { offline } = await service.call<{ offline: OfflineRight | null }>(
      'POST',
      '/v1/me/phone/certificates',
      { body, token },
    );
    this.certificates = (offline?.certificates ?? [])
      .map((text) => readCertificate(bytesOf(text)))
      .filter((certificate) => certificate !== undefined)
      .filter(({ deviceKey }) => this.signers.has(textOf(deviceKey)));
  }

  /** Another 453 digits each time; null without a certificate for now (unix seconds). */
  show(now: number, prefix: string): string | null {
    const certificate = certificateAt(this.certificates, now);
    const name = textOf(certificate?.deviceKey ?? new Uint8Array());
    const signer = this.signers.get(name);
    if (certificate === undefined || signer === undefined) return null;
    const counter = (this.counters.get(name) ?? 0) + 1;
    this.counters.set(name, counter);
    const codeTime = Math.floor(now);
    return makeSignedQr({ certificate: certificate.bytes, codeTime, counter, prefix }, signer);
  }
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64url');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
