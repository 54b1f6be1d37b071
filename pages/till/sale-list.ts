import { h, starts } from '../shared/element.js';
import { language } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import type { SaleLine } from './till-store.js';

const SHOWN = 12;
const SURE_MILLIS = 4_000;

const STATES = {
  approved: { zh: '成功', en: 'Paid' },
  held: { zh: '预扣', en: 'Set aside' },
  declined: { zh: '失败', en: 'Not paid' },
  unknown: { zh: '撤销中', en: 'Taking back' },
  reversed: { zh: '已撤销', en: 'Taken back' },
  offline: { zh: '离线，待上传', en: 'To be uploaded' },
  review: { zh: '离线，待核查', en: 'To be reviewed' },
} as const;

/** The last sales; each can be taken back with two taps. */
export function saleList(
  lines: readonly SaleLine[],
  reverse: (orderNumber: string) => Promise<void>,
): HTMLElement {
  const title = language() === 'zh' ? '最近收款' : 'Last sales';
  const none = language() === 'zh' ? '还没有收款' : 'No sales yet';
  return h(
    'section',
    { class: 'panel sales' },
    h('h2', {}, title),
    lines.length === 0 && h('p', { class: 'hint' }, none),
    h('ul', {}, ...lines.slice(0, SHOWN).map((line) => saleLine(line, reverse))),
  );
}

function saleLine(line: SaleLine, reverse: (orderNumber: string) => Promise<void>): HTMLElement {
  const { shortNumber, amount, state, at, orderNumber } = line;
  const takesBack = state === 'approved' || state === 'held';
  return h(
    'li',
    { class: state },
    h('strong', {}, shortNumber),
    h('span', { class: 'hint' }, `${formatTime(at)} ${STATES[state][language()]}`),
    h('span', { class: 'money' }, amount > 0 ? formatYuan(amount) : ''),
    takesBack && reverseButton(() => reverse(orderNumber)),
  );
}

function reverseButton(reverse: () => Promise<void>): HTMLElement {
  const zh = language() === 'zh';
  const button = h('button', { type: 'button', class: 'reverse' }, zh ? '撤销' : 'Take back');
  let sure = false;
  const run = starts(async () => {
    if (sure) {
      button.disabled = true;
      await reverse();
      return;
    }
    sure = true;
    button.textContent = zh ? '确认撤销' : 'Sure?';
    button.classList.add('sure');
    setTimeout(() => {
      sure = false;
      button.textContent = zh ? '撤销' : 'Take back';
      button.classList.remove('sure');
    }, SURE_MILLIS);
  });
  button.addEventListener('click', run);
  return button;
}
