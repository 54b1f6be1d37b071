import { formatCode } from '@campus-paycode/paycode';
import { fill, h, s } from '../shared/element.js';
import { barcodeSymbol, qrSymbol, type Drawing } from './code-symbols.js';
import { t } from './texts.js';
import type { CodeMaker, CodeToShow } from './credential.js';

/** Beyond this a wait is no impatience of the cardholder's but an old mistake of the clock. */
const LONGEST_HONEST_WAIT_SECONDS = 90;
/** Two taps in this time are one. */
const TAP_MILLIS = 400;

/** The payment code on the screen: drawn at once, changed by time, by a tap and after a payment. */
export class CodeView {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown: CodeToShow | null = null;
  private digitsOpen = false;
  private tappedAt = -Infinity;
  private active = false;

  constructor(
    private readonly place: HTMLElement,
    private readonly maker: CodeMaker,
    private readonly goOnline: () => void,
  ) {
    document.addEventListener('visibilitychange', () => {
      this.refreshIfDue();
    });
    // All that a page ever hears of screenshots: what was on the screen may now be a picture.
    document.addEventListener('keyup', ({ key }) => {
      if (key === 'PrintScreen') this.showNext();
    });
  }

  start(): void {
    this.active = true;
    if (this.shown === null) this.showNext();
    else {
      this.draw();
      this.refreshIfDue();
    }
  }

  stop(): void {
    this.active = false;
    clearTimeout(this.timer);
  }

  /** Takes the code off the screen for good, e.g. when the card is frozen. */
  clear(): void {
    this.stop();
    this.shown = null;
    fill(this.place);
  }

  /** A code that a terminal has seen is worth nothing any more: show the next one. */
  showNext(): void {
    if (!this.active || document.hidden) {
      this.shown = null;
      return;
    }
    this.shown = this.maker.next();
    this.draw();
    this.plan();
  }

  redraw(): void {
    if (this.active && this.shown !== null) this.draw();
  }

  private refreshIfDue(): void {
    if (!this.active || document.hidden) return;
    if (this.shown === null || this.secondsLeft() <= 0) this.showNext();
    else this.plan();
  }

  private secondsLeft(): number {
    const { shown } = this;
    if (shown?.kind === 'code') return shown.changesAt - this.maker.now();
    return shown?.kind === 'wait' ? shown.waitUntil - this.maker.now() : Infinity;
  }

  private plan(): void {
    clearTimeout(this.timer);
    const left = this.secondsLeft();
    if (left === Infinity) return;
    const waiting = this.shown?.kind === 'wait';
    this.timer = setTimeout(
      () => {
        if (waiting) this.draw();
        this.refreshIfDue();
      },
      Math.max(20, Math.min(left * 1000 + 20, waiting ? 1_000 : Infinity)),
    );
  }

  private draw(): void {
    const { shown } = this;
    if (shown?.kind === 'code') this.drawCode(shown.code, shown.changesAt);
    else if (shown?.kind === 'wait') this.drawWait();
    else fill(this.place, notice('expired'), this.onlineButton());
  }

  private drawCode(code: string, changesAt: number): void {
    const left = Math.max(0, changesAt - this.maker.now());
    const bar = h('div', { class: 'time-bar', 'aria-hidden': 'true' }, h('span'));
    // Runs ahead of a change by more than one step when the code was asked for by hand.
    bar.style.setProperty('--seconds', `${Math.max(30, left)}s`);
    bar.style.setProperty('--gone', `${Math.min(0, left - 30)}s`);
    const codes = h(
      'button',
      { class: 'codes', type: 'button', 'aria-label': t('tapHint'), onclick: () => this.tap() },
      picture(barcodeSymbol(code), 'barcode'),
      picture(qrSymbol(code), 'qr'),
    );
    fill(this.place, hint('scanHint'), codes, bar, hint('tapHint'), this.digits(code));
  }

  private digits(code: string): HTMLElement {
    const open = h('details', { class: 'digits', open: this.digitsOpen });
    fill(
      open,
      h('summary', {}, t('showDigits')),
      h('p', { class: 'digit-groups', 'data-code': code }, formatCode(code)),
      h('p', { class: 'hint' }, t('digitsHint')),
    );
    open.addEventListener('toggle', () => {
      this.digitsOpen = open.open;
    });
    return open;
  }

  private drawWait(): void {
    const seconds = Math.ceil(this.secondsLeft());
    if (seconds > LONGEST_HONEST_WAIT_SECONDS) {
      fill(this.place, h('p', { class: 'big' }, t('clockWrong')));
      return;
    }
    const text = h('p', {}, t('wait', Math.max(0, seconds)));
    fill(this.place, h('h2', {}, t('waitTitle')), text);
  }

  private onlineButton(): HTMLElement {
    return h('button', { class: 'main', type: 'button', onclick: this.goOnline }, t('goOnline'));
  }

  private tap(): void {
    const now = performance.now();
    if (now - this.tappedAt < TAP_MILLIS) return;
    this.tappedAt = now;
    this.showNext();
  }
}

function hint(name: 'scanHint' | 'tapHint'): HTMLElement {
  return h('p', { class: 'hint' }, t(name));
}

function notice(name: 'expired'): HTMLElement {
  return h('div', { class: 'notice' }, h('h2', {}, t('expiredTitle')), h('p', {}, t(name)));
}

export function picture(
  { width, height, path }: Drawing,
  kind: 'qr' | 'barcode' | 'qr signed',
): Element {
  const box = `0 0 ${width} ${height}`;
  const stretch = kind === 'barcode' ? 'none' : 'xMidYMid meet';
  return s(
    'svg',
    { class: kind, viewBox: box, preserveAspectRatio: stretch, 'shape-rendering': 'crispEdges' },
    s('rect', { width: String(width), height: String(height), fill: '#fff' }),
    s('path', { d: path, fill: '#000' }),
  );
}
