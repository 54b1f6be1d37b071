import { h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { countdown } from './countdown.js';
import { play } from './sounds.js';
import { symbol } from './symbols.js';
import { cover } from './verdict-view.js';

const TEXTS = {
  phone: { zh: '请顾客在手机上确认', en: 'Confirm on the phone' },
  cashier: { zh: '重复收款？', en: 'Charge again?' },
  phoneLine: {
    zh: '超过免密额度，等待顾客输入支付密码',
    en: 'The student enters the payment PIN',
  },
  cashierLine: {
    zh: '同一顾客一分钟内付过相同金额',
    en: 'The same student paid this amount within a minute',
  },
  wait: { zh: '等同学在手机上按，不要再扫', en: 'Wait for the phone. Do not scan again.' },
  withdraw: { zh: '不等了，不收', en: 'Wait no longer' },
  yes: { zh: '再收一次', en: 'Charge again' },
  studentConfirms: { zh: '请在手机上输入支付密码', en: 'Enter your payment PIN on your phone' },
  studentWaits: { zh: '请稍等', en: 'One moment, please' },
  no: { zh: '不收了', en: 'Do not charge' },
} as const satisfies Record<string, LocalText>;

export type PendingSale = {
  readonly awaits: 'phone' | 'cashier' | null;
  readonly amount: string;
  readonly shortNumber: string;
  /** Of the service's time, as `now` is. */
  readonly until: number;
  readonly now: () => number;
};

/** A sale that waits: for the student's phone, or for the cashier's word. The verdict takes its place. */
export function showPending(
  sale: PendingSale,
  answer: (decision: 'confirm' | 'refuse') => Promise<boolean>,
  withdraw: () => void,
): void {
  const isCashiers = sale.awaits === 'cashier';
  const button = (decision: 'confirm' | 'refuse', text: LocalText): HTMLElement => {
    // Whoever only presses Enter charges nobody twice.
    const className = decision === 'refuse' ? 'word preferred' : 'word';
    const click = starts(() => answer(decision));
    return h(
      'button',
      { type: 'button', class: className, id: `word-${decision}`, onclick: click },
      say(text),
    );
  };
  const until = sale.until - sale.now() + Date.now();
  const asks = {
    tone: 'pending',
    symbol: isCashiers ? ('clock' as const) : ('phone' as const),
    text: isCashiers ? TEXTS.studentWaits : TEXTS.studentConfirms,
    amount: sale.amount,
    until,
  };
  cover(
    { name: `unknown pending ${sale.awaits ?? ''}`, closes: false, student: asks },
    symbol(isCashiers ? 'twice' : 'phone') as HTMLElement,
    h('h1', {}, say(isCashiers ? TEXTS.cashier : TEXTS.phone)),
    h('p', { class: 'amount' }, sale.amount),
    h('p', {}, say(isCashiers ? TEXTS.cashierLine : TEXTS.phoneLine)),
    isCashiers &&
      h('div', { class: 'words' }, button('refuse', TEXTS.no), button('confirm', TEXTS.yes)),
    countdown(sale.until, sale.now),
    !isCashiers && h('p', {}, say(TEXTS.wait)),
    !isCashiers &&
      h('button', { type: 'button', id: 'withdraw', onclick: withdraw }, say(TEXTS.withdraw)),
    h('p', {}, sale.shortNumber),
  );
  play('asks');
}
