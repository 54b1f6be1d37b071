/**
 * Somebody without a phone types number and payment PIN at an attended till. The PIN is looked at here and never written down
 * by the terminal: what it sends with the sale is a word of ours, good once, at this terminal, for a minute.
 */
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { maskName } from '../cardholders/mask-name.js';
import { CheckPaymentPin } from '../cards/check-payment-pin.js';
import { Refusal } from '../platform/errors/problem.js';
import type { Terminal } from '../terminals/terminal.js';
import { hashOfToken } from './find-static-payer.js';
import { ReadInstruments } from './read-instruments.js';
import { staticCredentialsProblems } from './static-credentials.errors.js';

export type CheckedPin = {
  /** 32 random bytes in base64url. */
  readonly token: string;
  readonly payer: string;
  readonly expiresAt: Date;
};

const tokenBytes = 32;
const goodForSeconds = 60;

type Found = { card: string; name: string; is_stopped: boolean };

@Injectable()
export class CheckPin {
  constructor(
    private readonly database: DataSource,
    private readonly instruments: ReadInstruments,
    private readonly pins: CheckPaymentPin,
  ) {}

  /**
   * An unknown number is answered like a wrong PIN, and takes as long.
   * @throws {Refusal} instrument_unsupported, payment_pin_wrong, payment_pin_missing, payment_pin_locked,
   *   payment_pin_held_back, number_pin_stopped
   */
  async check(terminal: Terminal, number: string, pin: string): Promise<CheckedPin> {
    await this.instruments.require(terminal.place, 'number_pin');
    const [found] = await this.database.query<Found[]>(
      `select c.id as card, h.name, static_credentials.is_pin_stopped(c.id) as is_stopped
       from cardholders.cardholder h join cards.card c on c.cardholder = h.id
       where h.number = $1 and h.status = 'active' order by c.id desc limit 1`,
      [number],
    );
    await this.pins.require(found === undefined ? undefined : BigInt(found.card), pin);
    if (found === undefined || found.is_stopped)
      throw new Refusal(staticCredentialsProblems, 'number_pin_stopped');
    const token = randomBytes(tokenBytes).toString('base64url');
    const [made] = await this.database.query<{ expires_at: Date }[]>(
      `insert into static_credentials.pin_check (hash, card, terminal, made_at, expires_at)
       select $1::bytea, $2::bigint, $3::bigint, n.now, n.now + make_interval(secs => $4::int)
       from platform.now() n (now) returning expires_at`,
      [hashOfToken(token), found.card, terminal.id.toString(), goodForSeconds],
    );
    return { token, payer: maskName(found.name), expiresAt: made?.expires_at ?? new Date(0) };
  }
}
