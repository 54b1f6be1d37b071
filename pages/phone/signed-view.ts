import { isSignedQrDue, SIGNED_QR_SECONDS } from '@campus-paycode/paycode';
import { fill, h } from '../shared/element.js';
import { formatYuan } from '../shared/money.js';
import { qrSymbol } from './code-symbols.js';
import { picture } from './code-view.js';
import { t } from './texts.js';
import type { SignedQrMaker, SignedQrToShow } from './offline-kit.js';

/** Two taps in this time are one. */
const TAP_MILLIS = 400;

const refusals = {
  none: 'offlineNone',
  expired: 'offlineExpired',
  no_allowance: 'offlineNoAllowance',
} as const;

/** The signed QR, for a till without a network: a new one every 30 seconds and at a tap. */
export class SignedView {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown: SignedQrToShow | null = null;
  private tappedAt = -Infinity;
  private active = false;

  constructor(
    private readonly place: HTMLElement,
    private readonly maker: SignedQrMaker,
    private readonly now: () => number,
  ) {
    document.addEventListener('visibilitychange', () => {
      if (this.active) this.refreshIfDue();
    });
  }

  start(): void {
    this.active = true;
    this.refreshIfDue();
  }

  stop(): void {
    this.active = false;
    clearTimeout(this.timer);
  }

  showNext(): void {
    clearTimeout(this.timer);
    this.shown = null;
    if (!this.active || document.hidden) return;
    this.shown = this.maker.next();
    this.draw();
    this.plan();
  }

  redraw(): void {
    if (this.active) this.draw();
  }

  /** What a till has been shown for less than 30 seconds stays; what was refused may be granted by now. */
  private refreshIfDue(): void {
    const { shown } = this;
    const codeTime = shown?.kind === 'code' ? shown.changesAt - SIGNED_QR_SECONDS : -Infinity;
    if (isSignedQrDue(this.now(), codeTime)) {
      this.showNext();
      return;
    }
    this.draw();
    this.plan();
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (this.shown?.kind !== 'code') return;
    const left = (this.shown.changesAt - this.now()) * 1_000;
    // A clock that was set back must not keep a code on the screen.
    const wait = Math.max(20, Math.min(left, SIGNED_QR_SECONDS * 1_000));
    this.timer = setTimeout(() => this.refreshIfDue(), wait);
  }

  private draw(): void {
    const { shown } = this;
    if (shown === null) return;
    if (shown.kind !== 'code') {
      fill(
        this.place,
        h(
          'div',
          { class: 'notice', 'data-refusal': shown.kind },
          h('h2', {}, t('offlineTitle')),
          h('p', {}, t(refusals[shown.kind])),
        ),
      );
      return;
    }
    const code = h(
      'button',
      {
        class: 'codes',
        type: 'button',
        'aria-label': t('tapHint'),
        'data-signed': shown.code,
        onclick: () => this.tap(),
      },
      picture(qrSymbol(shown.code), 'qr signed'),
    );
    const covered = t('offlineCovered').replace('{amount}', formatYuan(this.maker.allowance()));
    fill(
      this.place,
      h('h2', {}, t('offlineTitle')),
      code,
      h('p', { class: 'hint' }, t('tapHint')),
      h('p', { class: 'hint' }, covered),
    );
  }

  private tap(): void {
    const now = performance.now();
    if (now - this.tappedAt < TAP_MILLIS) return;
    this.tappedAt = now;
    this.showNext();
  }
}
