/** A phone in the hands of a test: enrolled over HTTP as a real one, it computes codes by itself. */
import {
  confirmationProof,
  counterOf,
  deriveKeys,
  deriveSyncKey,
  firstSeed,
  makeCode,
  nextSeed,
  nextToShow,
  startOfStep,
  STEP_SECONDS,
  stepOf,
  stepOfCounter,
  syncProof,
} from '@campus-paycode/paycode';
import { createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';
import { serviceHmac, serviceHotp } from '../../src/payment-codes/domain/primitives.js';
import { ask, type Answer } from './ask.js';
import { DeviceKeys, type OfflineRight, type Proven } from './device-keys.js';
import type { TestService } from './service.js';

/** A sale that a phone is asked about, as the service lists it. */
export type AskedSale = {
  readonly paymentId: string;
  readonly credentialId: string;
  readonly terminalId: string;
  readonly shortNumber: string;
  readonly amount: number;
  readonly expiresAt: string;
};

/** What a phone needs for one seed. */
type Seed = {
  readonly generation: number;
  readonly seed: Uint8Array;
  readonly aliasPeriod: number;
  readonly firstStep: number;
};

/** What a phone asks for, the same until it hears an answer. */
export type Question = {
  readonly credentialId: string;
  readonly generation: number;
  readonly deviceRandom: string;
  readonly proof: string;
};

export type SynchronisationAnswer = {
  readonly status: number;
  readonly code?: string;
  readonly generation: number;
  readonly serverRandom: string;
  readonly firstStep: number;
  readonly aliasSeconds: number;
  readonly usableUntil: string;
  readonly offline: OfflineRight | null;
};

export type CertificationAnswer = {
  readonly status: number;
  readonly code?: string;
  readonly offline: OfflineRight | null;
};

/** The key pair and the random that a phone brings to its enrolment. */
export type PhoneKeys = {
  readonly privateKey: ReturnType<typeof generateKeyPairSync>['privateKey'];
  readonly devicePublicKey: string;
  readonly deviceRandom: Buffer;
};

export function newPhoneKeys(): PhoneKeys {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const devicePublicKey = String(publicKey.export({ format: 'jwk' }).x);
  return { privateKey, devicePublicKey, deviceRandom: randomBytes(32) };
}

export class TestPhone {
  private lastShown: number | null = null;
  /** What it pays with where no network is. */
  readonly deviceKeys = new DeviceKeys();

  private constructor(
    private readonly service: TestService,
    private seeds: readonly [Seed, ...Seed[]],
    readonly credential: bigint,
    /** Proves the cardholder to the student's routes. */
    readonly signInToken: string,
  ) {}

  /** @param token of a one-time enrolment link. */
  static async enrol(
    service: TestService,
    token: string,
    keys: PhoneKeys = newPhoneKeys(),
  ): Promise<TestPhone> {
    const { privateKey, devicePublicKey, deviceRandom } = keys;
    const response = await fetch(`${service.url}/v1/phone-enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token,
        devicePublicKey,
        deviceRandom: deviceRandom.toString('base64url'),
        deviceName: 'a test',
        tokenIn: 'body',
      }),
    });
    const answer = (await response.json()) as Record<string, string>;
    if (response.status !== 201) throw new Error(`Enrolment refused: ${answer['code']}`);
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: String(answer['servicePublicKey']) },
      format: 'jwk',
    });
    const seed = firstSeed(
      {
        sharedSecret: diffieHellman({ privateKey, publicKey }),
        serverRandom: Buffer.from(String(answer['serverRandom']), 'base64url'),
        deviceRandom,
      },
      serviceHmac,
    );
    const aliasPeriod = Number(answer['aliasSeconds']);
    return new TestPhone(
      service,
      [{ generation: 0, seed, aliasPeriod, firstStep: 0 }],
      BigInt(String(answer['credentialId'])),
      String(answer['signInToken']),
    );
  }

  /** Another device with all that this one knows, as a copied backup would have it. */
  copy(): TestPhone {
    const { service, seeds, credential, signInToken } = this;
    return new TestPhone(service, seeds, credential, signInToken);
  }

  /** All that makes codes, in raw bytes: what must be found nowhere else. */
  get secrets(): readonly Uint8Array[] {
    return this.seeds.flatMap(({ seed }) => {
      const { aliasKey, otpKey } = deriveKeys(seed, serviceHmac);
      return [seed, aliasKey, otpKey, deriveSyncKey(seed, serviceHmac)];
    });
  }

  get generation(): number {
    return this.newest.generation;
  }

  /** The next code that a real phone would show: never one twice. Eight in a step, then time has to pass. */
  next(): string {
    // Its clock is the service's own, so that it need not keep away from the change of the step.
    const now = startOfStep(stepOf(this.service.clock.nowMs() / 1000)) + STEP_SECONDS - 1;
    const shown = nextToShow(now, this.lastShown);
    if (shown.kind === 'wait') throw new Error('The phone shows no more codes in this step.');
    this.lastShown = shown.counter;
    return this.make(shown.counter);
  }

  /** The code of a step, counted from now, and a slot 0..3. */
  codeOf(stepsFromNow: number, slot = 0): string {
    const step = stepOf(this.service.clock.nowMs() / 1000);
    return this.make(counterOf(step + stepsFromNow, slot));
  }

  /** What it would send to move on from its newest seed. */
  ask(): Question {
    const { generation, seed } = this.newest;
    const deviceRandom = randomBytes(32);
    return {
      credentialId: this.credential.toString(),
      generation,
      deviceRandom: deviceRandom.toString('base64url'),
      proof: Buffer.from(syncProof(seed, generation, deviceRandom, serviceHmac)).toString(
        'base64url',
      ),
    };
  }

  send(question: Question): Promise<SynchronisationAnswer> {
    return this.post<SynchronisationAnswer>('synchronisations', question);
  }

  /** Asks for certificates of keys that it proved. */
  bring(challenge: string, keys: readonly Proven[]): Promise<CertificationAnswer> {
    const credentialId = this.credential.toString();
    return this.post<CertificationAnswer>('certificates', { credentialId, challenge, keys });
  }

  /** Synchronises, and has as many keys certified as are due. */
  async prepareOffline(): Promise<OfflineRight> {
    const { offline } = await this.synchronise();
    if (offline === null) throw new Error('Nothing is sold without a network.');
    const answer = await this.bring(
      offline.challenge,
      this.deviceKeys.prove(offline.challenge, offline.keysDue),
    );
    // A problem has no such field.
    if (!answer.offline) throw new Error(`Not certified: ${answer.code}`);
    this.deviceKeys.take(answer.offline);
    return answer.offline;
  }

  /** What it shows to a terminal without a network: 453 digits, new ones each time. */
  signedQr({ now, counter }: { now?: number; counter?: number } = {}): string {
    return this.deviceKeys.sign(now ?? this.service.clock.nowMs() / 1000, {
      prefix: this.service.config.CODE_PREFIX,
      ...(counter === undefined ? {} : { counter }),
    });
  }

  private async post<Answer>(path: string, body: unknown): Promise<Answer & { status: number }> {
    const response = await fetch(`${this.service.url}/v1/me/phone/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.signInToken}`,
      },
      body: JSON.stringify(body),
    });
    return { ...((await response.json()) as Answer), status: response.status };
  }

  /** Takes an answer to a question of its newest seed; one to an older question changes nothing. */
  hear(question: Question, answer: SynchronisationAnswer): void {
    const { generation, seed } = this.newest;
    if (question.generation !== generation) return;
    const next = nextSeed(
      {
        seed,
        serverRandom: Buffer.from(answer.serverRandom, 'base64url'),
        deviceRandom: Buffer.from(question.deviceRandom, 'base64url'),
        nextGeneration: answer.generation,
      },
      serviceHmac,
    );
    const { aliasSeconds: aliasPeriod, firstStep } = answer;
    // By asking under its newest seed it has shown that it holds it: that one is good at once.
    this.seeds = [
      { generation: answer.generation, seed: next, aliasPeriod, firstStep },
      { ...this.newest, firstStep: 0 },
    ];
  }

  /** Signs a word about a sale that waits for it, as a real phone would send it. */
  word(
    { paymentId, amount, terminalId, expiresAt }: AskedSale,
    decision: 'confirm' | 'refuse' = 'confirm',
    pin?: string,
  ): Record<string, unknown> {
    const { generation, seed } = this.newest;
    const said = { decision, paymentId, amount, terminalId, expiresAt };
    return {
      decision,
      credentialId: this.credential.toString(),
      generation,
      proof: Buffer.from(confirmationProof(seed, said, serviceHmac)).toString('base64url'),
      ...(pin === undefined ? {} : { pin }),
    };
  }

  /** What the service asks this cardholder's phones about. */
  async asked(): Promise<AskedSale[]> {
    const { body } = await ask(`${this.service.url}/v1/me/confirmations`, {
      token: this.signInToken,
    });
    return body['confirmations'] as AskedSale[];
  }

  answer({ paymentId }: AskedSale, word: Record<string, unknown>): Promise<Answer> {
    return ask(`${this.service.url}/v1/me/confirmations/${paymentId}`, {
      method: 'POST',
      token: this.signInToken,
      body: word,
    });
  }

  /** Asks, and hears the answer. */
  async synchronise(): Promise<SynchronisationAnswer> {
    const question = this.ask();
    const answer = await this.send(question);
    if (answer.status === 200) this.hear(question, answer);
    return answer;
  }

  private get newest(): Seed {
    return this.seeds[0];
  }

  /** By the newest seed whose time has come. */
  private make(counter: number): string {
    const step = stepOfCounter(counter);
    const seed = this.seeds.find(({ firstStep }) => firstStep <= step) ?? this.newest;
    const keys = deriveKeys(seed.seed, serviceHmac);
    const prefix = this.service.config.CODE_PREFIX;
    return makeCode({ keys, counter, aliasPeriod: seed.aliasPeriod, prefix }, serviceHotp);
  }
}
