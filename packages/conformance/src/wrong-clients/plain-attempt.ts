import { problemMeanings } from '@campus-paycode/terminal-protocol';
import type { Habits } from './habits.js';
import type { Answer, Line } from './plain-channel.js';
import type { OpenSale } from './plain-disk.js';

type Around = {
  readonly line: Line;
  readonly isOver: () => boolean;
  readonly send: (body: string) => Promise<Answer | null>;
  readonly checking: () => void;
  readonly decided: (answer: Answer) => void;
  readonly refused: (answer: Answer) => void;
  readonly unknown: () => void;
};

const GAPS = [500, 1_000, 2_000, 3_000];
const FIRST_WAIT = 2_500;
const DEADLINE = 10_000;

/** R26: the same bytes until something is known, or ten seconds have passed. */
export class PlainAttempt {
  private checks = false;
  private unsure = 0;
  private sendings = 0;
  private notBefore = 0;
  private corrected = false;

  constructor(
    private readonly sale: OpenSale,
    private readonly habits: Habits,
    private readonly around: Around,
  ) {}

  begin(resumed: boolean): void {
    const { line, isOver, unknown } = this.around;
    line.after(DEADLINE - (line.now() - this.sale.startedAt), () => {
      if (!isOver()) unknown();
    });
    if (resumed) {
      this.unsure = 1;
      this.check();
      return;
    }
    line.after(this.habits.firstWaitMillis ?? FIRST_WAIT, () => {
      this.check();
    });
    this.sendNow();
  }

  private check(): void {
    if (this.checks || this.around.isOver()) return;
    this.checks = true;
    this.around.checking();
    this.schedule(0);
  }

  private schedule(step: number): void {
    const { line, isOver } = this.around;
    const gap = GAPS[Math.min(step, GAPS.length - 1)] ?? 0;
    const told = this.habits.ignoresRetryAfter ? 0 : this.notBefore - line.now();
    line.after(Math.max(gap, told), () => {
      if (isOver()) return;
      this.sendNow();
      this.schedule(step + 1);
    });
  }

  private sendNow(): void {
    this.send().catch(() => {});
  }

  private async send(): Promise<void> {
    const { around, sale, habits } = this;
    this.unsure += 1;
    this.sendings += 1;
    const isOther = habits.newBytes === true && this.sendings > 4;
    const answer = await around.send(isOther ? sale.body.replace('{', '{ ') : sale.body);
    if (around.isOver()) return;
    if (answer === null) this.check();
    else if (answer.status < 400) around.decided(answer);
    else this.refused(answer);
  }

  private refused(answer: Answer): void {
    const { around, habits } = this;
    const code = String(answer.body['code']);
    const { effect, retryable } = answer.body;
    if (effect === 'none') this.unsure -= 1;
    const isClock = code === 'clock_off';
    if (isClock && !this.corrected && !habits.keepsItsTime) {
      this.corrected = true;
      this.sendNow();
      return;
    }
    const isKnown = !habits.knowsOnlyTheTable || Object.hasOwn(problemMeanings, code);
    const isOpen = (retryable === true || effect === 'unknown') && isKnown;
    if (isOpen && !(isClock && habits.keepsItsTime)) {
      this.notBefore = around.line.now() + answer.retryAfter;
      this.check();
    } else if (this.unsure > 0 && !code.startsWith('order_number_')) {
      if (habits.believesFinalProblem) around.refused(answer);
      else around.unknown();
    } else around.refused(answer);
  }
}
