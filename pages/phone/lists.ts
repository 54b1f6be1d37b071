import { h } from '../shared/element.js';
import { say } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import { t } from './texts.js';
import type { Card, InboxMessage, Payment } from './contract.js';
import { stopButton } from './without-phone-view.js';

export function balanceLines(card: Card): Node[] {
  const lines: Node[] = [
    h('span', { class: 'label' }, t('balance')),
    h('strong', { id: 'balance' }, formatYuan(card.balance)),
  ];
  if (card.available !== card.balance) {
    lines.push(h('span', { class: 'hint' }, `${t('available')} ${formatYuan(card.available)}`));
  }
  for (const [name, total] of subsidiesOf(card))
    lines.push(h('span', { class: 'hint' }, `${name} ${formatYuan(total)}`));
  return lines;
}

/** What lies in purses for a special use, by their names, in the order in which they pay. */
function subsidiesOf(card: Card): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { kind, name, balance } of card.purses)
    if (kind !== 'cash' && balance > 0)
      totals.set(say(name), (totals.get(say(name)) ?? 0) + balance);
  return totals;
}

export function paymentList(payments: readonly Payment[] | null): Node {
  if (payments === null) return empty(t('loading'));
  if (payments.length === 0) return empty(t('noPayments'));
  return h('ul', { class: 'list' }, ...payments.map(paymentLine));
}

function paymentLine(payment: Payment): Node {
  const { shortNumber, decidedAt, place, state, returned } = payment;
  const struck = state === 'declined' || state === 'reversed' || state === 'released';
  return h(
    'li',
    { class: `payment ${state}` },
    h(
      'div',
      {},
      h('strong', {}, say(place)),
      h('span', { class: 'hint' }, `${formatTime(decidedAt)} · ${shortNumber}`),
      payment.verdict === 'declined' && h('span', { class: 'reason' }, say(payment.message)),
    ),
    h(
      'div',
      { class: 'money' },
      h(struck ? 's' : 'strong', {}, formatYuan(-amountOf(payment))),
      state !== 'captured' && h('span', { class: 'tag' }, t(state)),
      state === 'captured' &&
        returned > 0 &&
        h('span', { class: 'tag' }, `${t('refundedPart')} ${formatYuan(returned)}`),
    ),
  );
}

function amountOf({ state, amount, captured }: Payment): number {
  return state === 'captured' ? captured : amount;
}

export function messageList(
  messages: readonly InboxMessage[] | null,
  read: (message: InboxMessage) => void,
): Node {
  if (messages === null) return empty(t('loading'));
  if (messages.length === 0) return empty(t('noMessages'));
  return h('ul', { class: 'list' }, ...messages.map((message) => messageLine(message, read)));
}

function messageLine(message: InboxMessage, read: (message: InboxMessage) => void): Node {
  const { kind, title, body, saidAt, readAt, link } = message;
  const text = h(
    'div',
    {},
    h('strong', {}, say(title)),
    h('span', {}, say(body)),
    h('span', { class: 'hint' }, formatTime(saidAt)),
  );
  // Whoever did not pay says so where the sale is told.
  if (kind === 'static-sale') text.append(stopButton());
  const attributes = { class: readAt === null ? 'unread' : '', onclick: () => read(message) };
  if (link === null || !isOwnPath(link)) return h('li', attributes, text);
  return h('li', attributes, h('a', { href: link }, text, h('span', { class: 'more' }, '›')));
}

/** A message leads to a page of this service and nowhere else. */
export function isOwnPath(link: string): boolean {
  return /^\/(?![/\\])/.test(link);
}

function empty(text: string): Node {
  return h('p', { class: 'empty' }, text);
}
