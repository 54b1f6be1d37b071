import { fill, h, part } from '../shared/element.js';
import { language, say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { play, type Tone } from './sounds.js';
import type { PaymentAnswer } from '@campus-paycode/terminal-protocol';
import type { OfflineResult, SaleResult } from '@campus-paycode/terminal-client/pure';

export type Told = {
  readonly tone: Tone;
  readonly title: string;
  readonly amount?: string;
  readonly lines: readonly string[];
};

const zh = (): boolean => language() === 'zh';

export const DO_NOT_CHARGE_AGAIN: LocalText = {
  zh: '未确认：请勿重复收款，系统自动撤销或退回',
  en: 'Not confirmed: do not charge again. It is taken back by itself.',
};

/** What to say about a sale, so that a cashier who cannot read hears and sees it too. */
export function tell(result: SaleResult): Told {
  const { shortNumber } = result;
  switch (result.outcome) {
    case 'approved':
      return tellApproved(result.answer);
    case 'declined':
      return {
        tone: 'declined',
        title: zh() ? '未收款' : 'Not paid',
        lines: [say(result.answer.message), zh() ? '没有扣款' : 'Nothing was charged', shortNumber],
      };
    case 'problem':
      return {
        tone: 'declined',
        title: zh() ? '未收款' : 'Not paid',
        lines: [
          say(result.problem.message),
          zh() ? '没有扣款' : 'Nothing was charged',
          shortNumber,
        ],
      };
    case 'reversed':
      return {
        tone: 'unknown',
        title: zh() ? '未成交，已撤销' : 'No sale: taken back',
        lines: [
          zh() ? '没有扣款，请重新扫码收款' : 'Nothing was charged. Scan again.',
          shortNumber,
        ],
      };
    case 'reversing':
      return {
        tone: 'unknown',
        title: zh() ? '未确认' : 'Not confirmed',
        lines: [say(DO_NOT_CHARGE_AGAIN), shortNumber],
      };
  }
}

function tellApproved(answer: PaymentAnswer): Told {
  const held = answer.state === 'held';
  const title = held ? (zh() ? '已预扣' : 'Set aside') : zh() ? '收款成功' : 'Paid';
  const next = zh() ? '请开始使用，结束后结算' : 'Start now; settle at the end.';
  const lines = [answer.cardholder?.maskedName ?? '', answer.shortNumber, held ? next : ''];
  return { tone: 'approved', title, amount: formatYuan(answer.amount), lines };
}

/** A sale that this till accepted by itself must not look like one that the service has decided. */
export function tellOffline(result: OfflineResult): Told {
  if (result.outcome === 'refused_offline') {
    return {
      tone: 'declined',
      title: zh() ? '未收款' : 'Not paid',
      lines: [say(result.message), zh() ? '没有扣款' : 'Nothing was charged'],
    };
  }
  const { shortNumber, amount, again } = result;
  const later = zh() ? '联网后自动入账' : 'Booked by itself when the network is back.';
  const twice = zh() ? '此码已收过款，没有再收' : 'This code has paid already. Nothing was added.';
  return {
    tone: 'offline',
    title: zh() ? '离线已收款' : 'Accepted without network',
    amount: formatYuan(amount),
    lines: [again ? twice : later, shortNumber],
  };
}

const APPROVED_MILLIS = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The whole screen; a tap or the next scan closes it. */
export function showVerdict(told: Told): void {
  const screen = part('verdict');
  screen.className = told.tone;
  fill(
    screen,
    h('h1', {}, told.title),
    told.amount !== undefined && h('p', { class: 'amount' }, told.amount),
    ...told.lines.filter((line) => line !== '').map((line) => h('p', {}, line)),
  );
  screen.hidden = false;
  screen.onclick = hideVerdict;
  play(told.tone);
  clearTimeout(timer);
  if (told.tone === 'approved' || told.tone === 'offline')
    timer = setTimeout(hideVerdict, APPROVED_MILLIS);
}

export function hideVerdict(): void {
  clearTimeout(timer);
  part('verdict').hidden = true;
}
