import { fill, h, part, starts } from '../shared/element.js';
import { chooseLanguage, language, say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { fenOf, typed, type AmountKey } from './amount-entry.js';
import { holdPanel } from './hold-view.js';
import { saleList } from './sale-list.js';
import { hearScanner, readScan } from './scanner.js';
import { play } from './sounds.js';
import { networkLine, networkSwitch } from './network-view.js';
import { showPending } from './pending-view.js';
import {
  DO_NOT_CHARGE_AGAIN,
  hideVerdict,
  showVerdict,
  tell,
  tellOffline,
} from './verdict-view.js';
import type {
  OfflineResult,
  SaleResult,
  TerminalEvent,
} from '@campus-paycode/terminal-client/pure';
import type { OfflineSaleAnswer } from '@campus-paycode/terminal-protocol';
import type { SaleLines } from './till-store.js';
import type { Till } from './till.js';

const KEYS: readonly AmountKey[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0', '.'];

const TEXTS = {
  amountFirst: { zh: '请先输入金额', en: 'Enter the amount first' },
  tooMuch: { zh: '超过单笔限额', en: 'Above the limit of one sale' },
  scan: { zh: '请扫付款码', en: 'Scan the payment code' },
  paste: { zh: '扫码或粘贴付款码数字', en: 'Scan or paste the digits' },
  charge: { zh: '收款', en: 'Charge' },
  sending: { zh: '正在确认…', en: 'Checking…' },
  clear: { zh: '清除', en: 'Clear' },
  queued: { zh: '待发送', en: 'Waiting to be sent' },
} as const satisfies Record<string, LocalText>;

/** The cashier's screen: amount, scan, verdict. */
export class TillPage {
  private text = '';
  private note: LocalText | null = null;

  constructor(
    private readonly till: Till,
    private readonly lines: SaleLines,
  ) {
    hearScanner((digits) => {
      this.scanned(digits);
    });
    this.render();
  }

  /** After the settings changed. */
  refresh(): void {
    if (!this.till.isBusy()) this.render();
  }

  hear(event: TerminalEvent): void {
    if (event.type === 'exception') this.giveUp(event.exception.code);
    if (event.type === 'checking') this.doubt();
    if (event.type === 'pending')
      showPending(event.awaits, (decision) => this.till.confirm(decision));
    if (event.type === 'ended') this.finish(event.result);
    if (event.type === 'ended_offline') this.finishOffline(event.result);
    if (event.type === 'settled_offline') this.settle(event.decision);
    if (event.type === 'link') this.refresh();
    if (event.type === 'reversed' && event.answer.outcome !== 'was_declined') {
      const { orderNumber } = event.answer;
      void this.lines.change(orderNumber, { state: 'reversed' }).then(() => this.render());
    }
    this.renderHead();
  }

  private scanned(text: string): void {
    if (this.till.isBusy()) return;
    hideVerdict();
    const { tariff, codePrefix } = this.till.settings();
    const scan = readScan(text, codePrefix);
    const amount = fenOf(this.text);
    if (!scan.ok) this.refuse(scan.why);
    else if (tariff.type === 'entered' && amount === 0) this.refuse(TEXTS.amountFirst);
    else if (tariff.type === 'entered' && amount > tariff.maximum) this.refuse(TEXTS.tooMuch);
    else void this.sell(scan.code, tariff.type === 'entered' ? amount : undefined);
  }

  private async sell(code: string, amount: number | undefined): Promise<void> {
    this.note = TEXTS.sending;
    const sale = this.till.sell(code, amount);
    this.render();
    // Only a till that cannot write its memory gets here; it must not sell on.
    await sale.catch(() => this.doubt());
    this.render();
  }

  private refuse(why: LocalText): void {
    this.note = why;
    play('declined');
    this.render();
  }

  private doubt(): void {
    const title = language() === 'zh' ? '查询中' : 'Checking';
    showVerdict({ tone: 'unknown', title, lines: [say(DO_NOT_CHARGE_AGAIN)] });
  }

  private giveUp(code: string): void {
    const tooLate = {
      zh: '已超过撤销时限，请联系管理员退款',
      en: 'Too late to take back. Ask the office for a refund.',
    };
    const other = { zh: '请联系管理员', en: 'Ask the office.' };
    const title = language() === 'zh' ? '未能办理' : 'Not done';
    const why = code === 'reversal_too_late' ? tooLate : other;
    showVerdict({ tone: 'declined', title, lines: [say(why)] });
  }

  /** Also the end of a sale that an earlier run of the page left open. */
  private finish(result: SaleResult): void {
    this.text = '';
    this.note = null;
    showVerdict(tell(result));
    void this.keep(result).then(() => this.render());
  }

  private finishOffline(result: OfflineResult): void {
    this.note = null;
    showVerdict(tellOffline(result));
    if (result.outcome === 'refused_offline' || result.again) return;
    this.text = '';
    const { orderNumber, shortNumber, amount } = result;
    const line = { orderNumber, shortNumber, amount, state: 'offline' as const };
    const at = new Date().toISOString();
    void this.lines.put({ ...line, at }).then(() => this.render());
  }

  private keep(result: SaleResult): Promise<void> {
    const { orderNumber, shortNumber, outcome } = result;
    const answer = 'answer' in result ? result.answer : null;
    const states = { reversing: 'unknown', problem: 'declined' } as const;
    const state =
      outcome === 'approved' && answer?.state === 'held'
        ? 'held'
        : outcome === 'reversing' || outcome === 'problem'
          ? states[outcome]
          : outcome;
    const at = answer?.decidedAt ?? new Date().toISOString();
    return this.lines.put({ orderNumber, shortNumber, amount: answer?.amount ?? 0, state, at });
  }

  private render(): void {
    this.renderHead();
    const { tariff } = this.till.settings();
    const [hold] = this.till.holds();
    const desk: Node[] = [this.amountLine()];
    if (hold !== undefined && tariff.type === 'metered') {
      desk.push(holdPanel(hold, tariff, (amount) => this.capture(hold.orderNumber, amount)));
    } else {
      desk.push(this.scanForm());
      if (tariff.type === 'entered') desk.push(this.keypad());
    }
    fill(
      part('content'),
      h('section', { class: 'desk' }, ...desk),
      saleList(this.lines.all(), async (orderNumber) => {
        await this.till.reverse(orderNumber);
        this.render();
      }),
    );
  }

  private amountLine(): HTMLElement {
    const { tariff } = this.till.settings();
    const shown = {
      entered: () => `¥${this.text === '' ? '0.00' : this.text}`,
      fixed: () => (tariff.type === 'fixed' ? formatYuan(tariff.amount) : ''),
      metered: () => (tariff.type === 'metered' ? formatYuan(tariff.hold) : ''),
    }[tariff.type]();
    const busy = this.till.isBusy();
    return h(
      'div',
      { class: `amount-line ${busy ? 'busy' : ''}` },
      h('p', { class: 'amount', id: 'amount' }, shown),
      h('p', { class: 'note', role: 'status' }, say(this.note ?? TEXTS.scan)),
    );
  }

  private scanForm(): HTMLElement {
    const input = h('input', {
      name: 'scan',
      inputmode: 'none',
      autocomplete: 'off',
      placeholder: say(TEXTS.paste),
      maxlength: '500',
    });
    const submit = starts(() => {
      const { value } = input;
      input.value = '';
      input.blur();
      this.scanned(value);
      return Promise.resolve();
    });
    return h(
      'form',
      { class: 'scan', onsubmit: submit },
      input,
      h('button', { class: 'main', type: 'submit' }, say(TEXTS.charge)),
    );
  }

  private keypad(): HTMLElement {
    const press = (change: (text: string) => string) => (event: Event) => {
      // A scanner's Enter must never press the key that was pressed last.
      (event.currentTarget as HTMLElement).blur();
      this.text = change(this.text);
      this.note = null;
      hideVerdict();
      this.render();
    };
    const key = (label: string, change: (text: string) => string) =>
      h('button', { type: 'button', 'data-key': label, onclick: press(change) }, label);
    return h(
      'div',
      { class: 'keypad' },
      ...KEYS.map((name) => key(name, (text) => typed(text, name))),
      key('⌫', (text) => text.slice(0, -1)),
      key(say(TEXTS.clear), () => ''),
    );
  }

  /** What the service made of a sale that this till had accepted by itself. */
  private settle({ orderNumber, decision }: OfflineSaleAnswer): void {
    if (orderNumber === null) return;
    const states: Record<string, 'approved' | 'declined'> = {
      captured: 'approved',
      posted: 'approved',
      owed: 'approved',
      replayed: 'declined',
      refused: 'declined',
    };
    const state = states[decision] ?? 'review';
    void this.lines.change(orderNumber, { state }).then(() => this.render());
  }

  private async capture(orderNumber: string, amount: number): Promise<void> {
    const { captured, released } = await this.till.capture(orderNumber, amount);
    await this.lines.change(orderNumber, { state: 'approved', amount: captured });
    const zh = language() === 'zh';
    showVerdict({
      tone: 'approved',
      title: zh ? '已结算' : 'Settled',
      amount: formatYuan(captured),
      lines: [`${zh ? '退回' : 'Given back'} ${formatYuan(released)}`],
    });
    this.render();
  }

  private renderHead(): void {
    const { code, place, merchant } = this.till.settings();
    const queued = this.till.queued();
    const change = () => {
      chooseLanguage(language() === 'zh' ? 'en' : 'zh');
      this.render();
    };
    fill(
      part('head'),
      h('strong', { class: 'terminal-code' }, code),
      h('span', {}, say(place.name)),
      h('span', { class: 'merchant' }, say(merchant.name)),
      networkLine(this.till.offline()),
      queued > 0 && h('span', { class: 'queued' }, `${say(TEXTS.queued)} ${queued}`),
      networkSwitch(this.till, () => this.refresh()),
      h(
        'button',
        { type: 'button', class: 'plain', onclick: change },
        language() === 'zh' ? 'English' : '中文',
      ),
    );
  }
}
