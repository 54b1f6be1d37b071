import { confirmationProof } from '@campus-paycode/paycode';
import { fromBase64Url, toBase64Url } from '@campus-paycode/terminal-protocol';
import { call, isRefused, reasonOf } from '../shared/call.js';
import { fill, h } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { hmacSha256, type Credential } from './credential.js';

type AskedSale = {
  readonly paymentId: string;
  readonly credentialId: string;
  readonly terminalId: string;
  readonly place: LocalText;
  readonly shortNumber: string;
  readonly amount: number;
  readonly expiresAt: string;
};
type Decision = 'confirm' | 'refuse';

const PIN_LENGTH = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫'] as const;
const TEXTS = {
  title: { zh: '请确认付款', en: 'Confirm this payment' },
  pin: { zh: '输入6位支付密码', en: 'Enter your six-digit payment PIN' },
  sending: { zh: '正在确认…', en: 'Confirming…' },
  refuse: { zh: '不付款', en: 'Do not pay' },
  left: { zh: '{n} 秒后自动取消，不会扣款', en: 'Ends by itself in {n} s; nothing is charged' },
  missing: {
    zh: '请先在“设置”中设置支付密码',
    en: 'Set a payment PIN in Settings first',
  },
} as const satisfies Record<string, LocalText>;

/** What this phone says about a sale, with the proof that only its seed can make. */
export function wordOf(
  { credentialId, seed, generation }: Credential,
  { paymentId, amount, terminalId, expiresAt }: AskedSale,
  decision: Decision,
): Record<string, unknown> {
  const bytes = fromBase64Url(seed);
  if (bytes === null) throw new Error('The stored credential is damaged.');
  const said = { decision, paymentId, amount, terminalId, expiresAt };
  const proof = toBase64Url(confirmationProof(bytes, said, hmacSha256));
  return { decision, credentialId, generation, proof };
}

/** Asks for a yes or a no when a sale of this phone's code waits for one. It comes and goes by itself. */
export class AskedSheet {
  private shown: AskedSale | null = null;
  private pin = '';
  private note: LocalText = TEXTS.pin;
  private isBusy = false;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly sheet = h('dialog', { class: 'sheet asked', id: 'asked' });

  constructor(
    private readonly credential: () => Credential | null,
    /** Unix seconds by the service's clock. */
    private readonly now: () => number,
  ) {
    // Leaving it by a gesture is no answer: the sale would still wait.
    this.sheet.addEventListener('cancel', (event) => event.preventDefault());
    this.sheet.addEventListener('keydown', ({ key }) => {
      if (/^\d$/.test(key)) this.press(key);
      if (key === 'Backspace') this.press('⌫');
    });
  }

  /** Looks whether anything is asked. Never rejects. */
  async look(): Promise<void> {
    const own = this.credential()?.credentialId;
    if (own === undefined) return;
    const path = '/v1/me/confirmations';
    const answer = await call<{ confirmations: AskedSale[] }>('GET', path).catch(() => null);
    if (answer === null || this.isBusy) return;
    const asked = answer.confirmations.find(({ credentialId }) => credentialId === own);
    if (asked === undefined) this.close();
    else if (asked.paymentId !== this.shown?.paymentId) this.open(asked);
  }

  private open(asked: AskedSale): void {
    this.close();
    this.shown = asked;
    this.pin = '';
    this.note = TEXTS.pin;
    document.body.append(this.sheet);
    this.render();
    this.sheet.showModal();
    if ('vibrate' in navigator) navigator.vibrate([80, 60, 80]);
    this.timer = setInterval(() => {
      if (this.secondsLeft() <= 0) this.close();
      else if (!this.isBusy) this.render();
    }, 1_000);
  }

  private close(): void {
    clearInterval(this.timer);
    this.shown = null;
    this.sheet.close();
    this.sheet.remove();
  }

  private secondsLeft(): number {
    return this.shown === null
      ? 0
      : Math.ceil(Date.parse(this.shown.expiresAt) / 1000 - this.now());
  }

  private press(key: string): void {
    if (this.isBusy) return;
    this.pin = key === '⌫' ? this.pin.slice(0, -1) : (this.pin + key).slice(0, PIN_LENGTH);
    if (this.pin.length === PIN_LENGTH) void this.answer('confirm');
    else this.render();
  }

  private async answer(decision: Decision): Promise<void> {
    const credential = this.credential();
    const { shown, pin } = this;
    if (credential === null || shown === null || this.isBusy) return;
    this.isBusy = true;
    this.note = TEXTS.sending;
    this.render();
    const word = { ...wordOf(credential, shown, decision), ...(decision === 'confirm' && { pin }) };
    try {
      await call('POST', `/v1/me/confirmations/${shown.paymentId}`, word);
      this.close();
    } catch (error) {
      this.note = isRefused(error, 'payment_pin_missing') ? TEXTS.missing : reasonOf(error);
      this.pin = '';
      if (isRefused(error, 'confirmation_ended')) this.close();
    } finally {
      this.isBusy = false;
      if (this.shown !== null) this.render();
    }
  }

  private render(): void {
    const { shown, pin } = this;
    if (shown === null) return;
    const dots = Array.from({ length: PIN_LENGTH }, (_, at) => (at < pin.length ? '●' : '○'));
    fill(
      this.sheet,
      h('h2', {}, say(TEXTS.title)),
      h('p', { class: 'amount', id: 'asked-amount' }, formatYuan(shown.amount)),
      h('p', {}, `${say(shown.place)} · ${shown.shortNumber}`),
      h('p', { class: 'pin-dots', 'aria-hidden': 'true' }, dots.join(' ')),
      h('p', { class: 'hint', role: 'status', id: 'asked-note' }, say(this.note)),
      h('div', { class: 'pin-pad' }, ...KEYS.map((key) => this.key(key))),
      h(
        'button',
        {
          type: 'button',
          class: 'main danger',
          id: 'asked-refuse',
          onclick: () => void this.answer('refuse'),
        },
        say(TEXTS.refuse),
      ),
      h('p', { class: 'hint' }, say(TEXTS.left).replace('{n}', String(this.secondsLeft()))),
    );
  }

  private key(key: (typeof KEYS)[number]): HTMLElement {
    if (key === '') return h('span');
    const onclick = (): void => this.press(key);
    return h('button', { type: 'button', class: 'quiet', 'data-pin': key, onclick }, key);
  }
}
