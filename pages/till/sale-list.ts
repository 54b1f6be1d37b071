import { h, starts } from '../shared/element.js';
import { language, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import type { SaleLine } from './till-store.js';

const SHOWN = 12;
/** A glove may slip: so long a void that was begun by one tap can be stopped by another. */
export const SECOND_THOUGHT_SECONDS = 3;

const STATES: Readonly<Record<SaleLine['state'], LocalText>> = {
  approved: { zh: '成功', en: 'Paid' },
  held: { zh: '预扣', en: 'Set aside' },
  declined: { zh: '失败', en: 'Not paid' },
  unknown: { zh: '撤销中', en: 'Taking back' },
  reversed: { zh: '已撤销', en: 'Taken back' },
  offline: { zh: '离线，待上传', en: 'To be uploaded' },
  review: { zh: '离线，待核查', en: 'To be reviewed' },
};

export type Voids = {
  /** Whether the service would still take the sale back at the till. */
  readonly isOffered: (line: SaleLine) => boolean;
  /** A sale that only a supervisor may take back. */
  readonly isSupervised: (line: SaleLine) => boolean;
  /** The void that was begun and can still be stopped. */
  readonly begun: { readonly orderNumber: string; readonly seconds: number } | null;
  readonly tap: (line: SaleLine) => Promise<void>;
};

/** The last sales; the till's own can be taken back with one tap for as long as the place allows. */
export function saleList(lines: readonly SaleLine[], voids: Voids): HTMLElement {
  const title = language() === 'zh' ? '最近收款' : 'Last sales';
  const none = language() === 'zh' ? '还没有收款' : 'No sales yet';
  return h(
    'section',
    { class: 'panel sales' },
    h('h2', {}, title),
    lines.length === 0 && h('p', { class: 'hint' }, none),
    h('ul', {}, ...lines.slice(0, SHOWN).map((line) => saleLine(line, voids))),
  );
}

function saleLine(line: SaleLine, voids: Voids): HTMLElement {
  const { shortNumber, amount, state, at } = line;
  return h(
    'li',
    { class: state },
    h('strong', {}, shortNumber),
    h('span', { class: 'hint' }, `${formatTime(at)} ${STATES[state][language()]}`),
    h('span', { class: 'money' }, amount > 0 ? formatYuan(amount) : ''),
    voids.isOffered(line) && voidButton(line, voids),
  );
}

function voidButton(line: SaleLine, voids: Voids): HTMLElement {
  const zh = language() === 'zh';
  const { begun } = voids;
  const isBegun = begun?.orderNumber === line.orderNumber;
  const stop = `${zh ? '不撤了' : 'Stop'} ${begun?.seconds ?? 0}`;
  const start = voids.isSupervised(line)
    ? zh
      ? '撤销（主管）'
      : 'Void (supervisor)'
    : zh
      ? '撤销'
      : 'Void';
  const button = h(
    'button',
    { type: 'button', class: `void ${isBegun ? 'begun' : ''}`, 'data-void': line.shortNumber },
    isBegun ? stop : start,
  );
  const run = starts(() => voids.tap(line));
  button.addEventListener('click', run);
  return button;
}
