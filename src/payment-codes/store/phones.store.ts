import { Injectable } from '@nestjs/common';
import { SignInCardholder } from '../../cardholders/sign-in-cardholder.js';
import type { Card } from '../../cards/card.js';
import { FindCard } from '../../cards/find-card.js';
import { AppConfig } from '../../platform/config/app-config.js';
import type { Tx } from '../../platform/database/transaction.js';
import { appendEvent } from '../../platform/events/outbox.js';

/** A phone that may make codes, with its secrets as they rest. */
export type Phone = {
  readonly id: bigint;
  readonly card: bigint;
  readonly generation: number;
  readonly provenGeneration: number;
  readonly wrappingKey: string;
  readonly sealedSeed: Buffer;
  readonly sealedPrevious: Buffer | null;
  readonly sealedRandom: Buffer | null;
  readonly deviceRandom: Buffer | null;
  readonly firstStep: number;
  readonly aliasSeconds: number;
  readonly deviceKey: Buffer | null;
  readonly serviceKey: Buffer | null;
  readonly signIn: bigint | null;
  readonly usableUntil: Date;
  readonly wasUsed: boolean;
};

export type NewPhone = {
  readonly sealedSeed: Buffer;
  readonly sealedRandom: Buffer;
  readonly wrappingKey: string;
  readonly aliasSeconds: number;
  readonly deviceName: string;
  readonly deviceRandom: Buffer;
  readonly deviceKey: Buffer;
  readonly serviceKey: Buffer;
  readonly signIn: bigint;
  readonly lifeDays: number;
};

type Row = {
  id: string;
  card: string;
  generation: number;
  proven_generation: number;
  wrapping_key: string;
  sealed_seed: Buffer;
  sealed_previous: Buffer | null;
  sealed_random: Buffer | null;
  device_random: Buffer | null;
  first_step: string | null;
  alias_seconds: number;
  device_key: Buffer | null;
  service_key: Buffer | null;
  sign_in: string | null;
  usable_until: Date;
  high_water: string;
};

const columns = `k.id, k.card, k.generation, k.proven_generation, k.wrapping_key, k.sealed_seed, k.sealed_previous,
  k.sealed_random, k.device_random, k.first_step, k.alias_seconds, k.device_key, k.service_key, k.sign_in,
  k.usable_until, k.high_water`;

const phoneOf = (row: Row): Phone => ({
  id: BigInt(row.id),
  card: BigInt(row.card),
  generation: row.generation,
  provenGeneration: row.proven_generation,
  wrappingKey: row.wrapping_key,
  sealedSeed: row.sealed_seed,
  sealedPrevious: row.sealed_previous,
  sealedRandom: row.sealed_random,
  deviceRandom: row.device_random,
  firstStep: Number(row.first_step ?? 0),
  aliasSeconds: row.alias_seconds,
  deviceKey: row.device_key,
  serviceKey: row.service_key,
  signIn: row.sign_in === null ? null : BigInt(row.sign_in),
  usableUntil: row.usable_until,
  wasUsed: row.generation > 0 || row.high_water !== '0',
});

/** Phones as rows. Whoever changes one holds its card's lock. */
@Injectable()
export class PhonesStore {
  constructor(
    private readonly cards: FindCard,
    private readonly signIns: SignInCardholder,
    private readonly config: AppConfig,
  ) {}

  /** How long an alias lives that is made of a new seed. */
  get aliasSeconds(): number {
    return this.config.CODE_ALIAS_SECONDS;
  }

  /**
   * The cardholder's card, under the lock that sales and other changes of its phones wait for.
   * @throws {Refusal} card_unknown
   */
  async lockCardOf(tx: Tx, cardholder: bigint): Promise<Card> {
    const card = await this.cards.ofCardholder(cardholder, tx);
    await tx.query('select cards.lock(array[$1::bigint])', [card.id.toString()]);
    return card;
  }

  /** The card's phones that may make codes; whoever spoke with the service longest ago comes first. */
  async active(tx: Tx, card: bigint): Promise<Phone[]> {
    const rows = (await tx.query(
      `select ${columns} from payment_codes.credential k
       where k.card = $1 and k.status = 'active' order by k.synchronised_at, k.id`,
      [card.toString()],
    )) as Row[];
    return rows.map(phoneOf);
  }

  /** How many phones a card of this group may have. */
  async mostOf(tx: Tx, group: string): Promise<number> {
    const rows = (await tx.query(
      'select phones_max from payment_codes.phone_policy where group_code = $1',
      [group],
    )) as { phones_max: number }[];
    return rows[0]?.phones_max ?? 1;
  }

  async add(tx: Tx, card: bigint, phone: NewPhone): Promise<{ id: bigint; usableUntil: Date }> {
    const rows = (await tx.query(
      `insert into payment_codes.credential
         (card, sealed_seed, sealed_random, wrapping_key, alias_seconds, device_name, device_random, device_key,
          service_key, sign_in, usable_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, platform.now() + make_interval(days => $11))
       returning id, usable_until`,
      [
        card.toString(),
        phone.sealedSeed,
        phone.sealedRandom,
        phone.wrappingKey,
        phone.aliasSeconds,
        phone.deviceName,
        phone.deviceRandom,
        phone.deviceKey,
        phone.serviceKey,
        phone.signIn.toString(),
        phone.lifeDays,
      ],
    )) as [{ id: string; usable_until: Date }];
    return { id: BigInt(rows[0].id), usableUntil: rows[0].usable_until };
  }

  /** Ends its codes and the sign-in that it used last. */
  async close(
    tx: Tx,
    phone: Pick<Phone, 'id' | 'card' | 'signIn'>,
    cardholder: bigint,
  ): Promise<void> {
    await tx.query('select payment_codes.close_phone($1)', [phone.id.toString()]);
    if (phone.signIn !== null) await this.signIns.end(tx, phone.signIn);
    await appendEvent(tx, 'credential.closed', {
      credential: phone.id.toString(),
      card: phone.card.toString(),
      cardholder: cardholder.toString(),
    });
  }

  /** Until when it may go on, and by which sign-in it speaks. */
  async renew(
    tx: Tx,
    phone: bigint,
    { usableUntil, signIn }: { usableUntil: Date; signIn: bigint | null },
  ): Promise<void> {
    await tx.query('select payment_codes.renew_phone($1, $2, $3)', [
      phone.toString(),
      usableUntil,
      signIn?.toString() ?? null,
    ]);
  }

  /** A new seed, sealed as all that led to it; what the phone holds now stays good until it is used. */
  async moveOn(
    tx: Tx,
    phone: bigint,
    next: Pick<
      Phone,
      'generation' | 'aliasSeconds' | 'wrappingKey' | 'sealedSeed' | 'deviceRandom' | 'firstStep'
    > & { readonly sealedPrevious: Buffer; readonly sealedRandom: Buffer },
  ): Promise<void> {
    await tx.query('select payment_codes.move_on($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      phone.toString(),
      next.generation,
      next.aliasSeconds,
      next.wrappingKey,
      next.sealedSeed,
      next.sealedPrevious,
      next.sealedRandom,
      next.deviceRandom,
      next.firstStep,
    ]);
  }

  async raiseAlarm(tx: Tx, kind: 'phone_cloned', phone: bigint): Promise<void> {
    await tx.query('insert into payment_codes.alarm (kind, credential) values ($1, $2)', [
      kind,
      phone.toString(),
    ]);
  }
}
