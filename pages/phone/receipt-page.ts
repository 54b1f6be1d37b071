import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { chooseLanguage, language, say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import { confirmed } from './confirm.js';
import { isOwnPath } from './lists.js';
import { t } from './texts.js';

type Receipt = {
  readonly amount: number;
  readonly returned: number;
  readonly place: LocalText;
  readonly shortNumber: string;
  readonly state: 'paid' | 'reversed';
  readonly paidAt: string;
  readonly maskedName: string;
  /** `url` leads on through this service, which counts the click. */
  readonly offer: { readonly text: LocalText; readonly url: string } | null;
  readonly marketing: 'unanswered' | 'granted' | 'refused';
};

/** One payment, for whoever holds its link, and at most one thing that the bank has to say. */
export class ReceiptPage {
  private receipt: Receipt | null = null;
  private trouble: LocalText | null = null;

  constructor(
    private readonly token: string,
    private readonly content: HTMLElement,
    private readonly head: HTMLElement,
  ) {}

  async open(): Promise<void> {
    this.render();
    try {
      this.receipt = await call<Receipt>('GET', this.path());
    } catch (error) {
      this.trouble = reasonOf(error);
    }
    this.render();
  }

  private path(): string {
    return `/v1/receipts/${encodeURIComponent(this.token)}`;
  }

  private render(): void {
    const { receipt, trouble } = this;
    const change = (): void => {
      chooseLanguage(language() === 'zh' ? 'en' : 'zh');
      this.render();
    };
    fill(
      this.head,
      h('span', { class: 'title' }, t('receipt')),
      h('button', { type: 'button', id: 'language', onclick: change }, t('language')),
    );
    if (trouble !== null) fill(this.content, h('p', { class: 'empty' }, say(trouble)));
    else if (receipt === null) fill(this.content, h('p', { class: 'empty' }, t('loading')));
    else fill(this.content, receiptPanel(receipt), this.offer(receipt), this.refusal(receipt));
  }

  private offer({ offer, marketing }: Receipt): Node | null {
    if (offer === null || marketing === 'refused' || !isOwnPath(offer.url)) return null;
    return h(
      'a',
      { class: 'panel offer', id: 'offer', href: offer.url, rel: 'noreferrer' },
      h('span', { class: 'hint' }, t('offerFrom')),
      h('strong', {}, say(offer.text)),
      h('span', { class: 'more' }, t('seeMore')),
    );
  }

  private refusal({ offer, marketing }: Receipt): Node | null {
    if (marketing === 'refused') return h('p', { class: 'hint center' }, t('offersRefused'));
    if (offer === null) return null;
    const trouble = h('p', { class: 'trouble', role: 'alert' });
    const refuse = starts(
      async () => {
        if (!(await confirmed(t('refuseConfirm'), t('refuseOffers')))) return;
        await call('POST', `${this.path()}/marketing-refusal`);
        if (this.receipt !== null) this.receipt = { ...this.receipt, marketing: 'refused' };
        this.render();
      },
      (error) => {
        fill(trouble, say(reasonOf(error)));
      },
    );
    const button = { type: 'button', class: 'plain', id: 'refuse', onclick: refuse };
    return h('div', { class: 'center' }, h('button', button, t('refuseOffers')), trouble);
  }
}

function receiptPanel(receipt: Receipt): Node {
  const { amount, returned, state, place, paidAt, shortNumber, maskedName } = receipt;
  const lines: [string, string][] = [
    [t('place'), say(place)],
    [t('time'), formatTime(paidAt)],
    [t('shortNumber'), shortNumber],
    [t('holder'), maskedName],
  ];
  if (returned > 0) lines.push([t('refundedPart'), formatYuan(returned)]);
  return h(
    'section',
    { class: `panel receipt ${state}` },
    h('p', { class: 'state' }, t(state)),
    h('p', { class: 'amount' }, formatYuan(amount)),
    h('dl', {}, ...lines.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
  );
}
