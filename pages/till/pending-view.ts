import { fill, h, part, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { play } from './sounds.js';

const TEXTS = {
  phone: { zh: '请顾客在手机上确认', en: 'Confirm on the phone' },
  cashier: { zh: '重复收款？', en: 'Charge again?' },
  phoneLine: { zh: '超过免密额度，等待顾客输入支付密码', en: 'The student enters the payment PIN' },
  cashierLine: {
    zh: '同一顾客一分钟内付过相同金额',
    en: 'The same student paid this amount within a minute',
  },
  yes: { zh: '再收一次', en: 'Charge again' },
  no: { zh: '不收了', en: 'Do not charge' },
} as const satisfies Record<string, LocalText>;

/** A sale that waits: for the student's phone, or for the cashier's word. The verdict takes its place. */
export function showPending(
  awaits: 'phone' | 'cashier' | null,
  answer: (decision: 'confirm' | 'refuse') => Promise<boolean>,
): void {
  const isCashiers = awaits === 'cashier';
  const screen = part('verdict');
  const button = (decision: 'confirm' | 'refuse', text: LocalText): HTMLElement =>
    h(
      'button',
      {
        type: 'button',
        class: 'main',
        id: `word-${decision}`,
        onclick: starts(() => answer(decision)),
      },
      say(text),
    );
  screen.className = 'unknown';
  fill(
    screen,
    h('h1', {}, say(isCashiers ? TEXTS.cashier : TEXTS.phone)),
    h('p', {}, say(isCashiers ? TEXTS.cashierLine : TEXTS.phoneLine)),
    isCashiers && button('confirm', TEXTS.yes),
    isCashiers && button('refuse', TEXTS.no),
  );
  screen.hidden = false;
  screen.onclick = null;
  play('unknown');
}
