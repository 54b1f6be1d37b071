import { stepOf } from '@campus-paycode/paycode';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { CertifyKeys, type OfflineRight } from './certify-keys.js';
import { moveOn, proves, turnOf, type Asked } from './domain/next-generation.js';
import { openSeed, sealSeed } from './domain/seal-seed.js';
import { credentialLifeDays } from './enrol-phone.js';
import { paymentCodesProblems } from './payment-codes.errors.js';
import { StopClone } from './stop-clone.js';
import { PhonesStore, type Phone } from './store/phones.store.js';

export type Synchronisation = Asked & {
  readonly cardholder: bigint;
  /** The phone's own; another phone's sign-in renews nothing. */
  readonly credential: bigint;
  readonly signIn: bigint;
};

export type Synchronised = {
  readonly now: Date;
  readonly usableUntil: Date;
  /** The new generation, and what else its seed is made of. */
  readonly generation: number;
  readonly serverRandom: Buffer;
  /** From this step on the phone makes codes by the new seed. */
  readonly firstStep: number;
  readonly aliasSeconds: number;
  /** What it needs to pay where no network is; null while there is nothing of the kind. */
  readonly offline: OfflineRight | null;
};

const dayMs = 86_400_000;

/**
 * A phone that talks to the service learns the time, moves on to a new seed and may make codes for another fourteen days.
 * A seed that two devices went on from is held by a thief: nobody pays with it, nor with the card until its owner says so.
 */
@Injectable()
export class SynchronisePhone {
  constructor(
    private readonly database: DataSource,
    @InjectKeyRing() private readonly keys: KeyRing,
    private readonly phones: PhonesStore,
    private readonly clones: StopClone,
    private readonly certifying: CertifyKeys,
  ) {}

  /** @throws {Refusal} phone_not_enrolled, synchronisation_unproven, phone_cloned */
  async synchronise(asked: Synchronisation): Promise<Synchronised> {
    const synchronised = await inTransaction(this.database, async (tx) => {
      const { id: card } = await this.phones.lockCardOf(tx, asked.cardholder);
      const phone = (await this.phones.active(tx, card)).find(({ id }) => id === asked.credential);
      if (phone === undefined) throw new Refusal(paymentCodesProblems, 'phone_not_enrolled');
      return this.take(tx, phone, asked);
    });
    // What was done about a clone stays done.
    if (synchronised === undefined) throw new Refusal(paymentCodesProblems, 'phone_cloned');
    return synchronised;
  }

  private async take(
    tx: Tx,
    phone: Phone,
    asked: Synchronisation,
  ): Promise<Synchronised | undefined> {
    const turn = turnOf(phone, asked);
    if (turn === 'unknown') throw new Refusal(paymentCodesProblems, 'synchronisation_unproven');
    if (turn === 'clone') {
      await this.clones.stop(tx, phone, asked.cardholder);
      return undefined;
    }
    const [{ now }] = (await tx.query('select platform.now() as now')) as [{ now: Date }];
    const usableUntil = new Date(now.getTime() + credentialLifeDays * dayMs);
    const answer =
      turn === 'again'
        ? this.repeat(phone, asked)
        : await this.answer(tx, phone, { asked, nowStep: stepOf(now.getTime() / 1000) });
    await this.phones.renew(tx, phone.id, { usableUntil, signIn: asked.signIn });
    const { id: credential, card } = phone;
    const isNew = turn !== 'again';
    const offline = this.isHeld(phone, asked.generation)
      ? await this.certifying.renew(tx, { card, credential, isNew })
      : null;
    return { now, usableUntil, ...answer, offline };
  }

  /** A question whose seed is forgotten was not proven again: it is told nothing that is worth money. */
  private isHeld(phone: Phone, generation: number): boolean {
    return generation === phone.generation || phone.sealedPrevious !== null;
  }

  /** The seed that the phone says it holds: of a generation that both may still use, or nothing. */
  private heldSeed(phone: Phone, generation: number): Buffer | undefined {
    const sealed = generation === phone.generation ? phone.sealedSeed : phone.sealedPrevious;
    if (sealed === null) return undefined;
    return openSeed(this.keys, phone.card, { sealed, wrappingKey: phone.wrappingKey });
  }

  /** The same answer as before. Once the seed before is forgotten, only who has it can make anything of it. */
  private repeat(
    phone: Phone,
    asked: Asked,
  ): Pick<Synchronised, 'generation' | 'serverRandom' | 'firstStep' | 'aliasSeconds'> {
    const seed = this.heldSeed(phone, asked.generation);
    if (seed !== undefined && !proves(seed, asked))
      throw new Refusal(paymentCodesProblems, 'synchronisation_unproven');
    const { generation, firstStep, aliasSeconds, wrappingKey, sealedRandom: sealed } = phone;
    invariant(sealed !== null, 'A generation has forgotten what it came from.');
    const serverRandom = openSeed(this.keys, phone.card, { sealed, wrappingKey }, 'server random');
    return { generation, serverRandom, firstStep, aliasSeconds };
  }

  private async answer(
    tx: Tx,
    phone: Phone,
    { asked, nowStep }: { asked: Asked; nowStep: number },
  ): Promise<Pick<Synchronised, 'generation' | 'serverRandom' | 'firstStep' | 'aliasSeconds'>> {
    const held = this.heldSeed(phone, asked.generation);
    if (held === undefined || !proves(held, asked))
      throw new Refusal(paymentCodesProblems, 'synchronisation_unproven');
    const { seed, ...next } = moveOn(held, asked, nowStep);
    const { aliasSeconds } = this.phones;
    const { sealed, wrappingKey } = sealSeed(this.keys, phone.card, seed);
    await this.phones.moveOn(tx, phone.id, {
      generation: next.generation,
      firstStep: next.firstStep,
      aliasSeconds,
      wrappingKey,
      sealedSeed: sealed,
      sealedPrevious: sealSeed(this.keys, phone.card, held).sealed,
      sealedRandom: sealSeed(this.keys, phone.card, next.serverRandom, 'server random').sealed,
      deviceRandom: asked.deviceRandom,
    });
    seed.fill(0);
    held.fill(0);
    return { ...next, aliasSeconds };
  }
}
