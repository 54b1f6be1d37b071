import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import type { CardStatus } from './card.js';
import { cardsProblems } from './cards.errors.js';

export type StatusChanger = {
  readonly kind: 'cardholder' | 'staff' | 'service';
  readonly id: bigint;
};

type Change = {
  readonly card: bigint;
  readonly from: readonly CardStatus[];
  readonly to: CardStatus;
  readonly by: StatusChanger;
};
type Changed = { changed: boolean; status: CardStatus | null };

async function change(on: Pick<Tx, 'query'>, { card, from, to, by }: Change): Promise<Changed> {
  const rows = (await on.query(
    `select cards.set_status($1, $2::text[], $3, $4, $5) as changed,
       (select c.status from cards.card c where c.id = $1) as status`,
    [card.toString(), from, to, by.kind, by.id.toString()],
  )) as [Changed];
  return rows[0];
}

/**
 * A cardholder who misses the phone freezes the card in one tap; the very next scan is refused. What was frozen by its
 * cardholder is unfrozen by the cardholder; a card reported lost or closed stays so.
 */
@Injectable()
export class FreezeCard {
  constructor(private readonly database: DataSource) {}

  /** Freezing twice is freezing once. @throws {Refusal} card_not_usable */
  freeze(card: bigint, by: StatusChanger): Promise<void> {
    return this.set(card, ['active'], 'frozen', by);
  }

  /** In the caller's transaction; a card that nobody can pay with anyway is left as it is. */
  async freezeWithin(tx: Tx, card: bigint, by: StatusChanger): Promise<void> {
    await change(tx, { card, from: ['active'], to: 'frozen', by });
  }

  /** @throws {Refusal} card_not_usable */
  unfreeze(card: bigint, by: StatusChanger): Promise<void> {
    return this.set(card, ['frozen'], 'active', by);
  }

  /** By the office: from now on only the office can make it usable again. @throws {Refusal} card_not_usable */
  reportLoss(card: bigint, by: StatusChanger): Promise<void> {
    return this.set(card, ['active', 'frozen'], 'lost', by);
  }

  /** By the office, when the cardholder has proven who they are. @throws {Refusal} card_not_usable */
  recover(card: bigint, by: StatusChanger): Promise<void> {
    return this.set(card, ['lost'], 'active', by);
  }

  private async set(
    card: bigint,
    from: readonly CardStatus[],
    to: CardStatus,
    by: StatusChanger,
  ): Promise<void> {
    const row = await change(this.database, { card, from, to, by });
    if (!row.changed && row.status !== to) throw new Refusal(cardsProblems, 'card_not_usable');
  }
}
