/** Who runs a session may ask the device to stop; the office and the clock end it by what was reported last. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { FollowEvents } from '../platform/events/follow-events.js';
import { RelayEvents } from '../platform/events/relay-events.js';
import { metersProblems } from './meters.errors.js';

const sessionsAtOnce = 100;

@Injectable()
export class StopSession {
  constructor(
    private readonly database: DataSource,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
  ) {}

  /** The device hears of it in the answer to its next report. @throws {Refusal} session_ended */
  async ask(session: bigint, cardholder: bigint): Promise<void> {
    const isRunning = await this.call('meters.ask_to_stop($1, $2)', [session, cardholder]);
    if (!isRunning) throw new Refusal(metersProblems, 'session_ended');
  }

  /** @throws {Refusal} session_ended */
  async end(session: bigint): Promise<void> {
    if (!(await this.call('meters.end_by_office($1)', [session])))
      throw new Refusal(metersProblems, 'session_ended');
    this.wake();
  }

  /** What expired, and whose sale was taken back or never began. */
  async endDue(): Promise<void> {
    for (let ended = sessionsAtOnce; ended === sessionsAtOnce;) {
      const [row] = await this.database.query<{ ended: number }[]>(
        'select meters.end_due_sessions($1) as ended',
        [sessionsAtOnce],
      );
      ended = row?.ended ?? 0;
      if (ended > 0) this.wake();
    }
  }

  private async call(call: string, values: readonly bigint[]): Promise<boolean> {
    const [row] = await this.database.query<{ done: boolean }[]>(
      `select ${call} as done`,
      values.map(String),
    );
    return row?.done === true;
  }

  private wake(): void {
    this.relay.wake();
    this.followers.wake();
  }
}
