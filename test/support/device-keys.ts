/** The keys of a test's phone for terminals without a network: made by itself, certified, and used to sign. */
import {
  certificateAt,
  makeSignedQr,
  proveDeviceKey,
  readCertificate,
  type Certificate,
  type SignEd25519,
} from '@campus-paycode/paycode';
import { generateKeyPairSync, sign } from 'node:crypto';

/** What the service answers about it. */
export type OfflineRight = {
  readonly scheme: number;
  readonly issuerKeys: readonly {
    readonly keyId: number;
    readonly publicKey: string;
    readonly notBefore: string;
    readonly notAfter: string;
  }[];
  readonly challenge: string;
  readonly keysDue: number;
  readonly certificates: readonly string[];
  readonly allowance: { readonly amount: number; readonly endsAt: string } | null;
};

export type Proven = { readonly deviceKey: string; readonly proof: string };

export class DeviceKeys {
  private readonly signers = new Map<string, SignEd25519>();
  private readonly counters = new Map<string, number>();
  private held: readonly Certificate[] = [];

  /** Makes new keys and proves them. */
  prove(challenge: string, count: number): Proven[] {
    return Array.from({ length: count }, () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const deviceKey = String(publicKey.export({ format: 'jwk' }).x);
      const signer: SignEd25519 = (message) => sign(null, message, privateKey);
      this.signers.set(deviceKey, signer);
      const request = {
        challenge: Buffer.from(challenge, 'base64url'),
        deviceKey: Buffer.from(deviceKey, 'base64url'),
      };
      const proof = Buffer.from(proveDeviceKey(request, signer)).toString('base64url');
      return { deviceKey, proof };
    });
  }

  /** Keeps the certificates of its own keys. */
  take({ certificates }: Pick<OfflineRight, 'certificates'>): void {
    this.held = certificates
      .map((text) => readCertificate(Buffer.from(text, 'base64url')))
      .filter((each) => each !== undefined)
      .filter(({ deviceKey }) => this.signers.has(nameOf(deviceKey)));
  }

  get certificates(): readonly Certificate[] {
    return this.held;
  }

  /** The 453 digits that a phone shows at `now`, unix seconds. A counter of its own makes a dishonest phone. */
  sign(now: number, { prefix, counter }: { prefix: string; counter?: number }): string {
    const certificate = certificateAt(this.held, now);
    if (certificate === undefined) throw new Error('The phone has no certificate for now.');
    const name = nameOf(certificate.deviceKey);
    const signer = this.signers.get(name);
    if (signer === undefined) throw new Error('The phone has lost its key.');
    const next = counter ?? (this.counters.get(name) ?? -1) + 1;
    this.counters.set(name, Math.max(next, this.counters.get(name) ?? -1));
    return makeSignedQr(
      { certificate: certificate.bytes, codeTime: Math.floor(now), counter: next, prefix },
      signer,
    );
  }
}

const nameOf = (deviceKey: Uint8Array): string => Buffer.from(deviceKey).toString('base64url');
