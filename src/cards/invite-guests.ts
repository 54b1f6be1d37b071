/** A guest has a host. Family pays like anybody else, two cards for each host at most; a visitor pays where and when invited. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegisterCardholder } from '../cardholders/register-cardholder.js';
import { inTransaction, type Reader } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardsProblems } from './cards.errors.js';
import { IssueCard } from './issue-card.js';

export type Invitation = {
  /** Null: everywhere that serves guests. */
  readonly places: readonly bigint[] | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** HH:MM of each day in campus time; null: all day. */
  readonly hours: { readonly from: string; readonly until: string } | null;
};

export type KeptInvitation = Invitation & { readonly id: bigint; readonly isWithdrawn: boolean };

export type NewGuest = {
  readonly number: string;
  readonly name: string;
  readonly cardNumber: string;
  /** The staff number of whoever answers for the guest. */
  readonly host: string;
  /** Family has none. */
  readonly invitation: Invitation | null;
};

type Row = {
  id: string;
  places: string[] | null;
  starts_at: Date;
  ends_at: Date;
  from: string | null;
  until: string | null;
  withdrawn: boolean;
};

@Injectable()
export class InviteGuests {
  constructor(
    private readonly database: DataSource,
    private readonly cardholders: RegisterCardholder,
    private readonly cards: IssueCard,
  ) {}

  /**
   * @returns the guest's cardholder.
   * @throws {Refusal} cardholder_number_taken, card_number_taken, host_unknown, family_complete, what `invite` throws
   */
  async admit(guest: NewGuest, by: bigint): Promise<bigint> {
    const { number, name, host, invitation } = guest;
    return inTransaction(this.database, async (tx) => {
      const cardholder = await this.cardholders.register(tx, {
        number,
        name,
        group: 'guest',
        host: { number: host, isFamily: invitation === null },
      });
      const card = await this.cards.issue(tx, cardholder, guest.cardNumber);
      if (invitation !== null) await this.write(tx, card, invitation, by);
      return cardholder;
    });
  }

  /** From then on the card pays by invitation alone. @throws {Refusal} card_is_no_guests, invitation_wrong */
  async invite(card: bigint, invitation: Invitation, by: bigint): Promise<bigint> {
    return this.write(this.database, card, invitation, by);
  }

  /** A sale from now on is refused. @throws {Refusal} invitation_unknown */
  async withdraw(card: bigint, invitation: bigint): Promise<void> {
    const [, changed] = await this.database.query<[unknown[], number]>(
      `update cards.invitation set withdrawn_at = coalesce(withdrawn_at, platform.now()) where id = $1 and card = $2`,
      [invitation.toString(), card.toString()],
    );
    if (changed !== 1) throw new Refusal(cardsProblems, 'invitation_unknown');
  }

  /** The newest first. */
  async list(card: bigint): Promise<readonly KeptInvitation[]> {
    const rows = await this.database.query<Row[]>(
      `select id, places, starts_at, ends_at, to_char(from_time, 'HH24:MI') as from, to_char(until_time, 'HH24:MI') as until,
         withdrawn_at is not null as withdrawn
       from cards.invitation where card = $1 order by id desc limit 100`,
      [card.toString()],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      places: row.places?.map(BigInt) ?? null,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      hours: row.from === null || row.until === null ? null : { from: row.from, until: row.until },
      isWithdrawn: row.withdrawn,
    }));
  }

  private async write(
    reader: Reader,
    card: bigint,
    { places, startsAt, endsAt, hours }: Invitation,
    by: bigint,
  ): Promise<bigint> {
    const days = (endsAt.getTime() - startsAt.getTime()) / 86_400_000;
    if (days <= 0 || days > 366 || (hours !== null && hours.from >= hours.until))
      throw new Refusal(cardsProblems, 'invitation_wrong');
    const [row] = await reader.query<{ id: string | null }[]>(
      'select cards.invite($1, $2, $3, $4, $5, $6, $7) as id',
      [
        card.toString(),
        places?.map(String) ?? null,
        startsAt,
        endsAt,
        hours?.from ?? null,
        hours?.until ?? null,
        by.toString(),
      ],
    );
    if (row === undefined || row.id === null) throw new Refusal(cardsProblems, 'card_is_no_guests');
    return BigInt(row.id);
  }
}
