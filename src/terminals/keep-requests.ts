import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import type { Diagnosis } from './domain/diagnose-signature.js';

/** One call of a terminal as it is shown; nothing in it lets anybody pay or sign. */
export type KeptCall = {
  readonly at: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The code of the problem, or the verdict with its reason. */
  readonly outcome: string | null;
  readonly durationMs: number;
  /** Null where no key was named. */
  readonly keyId: string | null;
  /** Whether the signature held: others may have named the terminal's key. */
  readonly isVerified: boolean;
  readonly body: string;
  readonly detail: string | null;
  diagnosis: Diagnosis | null;
};

const callsMax = 200;
/** Calls that only claim to be a terminal's have a place of their own, and push nothing out that is known to be its. */
const claimedMax = 50;
/** Owners that are kept at once; whoever was silent longest is forgotten. */
const ownersMax = 2_000;

/**
 * The last calls of each terminal, for whoever builds it and for the office. They are kept in the memory of the process that
 * answered them, written after the answer is sent, and gone when it ends: a log of convenience that costs a sale nothing.
 */
@Injectable()
export class KeepRequests {
  readonly since: string;
  private readonly calls = new Map<string, KeptCall[]>();

  constructor(clock: Clock) {
    this.since = new Date(clock.nowMs()).toISOString();
  }

  /** @param owner of a terminal's verified calls, of claimed ones, or of an enrolment code. */
  keep(owner: string, call: KeptCall): void {
    const known = this.calls.get(owner) ?? [];
    known.push(call);
    if (known.length > (call.isVerified ? callsMax : claimedMax)) known.shift();
    // Set again, so that the map stays in the order of the last call.
    this.calls.delete(owner);
    this.calls.set(owner, known);
    if (this.calls.size <= ownersMax) return;
    for (const oldest of this.calls.keys()) {
      this.calls.delete(oldest);
      return;
    }
  }

  /** The newest first. */
  of(owners: readonly string[]): KeptCall[] {
    return owners
      .flatMap((owner) => this.calls.get(owner) ?? [])
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, callsMax);
  }
}

export const ownerOf = {
  verified: (terminal: bigint | string): string => `terminal ${terminal}`,
  claimed: (terminal: bigint | string): string => `claimed ${terminal}`,
  enrolment: (codeHash: Buffer): string => `enrolment ${codeHash.toString('hex')}`,
};
