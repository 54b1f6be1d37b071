/** A supervisor at a till says yes by number and PIN: one word, for that terminal alone, for two minutes. */
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors/problem.js';
import { isPin } from '../platform/pin/pin.js';
import { staffProblems } from './staff.errors.js';
import { hashWord, SupervisorsStore } from './store/supervisors.store.js';

export type Supervision = {
  /** Used up by what it allows. */
  readonly word: string;
  readonly maskedName: string;
  readonly expiresAt: Date;
};

@Injectable()
export class GiveSupervision {
  constructor(private readonly supervisors: SupervisorsStore) {}

  /**
   * Who has no such number, or supervises elsewhere, hears what a wrong PIN hears, after the same time.
   * @throws {Refusal} supervisor_pin_wrong, supervisor_locked
   */
  async give(
    { terminal, place }: { terminal: bigint; place: bigint },
    tillNumber: string,
    pin: string,
  ): Promise<Supervision> {
    const tried = await this.supervisors.countTry(tillNumber, place);
    if (tried !== undefined && 'lockedSeconds' in tried)
      throw new Refusal(staffProblems, 'supervisor_locked', {
        retryAfterSeconds: tried.lockedSeconds,
      });
    const isRight = await isPin(pin, tried?.hash);
    if (tried === undefined || !isRight || !tried.isHere)
      throw new Refusal(staffProblems, 'supervisor_pin_wrong');
    const { word, expiresAt } = await this.supervisors.give(tried.member, terminal);
    const [first = ''] = Array.from(tried.displayName);
    return { word, maskedName: `${first}*`, expiresAt };
  }
}

/** What a word is kept and looked up as. */
export const hashOfSupervision = hashWord;
