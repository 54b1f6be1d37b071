import { h } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { countdown } from './countdown.js';
import { play } from './sounds.js';
import { symbol } from './symbols.js';
import { cover, hideVerdict } from './verdict-view.js';

const TEXTS = {
  who: { zh: '是本人吗？', en: 'Is it them?' },
  look: { zh: '看一看是不是这个人', en: 'Look whether this is who stands there' },
  yes: { zh: '是本人，收款', en: 'Yes, charge' },
  no: { zh: '不是，不收', en: 'No, do not charge' },
  student: { zh: '请稍等', en: 'One moment, please' },
} as const satisfies Record<string, LocalText>;

export type CheckedPayer = {
  readonly maskedName: string;
  readonly amount: string;
  /** Of the service's time, as `now` is: until when the check is good. */
  readonly until: number;
  readonly now: () => number;
};

/** Number and PIN fit; whether they are those of whoever stands there, only the cashier can see. */
export function askWhetherItIsThem(payer: CheckedPayer, charge: () => void): void {
  const button = (id: string, text: LocalText, press: () => void): HTMLElement => {
    // Whoever presses Enter once too often after the PIN has not charged anybody.
    const className = id === 'payer-no' ? 'word preferred' : 'word';
    return h('button', { type: 'button', class: className, id, onclick: press }, say(text));
  };
  const student = { tone: 'pending', symbol: 'clock' as const, text: TEXTS.student };
  cover(
    { name: 'unknown pending payer', closes: false, student },
    symbol('person') as HTMLElement,
    h('h1', {}, say(TEXTS.who)),
    h('p', { class: 'amount' }, payer.maskedName),
    h('p', { class: 'todo' }, payer.amount),
    h('p', {}, say(TEXTS.look)),
    h(
      'div',
      { class: 'words' },
      button('payer-no', TEXTS.no, hideVerdict),
      button('payer-yes', TEXTS.yes, () => {
        hideVerdict();
        charge();
      }),
    ),
    countdown(payer.until, payer.now),
  );
  play('asks');
}
