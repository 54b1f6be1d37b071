import {
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  counterOf,
  deriveKeys,
  firstSeed,
  hotpFrom,
  issuerMessage,
  makeCode,
  nextSeed,
  nextToShow,
  stepOf,
  stepOfCounter,
  syncProof,
  type CodeKeys,
  type HmacSha256,
} from '@campus-paycode/paycode';
import type { CampusClock } from './campus-clock.js';
import type { Service } from './call-service.js';
import { PhoneWords, type NewToken } from './phone-words.js';
import { PhoneCertificates, type OfflineRight } from './phone-certificates.js';

const hmacSha256: HmacSha256 = (key, message) => hmac(sha256, key, message);
const hotp = hotpFrom(hmacSha256);

/** Five steps ago: well outside what the service still takes. */
const staleSteps = 5;

const statementLines = 100;

export type PhoneSettings = {
  readonly issuerKeys: readonly { readonly keyId: string; readonly publicKey: string }[];
  readonly serverTime: string;
};

/** A payment as its student sees it. */
export type PhoneLine = {
  readonly id: string;
  readonly shortNumber: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly state: string;
  readonly amount: number;
  readonly captured: number;
  readonly returned: number;
  readonly decidedAt: string;
};

type Enrolment = {
  readonly servicePublicKey: string;
  readonly serverRandom: string;
  readonly issuerKeyId: string;
  readonly signature: string;
  readonly aliasSeconds: number;
  readonly prefix: string;
  readonly serverTime: string;
  readonly credentialId: string;
  readonly signInToken: string;
};

type Synchronisation = {
  readonly generation: number;
  readonly serverRandom: string;
  readonly firstStep: number;
  readonly aliasSeconds: number;
  readonly offline: OfflineRight | null;
};

/** What makes the codes from a step on. */
type Generation = {
  readonly keys: CodeKeys;
  readonly aliasPeriod: number;
  readonly firstStep: number;
};

type PhoneOptions = {
  readonly seed: Uint8Array;
  readonly aliasPeriod: number;
  readonly prefix: string;
  readonly credentialId: string;
  readonly token: string;
  /** Add it to this machine's clock to get the service's, milliseconds. */
  readonly clockOffset: number;
};

/** A student's phone: it makes its codes by itself, from its own copy of the seed. */
export class StudentPhone {
  private lastShown: number | null = null;
  private last: string | null = null;
  /** The newest first. */
  private generations: readonly Generation[];
  private preparing: Promise<void> | null = null;
  private readonly certificates = new PhoneCertificates();
  /** How far its clock has gone wrong since it last heard the service's, milliseconds. */
  driftMs = 0;
  /** Null in a phone that nobody bound. */
  words: PhoneWords | null = null;

  constructor(
    private readonly options: PhoneOptions,
    private readonly deviceNow: () => number = Date.now,
  ) {
    const { seed, aliasPeriod } = options;
    const keys = deriveKeys(seed, hmacSha256);
    this.generations = [{ keys, aliasPeriod, firstStep: 0 }];
  }

  /** Redeems a one-time link and agrees with the service on a seed that never travels. */
  static async enrol(
    service: Service,
    newToken: NewToken,
    { issuerKeys, clock }: Pick<PhoneSettings, 'issuerKeys'> & { clock: CampusClock },
  ): Promise<StudentPhone> {
    const own = generateKeyPairSync('x25519');
    const devicePublicKey = rawOf(own.publicKey.export({ format: 'jwk' }).x);
    const deviceRandom = randomBytes(32);
    const token = await newToken('enrolment');
    const askedAt = clock.now();
    const answer = await service.call<Enrolment>('POST', '/v1/phone-enrolments', {
      body: {
        token,
        devicePublicKey: devicePublicKey.toString('base64url'),
        deviceRandom: deviceRandom.toString('base64url'),
        deviceName: 'Simulated phone',
        tokenIn: 'body',
      },
    });
    const clockOffset = Date.parse(answer.serverTime) - (askedAt + clock.now()) / 2;
    const servicePublicKey = rawOf(answer.servicePublicKey);
    const serverRandom = rawOf(answer.serverRandom);
    const { aliasSeconds: aliasPeriod, prefix } = answer;
    const signed = issuerMessage({
      devicePublicKey,
      servicePublicKey,
      serverRandom,
      deviceRandom,
      aliasPeriod,
    });
    const issuer = issuerKeys.find(({ keyId }) => keyId === answer.issuerKeyId);
    const proves =
      issuer !== undefined &&
      verify(null, signed, keyOf('Ed25519', issuer.publicKey), rawOf(answer.signature));
    if (!proves) throw new Error('The service could not prove to a phone that it is the issuer.');
    const sharedSecret = diffieHellman({
      privateKey: own.privateKey,
      publicKey: keyOf('X25519', answer.servicePublicKey),
    });
    const seed = firstSeed({ sharedSecret, serverRandom, deviceRandom }, hmacSha256);
    const { credentialId, signInToken } = answer;
    const agreed = { seed, aliasPeriod, prefix, clockOffset };
    const phone = new StudentPhone({ ...agreed, credentialId, token: signInToken }, () =>
      clock.now(),
    );
    const known = { credentialId, token: signInToken, seed, clock };
    phone.words = new PhoneWords(service, newToken, known);
    return phone;
  }

