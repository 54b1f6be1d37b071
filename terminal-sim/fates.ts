import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { percentile } from './latency.js';
import type { TerminalKind } from './terminal-words.js';
import type { Mishap, PlannedSale, PlannedWord } from './plan-lunch.js';

/**
 * approved, declined: the verdict that stood on the screen. refused: an answer that stores nothing.
 * reversed: the service acknowledged that it is undone. unknown: the terminal never learned.
 */
export type Outcome = 'approved' | 'declined' | 'refused' | 'reversed' | 'pending' | 'unknown';

/** One sale as its terminal saw it. Amounts in fen. */
export type Fate = {
  readonly orderNumber: string;
  readonly terminalId: string;
  readonly kind: TerminalKind;
  /** Index of the student. */
  readonly student: number;
  readonly mishap: Mishap | null;
  outcome: Outcome;
  /** A decline's reason or a refusal's code. */
  reason: string | null;
  /** Charged, or held. */
  amount: number;
  /** What was taken in all, as far as the terminal was told. */
  captured: number;
  returned: number;
  /** When it began, unix milliseconds by this machine. */
  readonly beganAt: number;
  /** Of its first answer, which may be that it waits for a word; null when there was none. */
  millis: number | null;
  /** Whose word it waited for, if anybody's. */
  asked: 'phone' | 'cashier' | null;
  /** What that one said, or kept silent. */
  word: PlannedWord['says'] | null;
  /** How the sale ended by this word, as the service answered; null when no answer came. */
  heard: string | null;
  /** Of its last answer, when it waited for a word. */
  finalMillis: number | null;
};

/** How it goes at present: counts of all sales, how long the last ones took. */
export type Glance = Readonly<Record<Outcome, number>> & {
  readonly sales: number;
  readonly byReason: Readonly<Record<string, number>>;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
};

const lastOnes = 1_000;

/** Every sale's fate, in memory, and line by line in a file when there is a folder. */
export class Fates {
  private readonly byOrder = new Map<string, Fate>();
  private readonly file: string | null;

  constructor(folder: string | null) {
    this.file = folder === null ? null : path.join(folder, 'fates.jsonl');
    if (folder !== null) mkdirSync(folder, { recursive: true });
  }

  begin(orderNumber: string, terminalId: string, { kind, mishap, student }: PlannedSale): void {
    this.byOrder.set(orderNumber, {
      orderNumber,
      terminalId,
      kind,
      student,
      mishap,
      outcome: 'unknown',
      reason: null,
      amount: 0,
      captured: 0,
      returned: 0,
      beganAt: Date.now(),
      millis: null,
      asked: null,
      word: null,
      heard: null,
      finalMillis: null,
    });
    this.note(orderNumber);
  }

  change(orderNumber: string, change: Partial<Fate>): void {
    const fate = this.byOrder.get(orderNumber);
    if (fate === undefined) return;
    Object.assign(fate, change);
    this.note(orderNumber);
  }

  of(orderNumber: string): Fate | undefined {
    return this.byOrder.get(orderNumber);
  }

  all(): Fate[] {
    return [...this.byOrder.values()];
  }

  /** What the last of them came to, beside all their counts: cheap enough to look at while sales go on. */
  glance(): Glance {
    const counts: Record<Outcome, number> = {
      approved: 0,
      declined: 0,
      refused: 0,
      reversed: 0,
      pending: 0,
      unknown: 0,
    };
    const byReason: Record<string, number> = {};
    let at = 0;
    const millis: number[] = [];
    for (const { outcome, reason, millis: one } of this.byOrder.values()) {
      counts[outcome] += 1;
      at += 1;
      if ((outcome === 'declined' || outcome === 'refused') && reason !== null)
        byReason[reason] = (byReason[reason] ?? 0) + 1;
      if (this.byOrder.size - at < lastOnes && one !== null) millis.push(one);
    }
    const [p50Ms, p99Ms] = [percentile(millis, 0.5), percentile(millis, 0.99)];
    return { ...counts, sales: this.byOrder.size, byReason, p50Ms, p99Ms };
  }

  private note(orderNumber: string): void {
    if (this.file === null) return;
    const at = new Date().toISOString();
    appendFileSync(this.file, `${JSON.stringify({ at, ...this.byOrder.get(orderNumber) })}\n`);
  }
}
