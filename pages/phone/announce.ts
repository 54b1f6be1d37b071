import { fill, h, part } from '../shared/element.js';
import { say } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { t } from './texts.js';
import type { Payment } from './contract.js';

const PAID_MILLIS = 2_500;
/** A payment that is only now heard of but older than this is history and not news. */
const NEWS_MILLIS = 60_000;

/** Says over the whole screen what became of the code that was just scanned, once for each payment. */
export class Announcements {
  private readonly said = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** What was there before the page was opened is no news. */
  ignore(payments: readonly Payment[]): void {
    for (const payment of payments) this.said.add(keyOf(payment));
  }

  /** Whether there was anything new to say. `now` is unix milliseconds by the service's clock. */
  announceNew(payments: readonly Payment[], now: number): boolean {
    // What still waits for a word is asked about, not announced.
    const fresh = payments.filter(
      (payment) => payment.verdict !== 'pending' && !this.said.has(keyOf(payment)),
    );
    this.ignore(fresh);
    const news = fresh.find(({ decidedAt }) => now - Date.parse(decidedAt) < NEWS_MILLIS);
    if (news !== undefined) this.show(news);
    return news !== undefined;
  }

  private show(payment: Payment): void {
    const screen = part('verdict');
    const approved = payment.verdict === 'approved';
    screen.className = approved ? 'approved' : 'declined';
    fill(screen, ...(approved ? approvedLines(payment) : declinedLines(payment)));
    screen.hidden = false;
    screen.onclick = () => {
      this.hide();
    };
    if ('vibrate' in navigator) navigator.vibrate(approved ? 80 : [60, 60, 60]);
    clearTimeout(this.timer);
    // A refusal stays: the student has to read it.
    if (approved) this.timer = setTimeout(() => this.hide(), PAID_MILLIS);
  }

  private hide(): void {
    clearTimeout(this.timer);
    part('verdict').hidden = true;
  }
}

/** A hold that becomes a capture is news again; a later reversal is told by the list. */
function keyOf({ id, verdict, state }: Payment): string {
  return `${id} ${verdict} ${state === 'held' ? 'held' : 'done'}`;
}

function approvedLines(payment: Payment): Node[] {
  const held = payment.state === 'held';
  const taken = held || payment.captured === 0 ? payment.amount : payment.captured;
  return [
    h('div', { class: 'mark', 'aria-hidden': 'true' }, '✓'),
    h('h1', {}, t(held ? 'held' : stateTitle(payment))),
    h('p', { class: 'amount' }, formatYuan(taken)),
    h('p', {}, say(payment.place)),
    h('p', { class: 'short-number' }, payment.shortNumber),
  ];
}

function stateTitle({ state }: Payment): 'paid' | 'reversed' | 'released' {
  return state === 'reversed' ? 'reversed' : state === 'released' ? 'released' : 'paid';
}

function declinedLines(payment: Payment): Node[] {
  return [
    h('div', { class: 'mark', 'aria-hidden': 'true' }, '!'),
    h('h1', {}, t('declined')),
    h('p', { class: 'reason' }, say(payment.message)),
    h('p', {}, t('nothingCharged')),
    h('p', { class: 'short-number' }, `${say(payment.place)} · ${payment.shortNumber}`),
    h('button', { type: 'button', class: 'quiet' }, t('close')),
  ];
}
