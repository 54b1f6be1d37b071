import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindMeals } from '../places/find-meals.js';
import type { Place } from '../places/place.js';
import { priceFor } from '../places/quote-price.js';
import { Clock } from '../platform/clock/clock.js';
import { Mirror } from '../platform/database/mirror.js';
import { kindsAt, type PurseRules, type Spending } from './domain/purse-rules.js';
import { readPurseRules } from './store/purse-rules.store.js';

/** The place does not serve the card's group, or no invitation lets the visitor pay here and now. */
export type Unwelcome = 'group_not_served' | 'not_invited';

/**
 * Which purses pay, and in which order, is a rule of the payer's group: restricted subsidies where and when they are good,
 * then the general one, then the payer's own money. Every process keeps the rules in memory.
 */
@Injectable()
export class PlanSpending implements OnApplicationBootstrap, OnApplicationShutdown {
  private rules: PurseRules = { kinds: [], orders: new Map() };
  private plans = new Map<string, readonly string[]>();
  private readonly mirror: Mirror<PurseRules>;

  constructor(
    private readonly database: DataSource,
    private readonly meals: FindMeals,
    private readonly clock: Clock,
  ) {
    this.mirror = new Mirror(database, {
      versions: ['purses'],
      load: async () => [await readPurseRules(database)],
      onChange: ([rules = this.rules]) => {
        this.rules = rules;
        this.plans = new Map();
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.mirror.start();
  }

  onApplicationShutdown(): void {
    this.mirror.stop();
  }

  /**
   * The kinds of purses that a sale draws, in their order; within a kind the earliest expiry pays first.
   * @param atMs when it happened; now when left out.
   */
  plan(
    group: string,
    place: Spending['place'],
    atMs: number = this.clock.nowMs(),
  ): readonly string[] {
    const meal = this.meals.at(atMs);
    const key = `${group} ${place.id} ${place.kind} ${meal}`;
    let plan = this.plans.get(key);
    if (plan === undefined) {
      plan = kindsAt(this.rules, { group, place, meal });
      // As many as there are groups, places and meals.
      this.plans.set(key, plan);
    }
    return plan;
  }

  /**
   * What a sale costs this payer, and from which purses it is paid; from none when nobody knows whose it is.
   * @param quoted fen, before anybody knew who pays
   */
  planSale(
    group: string | null,
    place: Place,
    quoted: bigint,
  ): { readonly amount: bigint; readonly purseKinds: readonly string[] } {
    if (group === null) return { amount: quoted, purseKinds: [] };
    const amount = priceFor(place, quoted, { group, meal: this.meals.at(this.clock.nowMs()) });
    return { amount, purseKinds: this.plan(group, place) };
  }

  /** Why this card does not pay at this place now, whatever it has; undefined where it may. */
  async refuse(card: bigint, group: string, place: Place): Promise<Unwelcome | undefined> {
    // Whoever else pays everywhere that serves everybody.
    if (place.serves === null && group !== 'guest') return undefined;
    const [row] = await this.database.query<{ reason: Unwelcome | null }[]>(
      'select cards.refuse_at($1, $2, platform.now()) as reason',
      [card.toString(), place.id.toString()],
    );
    return row?.reason ?? undefined;
  }

  /** The rules as they stand now. */
  async current(): Promise<PurseRules> {
    await this.mirror.renew();
    return this.rules;
  }
}
