import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invariant } from '../../platform/errors/problem.js';

/** How a wait ends: by a word, by the clock, or by what happened to the card or the terminal meanwhile. */
export type WaitEnd =
  | 'confirmed'
  | 'refused'
  | 'expired'
  | 'withdrawn'
  | 'card_frozen'
  | 'card_lost'
  | 'card_closed'
  | 'terminal_revoked';

/** `known`: the same word was given before; `ended`: it ended otherwise before. */
export type WordOutcome = WaitEnd | 'unknown' | 'not_awaited' | 'known' | 'ended';

/** A sale that a phone is asked about. Amounts in fen. */
export type AskedSale = {
  readonly payment: bigint;
  readonly credential: bigint;
  readonly terminal: bigint;
  readonly place: bigint;
  readonly shortNumber: string;
  readonly amount: bigint;
  readonly expiresAt: Date;
};

type AskedRow = {
  payment: string;
  credential: string;
  terminal: string;
  place: string;
  short_number: string;
  amount: string;
  expires_at: Date;
};

const askedOf = (row: AskedRow): AskedSale => ({
  payment: BigInt(row.payment),
  credential: BigInt(row.credential),
  terminal: BigInt(row.terminal),
  place: BigInt(row.place),
  shortNumber: row.short_number,
  amount: BigInt(row.amount),
  expiresAt: row.expires_at,
});

/** Pending sales, and the words that they wait for. */
@Injectable()
export class WaitsStore {
  constructor(private readonly database: DataSource) {}

  async asked(card: bigint): Promise<readonly AskedSale[]> {
    const rows = await this.database.query<AskedRow[]>('select * from payments.asked_of($1)', [
      card.toString(),
    ]);
    return rows.map(askedOf);
  }

  /** What was asked of a phone of this card, whether it has ended or not. */
  async askedOnce(card: bigint, payment: bigint): Promise<AskedSale | undefined> {
    const [row] = await this.database.query<AskedRow[]>(
      'select * from payments.asked_once($1, $2)',
      [card.toString(), payment.toString()],
    );
    return row === undefined ? undefined : askedOf(row);
  }

  async give(
    payment: bigint,
    word: 'confirmed' | 'refused',
    by: { readonly credential: bigint } | { readonly terminal: bigint },
  ): Promise<WordOutcome> {
    const [row] = await this.database.query<{ outcome: WordOutcome }[]>(
      'select payments.give_word($1, $2, $3, $4) as outcome',
      [
        payment.toString(),
        word,
        'credential' in by ? by.credential.toString() : null,
        'terminal' in by ? by.terminal.toString() : null,
      ],
    );
    invariant(row !== undefined, 'payments.give_word answered nothing.');
    return row.outcome;
  }

  async expired(limit: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ payment: string }[]>(
      'select payment from payments.expired_waits($1) payment',
      [limit],
    );
    return rows.map(({ payment }) => payment);
  }

  async endExpired(payment: string): Promise<boolean> {
    const [row] = await this.database.query<{ ended: boolean }[]>(
      'select payments.end_expired_wait($1) as ended',
      [payment],
    );
    return row?.ended === true;
  }
}
