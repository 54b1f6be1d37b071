import { firstSeed, issuerMessage } from '@campus-paycode/paycode';
import { Injectable } from '@nestjs/common';
import {
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { DataSource } from 'typeorm';
import { cardholderProblems } from '../cardholders/cardholders.errors.js';
import { SignInCardholder, type SignIn } from '../cardholders/sign-in-cardholder.js';
import type { Card } from '../cards/card.js';
import { AppConfig } from '../platform/config/app-config.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { serviceHmac } from './domain/primitives.js';
import { openSeed, sealSeed } from './domain/seal-seed.js';
import { paymentCodesProblems } from './payment-codes.errors.js';
import { PhonesStore } from './store/phones.store.js';

/** A credential makes codes for this long after the phone last talked to the service. */
export const credentialLifeDays = 14;

const randomLength = 32;

export type PhoneEnrolment = {
  readonly linkToken: string;
  /** The phone's ephemeral X25519 key, 32 raw bytes. */
  readonly devicePublicKey: Buffer;
  readonly deviceRandom: Buffer;
  readonly deviceName: string;
};

export type EnrolledPhone = {
  readonly credential: bigint;
  readonly cardNumber: string;
  readonly servicePublicKey: Buffer;
  readonly serverRandom: Buffer;
  readonly issuerKeyId: string;
  /** Ed25519 by the issuer key over what paycode's `issuerMessage` says. */
  readonly signature: Buffer;
  readonly aliasSeconds: number;
  readonly usableUntil: Date;
  readonly signIn: SignIn;
};

type Binding = {
  readonly phone: PhoneEnrolment;
  readonly card: Card;
  readonly agreement: Agreement;
  readonly signIn: SignIn;
};

/** What the phone needs besides what it brought. */
type Bound = Pick<
  EnrolledPhone,
  'credential' | 'usableUntil' | 'serverRandom' | 'aliasSeconds' | 'servicePublicKey'
>;

type Agreement = { readonly secret: Buffer; readonly publicKey: Buffer };

function agree(devicePublicKey: Buffer): Agreement {
  const own = generateKeyPairSync('x25519');
  try {
    const theirs = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: devicePublicKey.toString('base64url') },
      format: 'jwk',
    });
    const publicKey = Buffer.from(String(own.publicKey.export({ format: 'jwk' }).x), 'base64url');
    return { secret: diffieHellman({ privateKey: own.privateKey, publicKey: theirs }), publicKey };
  } catch {
    throw new Refusal(paymentCodesProblems, 'device_key_invalid');
  }
}

/**
 * A phone and the service agree on a seed that never travels; from then on the phone makes codes by itself. A card has as
 * many phones as its group may: one more ends the codes and the sign-in of whichever spoke with the service longest ago.
 * Whoever did not hear the answer asks again with the same key and gets the same one, as long as the link would last.
 */
@Injectable()
export class EnrolPhone {
  constructor(
    private readonly database: DataSource,
    private readonly config: AppConfig,
    @InjectKeyRing() private readonly keys: KeyRing,
    private readonly signIns: SignInCardholder,
    private readonly phones: PhonesStore,
  ) {}

  /** @throws {Refusal} link_expired, link_used, card_unknown, device_key_invalid */
  async enrol(phone: PhoneEnrolment): Promise<EnrolledPhone> {
    const agreement = agree(phone.devicePublicKey);
    const enrolled = await inTransaction(this.database, async (tx) => {
      const { signIn, isFirst } = await this.signIns.byEnrolmentLink(
        tx,
        phone.linkToken,
        phone.deviceName,
      );
      const card = await this.phones.lockCardOf(tx, signIn.cardholder);
      const bound = isFirst
        ? await this.bind(tx, { phone, card, agreement, signIn })
        : await this.recall(tx, { phone, card, signIn });
      return { ...bound, cardNumber: card.number, signIn };
    });
    agreement.secret.fill(0);
    const { issuerKey } = this.keys;
    const message = issuerMessage({
      devicePublicKey: phone.devicePublicKey,
      deviceRandom: phone.deviceRandom,
      servicePublicKey: enrolled.servicePublicKey,
      serverRandom: enrolled.serverRandom,
      aliasPeriod: enrolled.aliasSeconds,
    });
    const signature = sign(null, message, issuerKey.privateKey);
    return { ...enrolled, issuerKeyId: issuerKey.id, signature };
  }

  private async bind(tx: Tx, { phone, card, agreement, signIn }: Binding): Promise<Bound> {
    const bound = await this.phones.active(tx, card.id);
    const surplus = bound.length + 1 - (await this.phones.mostOf(tx, card.group));
    for (const before of bound.slice(0, Math.max(0, surplus)))
      await this.phones.close(tx, before, card.cardholder);
    const { deviceRandom, devicePublicKey, deviceName } = phone;
    const serverRandom = randomBytes(randomLength);
    const seed = firstSeed(
      { sharedSecret: agreement.secret, serverRandom, deviceRandom },
      serviceHmac,
    );
    const aliasSeconds = this.config.CODE_ALIAS_SECONDS;
    const { sealed, wrappingKey } = sealSeed(this.keys, card.id, seed);
    seed.fill(0);
    const stored = await this.phones.add(tx, card.id, {
      sealedSeed: sealed,
      sealedRandom: sealSeed(this.keys, card.id, serverRandom, 'server random').sealed,
      wrappingKey,
      aliasSeconds,
      deviceName,
      deviceRandom,
      deviceKey: devicePublicKey,
      serviceKey: agreement.publicKey,
      signIn: signIn.id,
      lifeDays: credentialLifeDays,
    });
    await appendEvent(tx, 'credential.enrolled', {
      credential: stored.id.toString(),
      card: card.id.toString(),
      cardholder: card.cardholder.toString(),
    });
    const { id: credential, usableUntil } = stored;
    return {
      credential,
      usableUntil,
      serverRandom,
      aliasSeconds,
      servicePublicKey: agreement.publicKey,
    };
  }

  /** Only until the phone has shown that it heard: then a second answer could only be for somebody else. */
  private async recall(
    tx: Tx,
    { phone, card, signIn }: Omit<Binding, 'agreement'>,
  ): Promise<Bound> {
    const { devicePublicKey, deviceRandom } = phone;
    const known = (await this.phones.active(tx, card.id)).find(
      (each) =>
        !each.wasUsed &&
        each.deviceKey?.equals(devicePublicKey) === true &&
        each.deviceRandom?.equals(deviceRandom) === true,
    );
    if (known === undefined || known.sealedRandom === null || known.serviceKey === null)
      throw new Refusal(cardholderProblems, 'link_used');
    if (known.signIn !== null) await this.signIns.end(tx, known.signIn);
    const { id: credential, usableUntil, aliasSeconds, wrappingKey } = known;
    await this.phones.renew(tx, credential, { usableUntil, signIn: signIn.id });
    return {
      credential,
      usableUntil,
      aliasSeconds,
      serverRandom: openSeed(
        this.keys,
        card.id,
        { sealed: known.sealedRandom, wrappingKey },
        'server random',
      ),
      servicePublicKey: known.serviceKey,
    };
  }
}
