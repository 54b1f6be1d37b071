import {
  acceptedEpochs,
  deriveKeys,
  STEP_SECONDS,
  stepOf,
  type CodeKeys,
  type ParsedCode,
} from '@campus-paycode/paycode';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { maskName } from '../cardholders/mask-name.js';
import { Clock } from '../platform/clock/clock.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { FreshLook } from '../platform/database/fresh-look.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { AliasIndex } from './domain/alias-index.js';
import { matchCode } from './domain/match-code.js';
import { indexHotp, serviceHmac, serviceHotp } from './domain/primitives.js';
import { openSeed } from './domain/seal-seed.js';
import { paymentCodesProblems } from './payment-codes.errors.js';

export type ResolvedCode = {
  readonly credential: bigint;
  readonly card: bigint;
  readonly counter: bigint;
  /** Of the seed that made it. */
  readonly generation: number;
  readonly payer: string;
  /** The cardholder's group: decides which purses pay. */
  readonly group: string;
};

export type Suspect = { readonly credential: bigint; readonly firstStep: number };

type Row = {
  id: string;
  card: string;
  status: 'active' | 'closed';
  generation: number;
  proven_generation: number;
  sealed_seed: Buffer;
  sealed_previous: Buffer | null;
  wrapping_key: string;
  alias_seconds: number;
  previous_alias_seconds: number | null;
  usable_until: Date;
  name: string;
  group_code: string;
};

const keepUpMs = 1_000;
/** Phones that are read or indexed in one turn of the event loop: about a millisecond's work. */
const sliceOfPhones = 100;
const tagBytes = 6;

type Generation = [generation: number, sealedSeed: Buffer, aliasSeconds: number];

/** The seeds that the phone may make codes by: the newest, and the one before until the newest was used. */
function generationsOf(row: Row): Generation[] {
  const newest: Generation = [row.generation, row.sealed_seed, row.alias_seconds];
  const { sealed_previous: sealed, previous_alias_seconds: aliasSeconds } = row;
  if (sealed === null || aliasSeconds === null || row.proven_generation === row.generation)
    return [newest];
  return [newest, [row.generation - 1, sealed, aliasSeconds]];
}

/**
 * Finds out whose code it is, in memory. The index is kept behind the snapshot horizon, so that a phone whose enrolment
 * committed late is not missed; before anybody is told that a code is invalid, it is brought up to date once more.
 */
