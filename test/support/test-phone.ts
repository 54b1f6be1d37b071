/** A phone in the hands of a test: enrolled over HTTP as a real one, it computes codes by itself. */
import {
  counterOf,
  deriveKeys,
  firstSeed,
  makeCode,
  nextToShow,
  startOfStep,
  STEP_SECONDS,
  stepOf,
  type CodeKeys,
} from '@campus-paycode/paycode';
import { createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';
import { serviceHmac, serviceHotp } from '../../src/payment-codes/domain/primitives.js';
import type { TestService } from './service.js';

export class TestPhone {
  private lastShown: number | null = null;

  private constructor(
    private readonly service: TestService,
    private readonly keys: CodeKeys,
    private readonly aliasPeriod: number,
    readonly credential: bigint,
    /** Proves the cardholder to the student's routes. */
    readonly signInToken: string,
  ) {}

  /** @param token of a one-time enrolment link. */
  static async enrol(service: TestService, token: string): Promise<TestPhone> {
    const own = generateKeyPairSync('x25519');
    const devicePublicKey = String(own.publicKey.export({ format: 'jwk' }).x);
    const deviceRandom = randomBytes(32);
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
        sharedSecret: diffieHellman({ privateKey: own.privateKey, publicKey }),
        serverRandom: Buffer.from(String(answer['serverRandom']), 'base64url'),
        deviceRandom,
      },
      serviceHmac,
    );
    return new TestPhone(
      service,
      deriveKeys(seed, serviceHmac),
      Number(answer['aliasSeconds']),
      BigInt(String(answer['credentialId'])),
      String(answer['signInToken']),
    );
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

  private make(counter: number): string {
    const { keys, aliasPeriod } = this;
    const prefix = this.service.config.CODE_PREFIX;
    return makeCode({ keys, counter, aliasPeriod, prefix }, serviceHotp);
  }
}