  /** What the student sees of its payments, the newest first: as many as a screen asks for. */
  async statement(service: Service): Promise<PhoneLine[]> {
    const { token } = this.options;
    const path = `/v1/me/payments?limit=${statementLines}`;
    return (await service.call<{ payments: PhoneLine[] }>('GET', path, { token })).payments;
  }

  /** Once, while it has a network: synchronises, and has keys certified for where there is none. */
  prepareOffline(service: Service): Promise<void> {
    this.preparing ??= this.prepare(service);
    return this.preparing;
  }

  /** Null when it cannot pay without a network. */
  showSigned(): string | null {
    return this.certificates.show(this.now(), this.options.prefix);
  }

  /** Milliseconds until there is a code to show: four in a step, one step ahead. */
  readyIn(): number {
    const next = nextToShow(this.now(), this.lastShown);
    return next.kind === 'show' ? 0 : Math.ceil((next.waitUntil - this.now()) * 1000);
  }

  /** A code that was never on the screen before. */
  show(): string {
    const next = nextToShow(this.now(), this.lastShown);
    if (next.kind === 'wait') throw new Error('The phone has no code to show yet.');
    this.lastShown = next.counter;
    this.last = this.codeOf(next.counter);
    return this.last;
  }

  /** What is on the screen already; a fresh code when there is none. */
  showAgain(): string {
    return this.last ?? this.show();
  }

  /** What a screenshot of some minutes ago says. */
  showStale(): string {
    return this.codeOf(counterOf(stepOf(this.now()) - staleSteps, 0));
  }

  /** Unix seconds by the service's clock. */
  private now(): number {
    return (this.deviceNow() + this.options.clockOffset + this.driftMs) / 1000;
  }

  private async prepare(service: Service): Promise<void> {
    const { seed, credentialId, token } = this.options;
    const deviceRandom = randomBytes(32);
    const body = {
      credentialId,
      generation: 0,
      deviceRandom: deviceRandom.toString('base64url'),
      proof: Buffer.from(syncProof(seed, 0, deviceRandom, hmacSha256)).toString('base64url'),
    };
    const path = '/v1/me/phone/synchronisations';
    const answer = await service.call<Synchronisation>('POST', path, { body, token });
    const serverRandom = rawOf(answer.serverRandom);
    const { generation: nextGeneration, firstStep, aliasSeconds, offline } = answer;
    const next = nextSeed({ seed, serverRandom, deviceRandom, nextGeneration }, hmacSha256);
    this.words?.proveBy(next, nextGeneration);
    const keys = deriveKeys(next, hmacSha256);
    this.generations = [{ keys, aliasPeriod: aliasSeconds, firstStep }, ...this.generations];
    if (offline !== null) await this.certificates.fetch(service, offline, { credentialId, token });
  }

  private codeOf(counter: number): string {
    const { prefix } = this.options;
    const step = stepOfCounter(counter);
    const { keys, aliasPeriod } = this.generations.find(
      ({ firstStep }) => firstStep <= step,
    ) as Generation;
    return makeCode({ keys, counter, aliasPeriod, prefix }, hotp);
  }
}

const rawOf = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');

const keyOf = (crv: 'Ed25519' | 'X25519', x: string) =>
  createPublicKey({ key: { kty: 'OKP', crv, x }, format: 'jwk' });
