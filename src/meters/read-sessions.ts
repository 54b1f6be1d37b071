/** A student sees what their devices use and what it costs so far; the office sees all of them, and what went wrong. */
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors/problem.js';
import { metersProblems } from './meters.errors.js';
import type { DeviceAlarm, Session, SignedReading } from './session.js';
import { SessionsStore } from './store/sessions.store.js';

const shownToStudent = 20;
const shownToOffice = 100;

@Injectable()
export class ReadSessions {
  constructor(private readonly store: SessionsStore) {}

  /** Newest first. */
  ofCardholder(cardholder: bigint): Promise<readonly Session[]> {
    return this.store.ofCardholder(cardholder, shownToStudent);
  }

  /** What the device said last, as it signed it. @throws {Refusal} session_unreported */
  async signedReading(session: bigint, cardholder: bigint): Promise<SignedReading> {
    const signed = await this.store.signedReading(session, cardholder);
    if (signed === undefined) throw new Refusal(metersProblems, 'session_unreported');
    return signed;
  }

  /** Newest first; of one place, of all, or only those that run. */
  list(filter: {
    readonly place?: bigint;
    readonly running: boolean;
  }): Promise<readonly Session[]> {
    return this.store.list(filter, shownToOffice);
  }

  alarms(): Promise<readonly DeviceAlarm[]> {
    return this.store.alarms(shownToOffice);
  }
}
