import { h, starts } from '../shared/element.js';
import { language, say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import type { AmountKey } from './amount-entry.js';
import type { Item, Order, ScaleField } from './order.js';

const KEYS: readonly AmountKey[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0', '.'];

const TEXTS = {
  clear: { zh: '清除', en: 'Clear' },
  erase: { zh: '退格', en: 'Erase' },
  add: { zh: '＋再加', en: '+ Add' },
  paste: { zh: '扫码或粘贴付款码数字', en: 'Scan or paste the digits' },
  charge: { zh: '收款', en: 'Charge' },
  weigh: { zh: '称重', en: 'Weigh' },
  camera: { zh: '摄像头', en: 'Camera' },
  pinTool: { zh: '学号＋密码', en: 'Number + PIN' },
  gross: { zh: '总重（克）', en: 'Weight (g)' },
  tare: { zh: '餐具（克）', en: 'Plate (g)' },
  price: { zh: '元／100 克', en: '¥ per 100 g' },
  dishes: { zh: '这一单', en: 'This sale' },
  remove: { zh: '去掉', en: 'Remove' },
  sum: { zh: '合计', en: 'Sum' },
} as const satisfies Record<string, LocalText>;

/** The sum in the largest type; `note` says what comes next, or why not. */
export function amountLine(shown: string, note: string, state: string): HTMLElement {
  return h(
    'div',
    { class: `amount-line ${state}` },
    h('p', { class: 'amount', id: 'amount' }, shown),
    h('p', { class: 'note' }, note),
  );
}

/** A field for what a scanner types, or for what was copied; it keeps its text through every change of the page. */
export function scanForm(scanned: (text: string) => void): HTMLFormElement {
  const input = h('input', {
    name: 'scan',
    inputmode: 'none',
    autocomplete: 'off',
    maxlength: '500',
  });
  const submit = starts(() => {
    const { value } = input;
    input.value = '';
    input.blur();
    if (value.trim() !== '') scanned(value);
    return Promise.resolve();
  });
  return h(
    'form',
    { class: 'scan', onsubmit: submit },
    input,
    h('button', { class: 'main', type: 'submit' }),
  );
}

/** After the language changed. */
export function nameScanForm(form: HTMLFormElement): void {
  const [input, button] = [form.querySelector('input'), form.querySelector('button')];
  input?.setAttribute('placeholder', say(TEXTS.paste));
  input?.setAttribute('aria-label', say(TEXTS.paste));
  if (button !== null) button.textContent = say(TEXTS.charge);
}

export type Tool = {
  readonly name: string;
  readonly label: LocalText;
  readonly isOn?: boolean;
  readonly press: () => void;
};

export const weighTool = (isOn: boolean, press: () => void): Tool => ({
  name: 'weigh',
  label: TEXTS.weigh,
  isOn,
  press,
});
export const cameraTool = (isOn: boolean, press: () => void): Tool => ({
  name: 'camera',
  label: TEXTS.camera,
  isOn,
  press,
});

export const pinTool = (press: () => void): Tool => ({ name: 'pin', label: TEXTS.pinTool, press });

/** What the student reads who types number and PIN. */
export const PIN_SHEET = {
  name: 'payer',
  title: { zh: '请同学输入学号和支付密码', en: 'The student types number and payment PIN' },
  number: { zh: '学号', en: 'Student number' },
  pin: { zh: '支付密码', en: 'Payment PIN' },
  submit: { zh: '付款', en: 'Pay' },
  instead: { zh: '请用手机付款码', en: 'Please use the code on the phone' },
} as const;

/** Other ways to come to an amount, or to whoever pays. */
export function toolRow(tools: readonly Tool[]): HTMLElement | false {
  if (tools.length === 0) return false;
  return h(
    'div',
    { class: 'tools' },
    ...tools.map(({ name, label, isOn, press }) =>
      h(
        'button',
        {
          type: 'button',
          'data-tool': name,
          'aria-pressed': isOn === undefined ? undefined : String(isOn),
          onclick: press,
        },
        say(label),
      ),
    ),
  );
}

/** The keys; a scanner's Enter must never press the one that was pressed last, so that none keeps the focus. */
export function keypad(order: Order, changed: () => void): HTMLElement {
  const key = (name: string, label: string, press: () => unknown): HTMLElement => {
    const onclick = (event: Event): void => {
      (event.currentTarget as HTMLElement).blur();
      press();
      changed();
    };
    return h('button', { type: 'button', 'data-key': name, onclick }, label);
  };
  return h(
    'div',
    { class: 'keypad' },
    ...KEYS.map((name) => key(name, name, () => order.press(name))),
    key('erase', '⌫', () => order.erase()),
    key('clear', say(TEXTS.clear), () => order.clear()),
    key('add', `${say(TEXTS.add)} ${order.items.length || ''}`.trim(), () => order.add()),
  );
}

/** What a key of a keyboard does to the order; false for a key that is none of its. */
export function pressOnKeyboard(order: Order, key: string): boolean {
  const deeds: Readonly<Record<string, () => unknown>> = {
    Backspace: () => order.erase(),
    Delete: () => order.clear(),
    Escape: () => order.clear(),
    '+': () => order.add(),
  };
  const digit = KEYS.find((name) => name === key);
  if (digit !== undefined) order.press(digit);
  else if (deeds[key] === undefined) return false;
  else deeds[key]();
  return true;
}

/** Weight, plate and price: the keys go to the one that is chosen. */
export function scalePanel(order: Order, changed: () => void): HTMLElement {
  const field = (name: ScaleField): HTMLElement =>
    h(
      'button',
      {
        type: 'button',
        'data-field': name,
        'aria-pressed': String(order.field === name),
        onclick: () => {
          order.field = name;
          changed();
        },
      },
      h('span', {}, say(TEXTS[name])),
      h('strong', {}, order.on(name) === '' ? '0' : order.on(name)),
    );
  return h('div', { class: 'scale' }, field('gross'), field('tare'), field('price'));
}

/** The dishes of this sale, for the cashier's and the student's eyes; the sum alone is sent. */
export function itemList(order: Order, changed: () => void): HTMLElement | false {
  if (order.items.length === 0) return false;
  const line = (item: Item, index: number): HTMLElement => {
    const remove = (): void => {
      order.remove(index);
      changed();
    };
    const label = `${say(TEXTS.remove)} ${index + 1}`;
    return h(
      'li',
      {},
      h('span', { class: 'hint' }, `${index + 1}`),
      h('span', {}, describeItem(item)),
      h('strong', { class: 'money' }, formatYuan(item.amount)),
      h('button', { type: 'button', class: 'remove', 'aria-label': label, onclick: remove }, '✕'),
    );
  };
  return h(
    'section',
    { class: 'panel items' },
    h('h2', {}, `${say(TEXTS.dishes)} · ${say(TEXTS.sum)} ${formatYuan(order.total())}`),
    h('ol', {}, ...order.items.map(line)),
  );
}

/** `320 克 × ¥2.80/100 克`; nothing for an amount that was typed. */
export function describeItem(item: Item): string {
  if (item.kind === 'typed') return '';
  const gram = language() === 'zh' ? '克' : 'g';
  return `${item.grams} ${gram} × ${formatYuan(item.per100Grams)}/100 ${gram}`;
}
