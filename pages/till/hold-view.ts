import { fill, h, starts } from '../shared/element.js';
import { language, say } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { TerminalProblem, type OpenHold } from '@campus-paycode/terminal-client/pure';
import type { WireTariff } from '@campus-paycode/terminal-protocol';

type Metered = Extract<WireTariff, { type: 'metered' }>;

/** A device in use: a slider plays the meter, then the rest of the hold goes back. */
export function holdPanel(
  hold: OpenHold,
  tariff: Metered,
  settle: (amount: number) => Promise<void>,
): HTMLElement {
  const zh = language() === 'zh';
  const most = Math.floor((hold.held - hold.captured) / tariff.unitPrice);
  const slider = h('input', {
    type: 'range',
    min: '0',
    max: String(most),
    value: '0',
    name: 'used',
  });
  const told = h('p', { class: 'big', id: 'used' });
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const amount = (): number => Number(slider.value) * tariff.unitPrice;
  const show = (): void => {
    const unit = zh && tariff.unit === 'liter' ? '升' : tariff.unit;
    fill(told, `${slider.value} ${unit} = ${formatYuan(amount())}`);
  };
  slider.addEventListener('input', show);
  show();
  const button = h(
    'button',
    { class: 'main', type: 'button', id: 'settle' },
    zh ? '结束并结算' : 'Settle',
  );
  const run = starts(
    () => {
      button.disabled = true;
      return settle(amount());
    },
    (error) => {
      button.disabled = false;
      fill(trouble, error instanceof TerminalProblem ? say(error.problem.message) : '');
    },
  );
  button.addEventListener('click', run);
  return h(
    'div',
    { class: 'panel hold' },
    h('h2', {}, zh ? '使用中' : 'In use'),
    h('p', {}, `${zh ? '已预扣' : 'Set aside'} ${formatYuan(hold.held)}`),
    h('label', {}, zh ? '用量' : 'Used', slider),
    told,
    trouble,
    button,
  );
}
