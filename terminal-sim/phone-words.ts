import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { confirmationProof, type HmacSha256 } from '@campus-paycode/paycode';
import type { CampusClock } from './campus-clock.js';
import { ServiceRefused, type Service } from './call-service.js';
import type { PlannedWord } from './plan-lunch.js';

type Known = {
  readonly credentialId: string;
  readonly token: string;
  readonly seed: Uint8Array;
  readonly clock: CampusClock;
};

export type NewToken = (purpose: 'enrolment' | 'sign-in') => Promise<string>;

type AskedSale = {
  readonly paymentId: string;
  readonly credentialId: string;
  readonly terminalId: string;
  readonly shortNumber: string;
  readonly amount: number;
  readonly expiresAt: string;
};

const hmacSha256: HmacSha256 = (key, message) => hmac(sha256, key, message);

/** As long as the service waits for a phone. */
const patienceMs = 60_000;
/** The service checks one PIN after the other, each of which is meant to take long: asking again would only lengthen the line. */
const pinMs = 60_000;
const againMs = 500;

/** What a student says on the phone when a sale asks for it. */
export class PhoneWords {
  private readonly credentialId: string;
  private readonly token: string;
  private readonly clock: CampusClock;
  private seed: Uint8Array;
  private generation = 0;
  private pin: string | null = null;

  constructor(
    private readonly service: Service,
    private readonly newToken: NewToken,
    { credentialId, token, seed, clock }: Known,
  ) {
    this.credentialId = credentialId;
    this.token = token;
    this.seed = seed;
    this.clock = clock;
  }

  /** The seed that this phone agreed on since. */
  proveBy(seed: Uint8Array, generation: number): void {
    this.seed = seed;
    this.generation = generation;
  }

  /**
   * Looks at the phone and answers what it is asked about this sale.
   * @returns how the sale ended by it; `not_asked` and `too_late` when the time for it was over; null when nothing was said.
   */
  async answer(shortNumber: string, { says, afterMs }: PlannedWord): Promise<string | null> {
    if (says === 'nothing') return null;
    const deadline = this.clock.now() + patienceMs;
    const looks = this.clock.pass(afterMs);
    while (this.clock.now() < deadline) {
      try {
        if (says === 'confirm') this.pin ??= await this.setPin();
        await looks;
        const asked = await this.askedAbout(shortNumber);
        return asked === undefined ? 'not_asked' : await this.tell(asked, says);
      } catch (error) {
        if (error instanceof ServiceRefused && error.status < 500 && error.status !== 429) {
          return error.code;
        }
        await wait(againMs);
      }
    }
    return 'too_late';
  }

  private async askedAbout(shortNumber: string): Promise<AskedSale | undefined> {
    const { token, credentialId } = this;
    type Asked = { confirmations: AskedSale[] };
    const path = '/v1/me/confirmations';
    const { confirmations } = await this.service.call<Asked>('GET', path, { token });
    return confirmations.find(
      (sale) => sale.shortNumber === shortNumber && sale.credentialId === credentialId,
    );
  }

  private async tell(
    { paymentId, amount, terminalId, expiresAt }: AskedSale,
    decision: 'confirm' | 'refuse',
  ): Promise<string> {
    const { token, credentialId, generation, seed, pin } = this;
    const said = { decision, paymentId, amount, terminalId, expiresAt };
    const proof = Buffer.from(confirmationProof(seed, said, hmacSha256)).toString('base64url');
    const known = { decision, credentialId, generation, proof };
    const body = decision === 'confirm' ? { ...known, pin } : known;
    const path = `/v1/me/confirmations/${paymentId}`;
    const asked = { body, token, waitMs: pinMs };
    return (await this.service.call<{ outcome: string }>('POST', path, asked)).outcome;
  }

  /** By a link of the card office, since a borrowed phone must not do it. */
  private async setPin(): Promise<string> {
    // No six digits that begin like this are easily guessed.
    const pin = `70${String(randomInt(10_000)).padStart(4, '0')}`;
    const body = { pin, linkToken: await this.newToken('sign-in') };
    const path = '/v1/me/card/payment-pin';
    await this.service.call('PUT', path, { body, token: this.token, waitMs: pinMs });
    return pin;
  }
}
