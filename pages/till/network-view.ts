import { h, starts } from '../shared/element.js';
import { language, say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import type { Till } from './till.js';

const TEXTS = {
  sells: { zh: '网络中断：请扫离线付款码', en: 'No network: scan the offline code' },
  stands: { zh: '网络中断：暂不能收款', en: 'No network: no sales now' },
  waiting: { zh: '离线已收（笔）', en: 'accepted so far' },
  off: { zh: '断开网络', en: 'Unplug' },
  on: { zh: '恢复网络', en: 'Plug in' },
} as const satisfies Record<string, LocalText>;

/** In large type for as long as the service is out of reach: whether this till sells, and how much it has. */
export function networkLine(offline: ReturnType<Till['offline']>): HTMLElement | false {
  if (offline === null) return false;
  const { count, amount, refusal } = offline;
  const text = say(refusal === undefined ? TEXTS.sells : TEXTS.stands);
  const sum = count > 0 ? ` · ${say(TEXTS.waiting)} ${count}, ${formatYuan(amount)}` : '';
  return h('strong', { class: `network ${refusal ?? 'sells'}`, role: 'status' }, text + sum);
}

/** For trying out what happens without a network: as if somebody pulled the cable. */
export function networkSwitch(till: Till, changed: () => void): HTMLElement {
  const press = starts(async () => {
    await till.plug(!till.isPluggedIn);
    changed();
  });
  const label = till.isPluggedIn ? TEXTS.off : TEXTS.on;
  const button = h('button', { type: 'button', class: 'plain plug' }, label[language()]);
  button.addEventListener('click', press);
  return button;
}
