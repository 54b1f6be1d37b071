import { Injectable } from '@nestjs/common';
import { createHash, randomInt } from 'node:crypto';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import type { LocalName } from '../places/place.js';
import { placesProblems } from '../places/places.errors.js';
import { Refusal } from '../platform/errors/problem.js';
import { terminalsProblems } from './terminals.errors.js';

const codeMinutes = 10;
/** No 0, O, 1, I or L: a person types it. 60 bits in twelve of them. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

export const hashEnrolmentCode = (code: string): Buffer =>
  createHash('sha256').update(code.replaceAll('-', '').toUpperCase()).digest();

function newCode(): string {
  const letters = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]);
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-');
}

/** The office registers a terminal at a place and hands out one-time codes; the terminal brings its own key. */
@Injectable()
export class RegisterTerminal {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /** @returns the terminal's id. @throws {Refusal} place_not_found, terminal_code_taken */
  async register(terminal: { place: bigint; code: string; name: LocalName }): Promise<bigint> {
    if ((await this.places.byPlaceId(terminal.place)) === undefined)
      throw new Refusal(placesProblems, 'place_not_found');
    const [row] = await this.database.query<{ id: string }[]>(
      `insert into terminals.terminal (code, place, name_zh, name_en) values ($1, $2, $3, $4)
       on conflict (code) do nothing returning id`,
      [terminal.code, terminal.place.toString(), terminal.name.zh, terminal.name.en],
    );
    if (row === undefined) throw new Refusal(terminalsProblems, 'terminal_code_taken');
    return BigInt(row.id);
  }

  /** A code for one enrolment, good for ten minutes; only its hash is kept. @throws {Refusal} terminal_not_found */
  async issueEnrolmentCode(terminal: bigint): Promise<{ code: string; expiresAt: Date }> {
    const code = newCode();
    const [row] = await this.database.query<{ expires_at: Date }[]>(
      `insert into terminals.enrolment_code (code_hash, terminal, expires_at)
       select $1, t.id, platform.now() + make_interval(mins => $3) from terminals.terminal t
       where t.id = $2 and t.status = 'active' and not t.kiosk returning expires_at`,
      [hashEnrolmentCode(code), terminal.toString(), codeMinutes],
    );
    if (row === undefined) throw new Refusal(terminalsProblems, 'terminal_not_found');
    return { code, expiresAt: row.expires_at };
  }

  /** From the commit on, no sale of this terminal is decided. @throws {Refusal} terminal_not_found */
  async revoke(terminal: bigint): Promise<void> {
    const [, changed]: [unknown, number] = await this.database.query(
      `update terminals.terminal set status = 'revoked', revoked_at = coalesce(revoked_at, platform.now())
       where id = $1`,
      [terminal.toString()],
    );
    if (changed === 0) throw new Refusal(terminalsProblems, 'terminal_not_found');
  }

  /** Undoes a revocation; keys that were retired stay so. @throws {Refusal} terminal_not_found */
  async reinstate(terminal: bigint): Promise<void> {
    const [, changed]: [unknown, number] = await this.database.query(
      `update terminals.terminal set status = 'active', revoked_at = null where id = $1`,
      [terminal.toString()],
    );
    if (changed === 0) throw new Refusal(terminalsProblems, 'terminal_not_found');
  }
}
