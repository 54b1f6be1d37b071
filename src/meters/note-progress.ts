/** A device says how much was used so far; the student pays what its last word in time says. */
import { Injectable } from '@nestjs/common';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { SignedBy } from '../terminals/check-signature.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { metersProblems } from './meters.errors.js';
import type { Session } from './session.js';
import { SessionsStore } from './store/sessions.store.js';

export type Progress = {
  readonly progressNumber: string;
  /** The device's count of its reports of this session. */
  readonly sequence: number;
  /** Thousandths of the unit since the session began. */
  readonly reading: bigint;
  readonly final: boolean;
  readonly occurredAt: Date;
  /** The request as the device signed it. */
  readonly signed: SignedBy & { readonly body: Uint8Array };
};

/** Late: it came after the end and changed nothing. */
export type Noted = { readonly outcome: 'noted' | 'late'; readonly session: Session };

const refusals = {
  unknown: 'session_unknown',
  reused: 'progress_number_reused',
  not_begun: 'session_not_begun',
  out_of_order: 'progress_out_of_order',
  fell: 'reading_fell',
} as const;

@Injectable()
export class NoteProgress {
  constructor(private readonly store: SessionsStore) {}

  /**
   * @throws {Refusal} session_unknown, session_not_begun, progress_number_reused, progress_out_of_order, reading_fell,
   *   terminal_revoked
   */
  async note(
    { terminal, generation }: Pick<TerminalKey, 'terminal' | 'generation'>,
    orderNumber: string,
    progress: Progress,
  ): Promise<Noted> {
    const outcome = await this.store.note(
      { terminal: terminal.id, generation },
      orderNumber,
      progress,
    );
    if (outcome === 'terminal_revoked') throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (outcome !== 'noted' && outcome !== 'late')
      throw new Refusal(metersProblems, refusals[outcome]);
    const session = await this.store.find(terminal.id, orderNumber);
    invariant(session !== undefined, 'A session that was reported of is not there.');
    return { outcome, session };
  }

  /** As it stands now. @throws {Refusal} session_unknown */
  async find(terminal: bigint, orderNumber: string): Promise<Session> {
    const session = await this.store.find(terminal, orderNumber);
    if (session === undefined) throw new Refusal(metersProblems, 'session_unknown');
    return session;
  }
}
