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
import { SignInCardholder, type SignIn } from '../cardholders/sign-in-cardholder.js';
import { FindCard } from '../cards/find-card.js';
import { AppConfig } from '../platform/config/app-config.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { serviceHmac } from './domain/primitives.js';
import { sealSeed } from './domain/seal-seed.js';
import { paymentCodesProblems } from './payment-codes.errors.js';

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
 * A phone and the service agree on a seed that never travels; from then on the phone makes codes by itself. A card has one
 * phone: enrolling another ends the codes of the one before.
 */
@Injectable()
export class EnrolPhone {
  constructor(
    private readonly database: DataSource,
    private readonly config: AppConfig,
    @InjectKeyRing() private readonly keys: KeyRing,
    private readonly cards: FindCard,
    private readonly signIns: SignInCardholder,
  ) {}

  /** @throws {Refusal} link_expired, link_used, card_unknown, device_key_invalid */
  async enrol(phone: PhoneEnrolment): Promise<EnrolledPhone> {
    const agreement = agree(phone.devicePublicKey);
    const serverRandom = randomBytes(randomLength);
    const { deviceRandom, devicePublicKey } = phone;
    const seed = firstSeed(
      { sharedSecret: agreement.secret, serverRandom, deviceRandom },
      serviceHmac,
    );
    const aliasSeconds = this.config.CODE_ALIAS_SECONDS;
    const stored = await inTransaction(this.database, async (tx) => {
      const signIn = await this.signIns.byEnrolmentLink(tx, phone.linkToken, phone.deviceName);
      const { cardholder } = signIn;
      const card = await this.cards.ofCardholder(cardholder);
      await tx.query('select cards.lock(array[$1::bigint])', [card.id.toString()]);
      await tx.query('select payment_codes.close_credential($1)', [card.id.toString()]);
      const { sealed, wrappingKey } = sealSeed(this.keys, card.id, seed);
      const [row]: { id: string; usable_until: Date }[] = await tx.query(
        `insert into payment_codes.credential
           (card, sealed_seed, wrapping_key, alias_seconds, device_name, usable_until)
         values ($1, $2, $3, $4, $5, platform.now() + make_interval(days => $6))
         returning id, usable_until`,
        [
          card.id.toString(),
          sealed,
          wrappingKey,
          aliasSeconds,
          phone.deviceName,
          credentialLifeDays,
        ],
      );
      if (row === undefined) throw new Error('The credential was not stored.');
      await appendEvent(tx, 'credential.enrolled', {
        credential: row.id,
        card: card.id.toString(),
        cardholder: cardholder.toString(),
      });
      return { row, card, signIn };
    });
    seed.fill(0);
    const message = issuerMessage({
      devicePublicKey,
      servicePublicKey: agreement.publicKey,
      serverRandom,
      deviceRandom,
      aliasPeriod: aliasSeconds,
    });
    return {
      credential: BigInt(stored.row.id),
      cardNumber: stored.card.number,
      servicePublicKey: agreement.publicKey,
      serverRandom,
      issuerKeyId: this.keys.issuerKey.id,
      signature: sign(null, message, this.keys.issuerKey.privateKey),
      aliasSeconds,
      usableUntil: stored.row.usable_until,
      signIn: stored.signIn,
    };
  }
}