@Injectable()
export class ResolveCode implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('codes');
  private readonly index = new AliasIndex(indexHotp);
  /** Which sealed seed of a credential was read, by its first bytes: they are random. */
  private readonly seen = new Map<bigint, number>();
  /** Closed phones stay known for as long as they may make codes, and when that ends (unix milliseconds). */
  private readonly closed = new Map<bigint, number>();
  /** By card. */
  private readonly groups = new Map<bigint, string>();
  private horizon = '0';
  private loaded = false;
  private readonly fresh = new FreshLook(() => this.readChanges());
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.clock.settle();
    await this.keepUp();
    this.timer = setInterval(() => {
      this.keepUp()
        .then(() => this.buildAhead())
        .catch((error: Error) => this.logger.debug(error.message));
    }, keepUpMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * @returns undefined when no one credential made this code for about now: unknown, wrong, ambiguous or expired.
   * @throws {Refusal} index_loading before the index has been read; clock_untrusted.
   */
  async resolve(code: ParsedCode): Promise<ResolvedCode | undefined> {
    if (!this.loaded)
      throw new Refusal(paymentCodesProblems, 'index_loading', { retryAfterSeconds: 1 });
    this.clock.requireTrusted();
    const match = this.match(code) ?? (await this.keepUp().then(() => this.match(code)));
    if (match === undefined) return undefined;
    const { credential, counter } = match;
    const group = this.groups.get(credential.card);
    invariant(group !== undefined, `Card ${credential.card} has no group.`);
    return {
      credential: credential.id,
      card: credential.card,
      counter: BigInt(counter),
      generation: credential.generation,
      payer: credential.payer,
      group,
    };
  }

  /** Whom a code that is nobody's may have been meant for: whoever has its alias, in the epoch that begins there. */
  suspects({ alias }: Pick<ParsedCode, 'alias'>): readonly Suspect[] {
    const step = stepOf(this.clock.unixSeconds());
    const suspects: Suspect[] = [];
    for (const aliasSeconds of this.index.periods())
      for (const epoch of acceptedEpochs(step, aliasSeconds))
        for (const { id } of this.index.candidates(aliasSeconds, epoch, alias))
          suspects.push({ credential: id, firstStep: (epoch * aliasSeconds) / STEP_SECONDS });
    return suspects;
  }

  private match(code: ParsedCode): ReturnType<typeof matchCode> {
    const step = stepOf(this.clock.unixSeconds());
    if (!this.index.covers(step)) this.index.advance(step);
    return matchCode(this.index, code, step, serviceHotp);
  }

  /** What the next step will need, in slices, so that no scan waits for it when the step has come. */
  private async buildAhead(): Promise<void> {
    while (this.index.prepare(stepOf(this.clock.unixSeconds()), sliceOfPhones))
      await setImmediate();
  }

  private keepUp(): Promise<void> {
    return this.fresh.take();
  }

  private async readChanges(): Promise<void> {
    const [snapshot] = await this.database.query<{ horizon: string }[]>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
    );
    // Rows of transactions that were still open are read again next time; reading a row twice changes nothing.
    const rows = await this.database.query<Row[]>(
      `select k.id, k.card, k.status, k.generation, k.proven_generation, k.sealed_seed, k.sealed_previous,
         k.wrapping_key, k.alias_seconds, k.previous_alias_seconds, k.usable_until, h.name, c.group_code
       from payment_codes.credential k
       join cards.card c on c.id = k.card join cardholders.cardholder h on h.id = c.cardholder
       where k.xid >= $1::xid8 and (k.status = 'active' or k.usable_until > platform.now())`,
      [this.horizon],
    );
    await this.readGroups();
    const step = stepOf(this.clock.unixSeconds());
    for (const [at, row] of rows.entries()) {
      // A campus of phones takes seconds to read; whoever asks meanwhile is told to come again, and not left waiting.
      if (at % sliceOfPhones === sliceOfPhones - 1) await setImmediate();
      this.take(row, step);
    }
    this.forgetClosed();
    this.index.advance(step);
    this.horizon = snapshot?.horizon ?? this.horizon;
    this.loaded = true;
  }

  /** Who moved to another group, of the cards that are known. */
  private async readGroups(): Promise<void> {
    if (!this.loaded) return;
    const moved = await this.database.query<{ id: string; group_code: string }[]>(
      'select c.id, c.group_code from cards.card c where c.group_xid >= $1::xid8',
      [this.horizon],
    );
    for (const { id, group_code: group } of moved)
      if (this.groups.has(BigInt(id))) this.groups.set(BigInt(id), group);
  }

  private take(row: Row, step: number): void {
    const id = BigInt(row.id);
    const card = BigInt(row.card);
    this.groups.set(card, row.group_code);
    // Whoever still holds the phone is told that it was unbound, not to refresh its codes for ever.
    if (row.status === 'closed') this.closed.set(id, row.usable_until.getTime());
    const generations = generationsOf(row);
    const seed = row.sealed_seed.readUIntBE(0, tagBytes);
    const known = this.index.generationsOf(id);
    if (this.seen.get(id) === seed && known.join() === generations.map(([own]) => own).join())
      return;
    this.seen.set(id, seed);
    this.index.put(
      id,
      generations.map(([generation, sealed, aliasSeconds]) => ({
        id,
        card,
        generation,
        keys: this.keysOf(card, sealed, row.wrapping_key),
        aliasSeconds,
        payer: maskName(row.name),
      })),
      step,
    );
  }

  private keysOf(card: bigint, sealed: Buffer, wrappingKey: string): CodeKeys {
    const seed = openSeed(this.keys, card, { sealed, wrappingKey });
    const keys = deriveKeys(seed, serviceHmac);
    seed.fill(0);
    return keys;
  }

  private forgetClosed(): void {
    for (const [id, until] of this.closed) {
      if (until > this.clock.nowMs()) continue;
      this.index.remove(id);
      this.seen.delete(id);
      this.closed.delete(id);
    }
  }
}
