import { isProvenDeviceKey, makeCertificate } from '@campus-paycode/paycode';
import { Injectable } from '@nestjs/common';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { verifyEd25519 } from './domain/ed25519.js';
import { windowsDue } from './domain/plan-windows.js';
import { paymentCodesProblems } from './payment-codes.errors.js';
import {
  CertificatesStore,
  type Allowance,
  type NewCertificate,
  type OfflinePolicy,
} from './store/certificates.store.js';
import { IssuerKeysStore, type PublicIssuerKey } from './store/issuer-keys.store.js';
import { PhonesStore } from './store/phones.store.js';

const challengeBytes = 32;
const referenceBytes = 8;

export type ProvenKey = { readonly deviceKey: Buffer; readonly proof: Buffer };

export type KeysToCertify = {
  readonly cardholder: bigint;
  /** The phone's own. */
  readonly credential: bigint;
  readonly challenge: Buffer;
  /** As many as were due, in the order in which they will be used. */
  readonly keys: readonly ProvenKey[];
};

/** What a phone needs to pay at a terminal without a network. */
export type OfflineRight = {
  readonly now: Date;
  readonly scheme: number;
  readonly issuerKeys: readonly PublicIssuerKey[];
  /** What the next keys are proven with. */
  readonly challenge: Buffer;
  /** How many keys the phone may bring to be certified. */
  readonly keysDue: number;
  /** All that it may use now or later, in the order of their windows. */
  readonly certificates: readonly Buffer[];
  /** What is set aside of the cash for such sales; null when there is too little. */
  readonly allowance: Allowance | null;
};

/**
 * A phone proves keys that it made, and the issuer certifies one for each window that it has yet to get: never two for one
 * time. Cash is set aside for what is sold by them. Whoever did not hear the answer asks again and gets the same
 * certificates; every synchronisation brings them too.
 */
@Injectable()
export class CertifyKeys {
  constructor(
    private readonly database: DataSource,
    private readonly phones: PhonesStore,
    private readonly store: CertificatesStore,
    private readonly issuers: IssuerKeysStore,
  ) {}

  /** @throws {Refusal} phone_not_enrolled, challenge_unknown, device_key_unproven */
  certify({
    cardholder,
    credential,
    challenge,
    keys,
  }: KeysToCertify): Promise<OfflineRight | null> {
    return inTransaction(this.database, async (tx) => {
      const { id: card } = await this.phones.lockCardOf(tx, cardholder);
      const isOwn = (await this.phones.active(tx, card)).some(({ id }) => id === credential);
      if (!isOwn) throw new Refusal(paymentCodesProblems, 'phone_not_enrolled');
      const given = await this.store.given(tx, credential);
      if (given === undefined || !timingSafeEqual(given.challenge, challenge))
        throw new Refusal(paymentCodesProblems, 'challenge_unknown');
      // A challenge is good once; who asks again is told what the first question led to.
      if (!given.isAnswered && keys.length > 0) {
        await this.requireProven(tx, challenge, keys);
        const policy = await this.store.policy(tx, card);
        if (policy !== undefined) await this.issue(tx, { credential, policy, keys });
        await this.store.answer(tx, credential);
      }
      return this.right(tx, { card, credential });
    });
  }

  /**
   * Within a synchronisation, under the card's lock: what the phone has, and a challenge for what it lacks.
   * @param isNew a challenge that was not answered is given again with the same answer, else a new one.
   */
  async renew(
    tx: Tx,
    { card, credential, isNew }: { card: bigint; credential: bigint; isNew: boolean },
  ): Promise<OfflineRight | null> {
    if (isNew || (await this.store.given(tx, credential)) === undefined)
      await this.store.give(tx, credential, randomBytes(challengeBytes));
    return this.right(tx, { card, credential });
  }

  private async requireProven(
    tx: Tx,
    challenge: Buffer,
    keys: readonly ProvenKey[],
  ): Promise<void> {
    const deviceKeys = keys.map(({ deviceKey }) => deviceKey);
    const isSound =
      new Set(deviceKeys.map((key) => key.toString('hex'))).size === keys.length &&
      keys.every((key) => isProvenDeviceKey({ challenge, ...key }, verifyEd25519)) &&
      (await this.store.countKnown(tx, deviceKeys)) === 0;
    if (!isSound) throw new Refusal(paymentCodesProblems, 'device_key_unproven');
  }

  private async issue(
    tx: Tx,
    asked: { credential: bigint; policy: OfflinePolicy; keys: readonly ProvenKey[] },
  ): Promise<void> {
    const { credential, policy, keys } = asked;
    const held = await this.store.live(tx, credential);
    const issuerOf = await this.issuers.issuers(tx);
    const made: NewCertificate[] = [];
    for (const window of windowsDue(policy.now.getTime() / 1000, held, policy)) {
      const key = keys[made.length];
      const issuer = issuerOf(window);
      if (key === undefined || issuer === undefined) break;
      const { deviceKey } = key;
      const reference = randomBytes(referenceBytes);
      const body = {
        issuerKeyId: issuer.keyId,
        scheme: policy.scheme,
        reference,
        deviceKey,
        notBefore: window.notBefore,
        validityMinutes: policy.minutes,
        limitClass: policy.limitClass,
        flags: policy.flags,
      };
      const bytes = Buffer.from(makeCertificate(body, issuer.sign));
      made.push({ ...window, reference, deviceKey, issuerKeyId: issuer.keyId, bytes });
    }
    if (made.length > 0) await this.store.add(tx, credential, policy, made);
  }

  /** Null while nobody issues, and for a card that nobody pays with. */
  private async right(
    tx: Tx,
    { card, credential }: { card: bigint; credential: bigint },
  ): Promise<OfflineRight | null> {
    const policy = await this.store.policy(tx, card);
    const issuerKeys = await this.issuers.all(tx);
    const given = await this.store.given(tx, credential);
    if (policy === undefined || issuerKeys.length === 0 || given === undefined) return null;
    const certificates = await this.store.live(tx, credential);
    return {
      now: policy.now,
      scheme: policy.scheme,
      issuerKeys,
      challenge: given.challenge,
      keysDue: given.isAnswered
        ? 0
        : windowsDue(policy.now.getTime() / 1000, certificates, policy).length,
      certificates: certificates.map(({ bytes }) => bytes),
      allowance: await this.store.renewAllowance(tx, credential),
    };
  }
}
