import { acceptedEpochs, STEP_SECONDS, type ParsedCode } from '@campus-paycode/paycode';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { FollowEvents } from '../platform/events/follow-events.js';
import { matchCode, type MatchedCode } from './domain/match-code.js';
import { hotpOnce } from './domain/prepared-hmac.js';
import { LiveIndex } from './threads/live-index.js';

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

const keepUpMs = 1_000;

/**
 * Finds out whose code it is, in memory. Before anybody is told that a code is invalid, the index is brought up to date
 * once more.
 */
@Injectable()
export class ResolveCode implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('codes');
  private readonly live: LiveIndex;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    @InjectKeyRing() keys: KeyRing,
    private readonly events: FollowEvents,
  ) {
    this.live = new LiveIndex(database, clock, keys, this.logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.clock.settle();
    await this.live.open();
    this.timer = setInterval(() => this.keepUp(), keepUpMs);
    this.timer.unref();
    this.events.follow(({ type }) => {
      if (type.startsWith('credential.')) this.keepUp();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.live.close();
  }

  /**
   * @returns undefined when no one credential made this code for about now: unknown, wrong, ambiguous or expired.
   * @throws {Refusal} index_loading before the index has been read; clock_untrusted.
   */
  async resolve(code: ParsedCode): Promise<ResolvedCode | undefined> {
    const match =
      (await this.match(code)) ?? (await this.live.keepUp().then(() => this.match(code)));
    if (match === undefined) return undefined;
    const { credential, counter } = match;
    return {
      credential: credential.id,
      card: credential.card,
      counter: BigInt(counter),
      generation: credential.generation,
      payer: credential.payer,
      group: credential.group,
    };
  }

  /** Whom a code that is nobody's may have been meant for: whoever has its alias, in the epoch that begins there. */
  suspects({ alias }: Pick<ParsedCode, 'alias'>): readonly Suspect[] {
    const { index, step } = this.live;
    const suspects: Suspect[] = [];
    for (const aliasSeconds of index.periods())
      for (const epoch of acceptedEpochs(step, aliasSeconds))
        for (const { id } of index.candidates(aliasSeconds, epoch, alias))
          suspects.push({ credential: id, firstStep: (epoch * aliasSeconds) / STEP_SECONDS });
    return suspects;
  }

  private async match(code: ParsedCode): Promise<MatchedCode | undefined> {
    if (!this.live.index.covers(this.live.step)) await this.live.reach();
    this.clock.requireTrusted();
    return matchCode(this.live.index, code, this.live.step, hotpOnce);
  }

  /** Up to now, and the epoch that is needed next. */
  private keepUp(): void {
    this.live
      .keepUp()
      .then(() => this.live.buildAhead())
      .catch((error: Error) => this.logger.debug(error.message));
  }
}
