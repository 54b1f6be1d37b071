import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';

export const ticketLifeSeconds = 30;
const ticketBytes = 32;

const hashTicket = (ticket: string): Buffer => createHash('sha256').update(ticket).digest();

/** Tickets in the database, so that any process may open the socket that another one promised. */
@Injectable()
export class TicketsStore {
  constructor(private readonly database: DataSource) {}

  async issue(listener: string): Promise<string> {
    const ticket = randomBytes(ticketBytes).toString('base64url');
    await this.database.query(
      `insert into realtime.ticket (hash, listener, expires_at)
       values ($1, $2, platform.now() + make_interval(secs => $3))`,
      [hashTicket(ticket), listener, ticketLifeSeconds],
    );
    return ticket;
  }

  /** Takes the ticket away, so that it opens one socket. */
  async spend(ticket: string): Promise<string | undefined> {
    const [rows] = await this.database.query<[{ listener: string; live: boolean }[], number]>(
      `delete from realtime.ticket where hash = $1
       returning listener, expires_at > platform.now() as live`,
      [hashTicket(ticket)],
    );
    const [row] = rows;
    return row?.live === true ? row.listener : undefined;
  }

  async forgetStale(): Promise<void> {
    await this.database.query('delete from realtime.ticket where expires_at <= platform.now()');
  }
}
