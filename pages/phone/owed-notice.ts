import { h } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';

/** Fen that purchases without a network left owing. */
export type Owed = { readonly amount: number };

const TEXTS = {
  owed: { zh: '尚欠 {n}', en: '{n} is still owed' },
  why: {
    zh: '无网消费到账时余额不足。下次有钱入账时自动补扣。',
    en: 'Purchases without a network cost more than there was. It is taken from the next money that comes in.',
  },
} as const satisfies Record<string, LocalText>;

/** What the card owes, when it does. */
export function owedNotice(owed: Owed | null): Node[] {
  if (owed === null || owed.amount <= 0) return [];
  return [
    h(
      'section',
      { class: 'panel notice', id: 'owed' },
      h('strong', {}, say(TEXTS.owed).replace('{n}', formatYuan(owed.amount))),
      h('p', { class: 'hint' }, say(TEXTS.why)),
    ),
  ];
}
