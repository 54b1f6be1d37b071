/** Nobody stays inside for ever: the clock ends what nobody ended, and the office what the gate did not see. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { FollowEvents } from '../platform/events/follow-events.js';
import { RelayEvents } from '../platform/events/relay-events.js';
import { gatesProblems } from './gates.errors.js';

const cardsAtOnce = 100;

@Injectable()
export class EndVisits {
  constructor(
    private readonly database: DataSource,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
  ) {}

  /** What lapsed, what was forgotten, and what was taken back. */
  async endDue(): Promise<void> {
    for (let ended = cardsAtOnce; ended === cardsAtOnce;) {
      const [row] = await this.database.query<{ ended: number }[]>(
        'select gates.end_due_visits($1) as ended',
        [cardsAtOnce],
      );
      ended = row?.ended ?? 0;
      if (ended > 0) this.wake();
    }
  }

  /** The visit costs what it lasted until now. @throws {Refusal} visit_ended */
  async release(visit: bigint): Promise<void> {
    const [row] = await this.database.query<{ outcome: string }[]>(
      'select gates.release($1) as outcome',
      [visit.toString()],
    );
    if (row?.outcome !== 'released') throw new Refusal(gatesProblems, 'visit_ended');
    this.wake();
  }

  private wake(): void {
    this.relay.wake();
    this.followers.wake();
  }
}
