import type { PlannedPassage } from './day-sale.js';
import type { Mishap } from './plan-lunch.js';

/**
 * One scan at a gate as the gate saw it. open: it let somebody through, or would have. refused: an answer that stores nothing.
 * unknown: no answer in time, so that it stayed shut.
 */
export type Passage = {
  readonly orderNumber: string;
  readonly terminalId: string;
  /** Index of the student. */
  readonly student: number;
  readonly direction: PlannedPassage['direction'];
  readonly mishap: Mishap | null;
  readonly outcome: 'open' | 'declined' | 'refused' | 'unknown';
  /** A decline's reason or a refusal's code. */
  readonly reason: string | null;
  /** Fen: held on the way in, the price of the visit on the way out. */
  readonly amount: number;
  /** From the scan to its end, milliseconds. */
  readonly millis: number;
  /** What the sensor saw; null where the gate stayed shut. */
  readonly saw: 'passed' | 'not_passed' | null;
  /** How the service took what the sensor saw; null while it has not said so. */
  told: string | null;
};

/** Everybody who came before a gate, and who is behind one. */
export class Passages {
  private readonly byOrder = new Map<string, Passage>();
  private readonly lastOf = new Map<number, Passage>();
  /** Reports may come before what they are about has been written down here. */
  private readonly early = new Map<string, string>();

  add(passage: Omit<Passage, 'told'>): void {
    const { orderNumber, student, saw } = passage;
    const kept = { ...passage, told: this.early.get(orderNumber) ?? null };
    this.byOrder.set(orderNumber, kept);
    if (saw === 'passed') this.lastOf.set(student, kept);
  }

  told({ orderNumber, outcome }: { orderNumber: string; outcome: string }): void {
    const passage = this.byOrder.get(orderNumber);
    if (passage === undefined) this.early.set(orderNumber, outcome);
    else passage.told = outcome;
  }

  /** Whoever passed too late for the service has to ask at the desk; nobody waits for them at the gate. */
  isInside(student: number): boolean {
    const last = this.lastOf.get(student);
    return last?.direction === 'entry' && last.told !== 'too_late';
  }

  all(): readonly Passage[] {
    return [...this.byOrder.values()];
  }
}
