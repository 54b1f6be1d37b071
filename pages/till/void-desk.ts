import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { TerminalProblem } from '@campus-paycode/terminal-client/pure';
import { openPinSheet } from './pin-sheet.js';
import { SECOND_THOUGHT_SECONDS, type Voids } from './sale-list.js';
import { tellRefused, tellVoided } from './verdict-words.js';
import { showVerdict } from './verdict-view.js';
import type { SaleLine } from './till-store.js';
import type { Till } from './till.js';

const SECOND_MILLIS = 1_000;
const MINUTE_MILLIS = 60_000;

const TEXTS = {
  title: { zh: '请主管授权', en: 'A supervisor has to allow it' },
  void: { zh: '撤销', en: 'Void' },
  number: { zh: '主管编号', en: 'Number of the supervisor' },
  pin: { zh: '主管密码', en: 'PIN of the supervisor' },
  submit: { zh: '授权撤销', en: 'Allow the void' },
} as const satisfies Record<string, LocalText>;

/** The void that the cashier has begun: it can be stopped for a moment, and then it is done. */
export class VoidDesk implements Voids {
  begun: { readonly orderNumber: string; readonly seconds: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly till: Till,
    private readonly changed: () => void,
  ) {}

  /** In its shift and within the minutes of the place; the service has the last word. */
  isOffered({ state, at }: SaleLine): boolean {
    const { voids } = this.till.settings();
    const { openedAt } = this.till.shift.now();
    if (!voids || (state !== 'approved' && state !== 'held')) return false;
    const age = this.till.serviceNow() - Date.parse(at);
    return age <= voids.minutes * MINUTE_MILLIS && (openedAt === null || at >= openedAt);
  }

  isSupervised({ amount }: SaleLine): boolean {
    const { voids } = this.till.settings();
    return amount > (voids?.supervisorAbove ?? Infinity);
  }

  tap(line: SaleLine): Promise<void> {
    const isBegun = this.begun?.orderNumber === line.orderNumber;
    clearTimeout(this.timer);
    this.begun = null;
    if (!isBegun && this.isSupervised(line)) this.askSupervisor(line);
    else if (!isBegun) this.count(line, SECOND_THOUGHT_SECONDS);
    this.changed();
    return Promise.resolve();
  }

  private count(line: SaleLine, seconds: number): void {
    this.begun = { orderNumber: line.orderNumber, seconds };
    this.timer = setTimeout(() => {
      if (seconds > 1) this.count(line, seconds - 1);
      else void this.run(line);
      this.changed();
    }, SECOND_MILLIS);
  }

  private askSupervisor(line: SaleLine): void {
    const { title, number, pin, submit } = TEXTS;
    const about = `${say(TEXTS.void)} ${line.shortNumber} ${formatYuan(line.amount)}`;
    openPinSheet(
      { name: 'supervisor', title, about, number, pin, submit },
      (supervisor, typed) => this.till.supervise({ supervisor, pin: typed }),
      ({ supervision }) => void this.run(line, supervision),
    );
  }

  /** What became of it, the page hears as an event too: also when the answer comes later. */
  private async run(line: SaleLine, supervision?: string): Promise<void> {
    this.begun = null;
    try {
      const answer = await this.till.void(line.orderNumber, supervision);
      showVerdict(tellVoided(line.shortNumber, answer?.returned ?? null));
    } catch (error) {
      if (!(error instanceof TerminalProblem)) throw error;
      const { problem } = error;
      // The place's rule is newer than this till's settings.
      if (problem.code === 'supervision_needed') this.askSupervisor(line);
      else showVerdict(tellRefused(problem.code, problem.message, line.shortNumber));
    }
    this.changed();
  }
}
