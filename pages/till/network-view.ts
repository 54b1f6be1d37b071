import { h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { symbol } from './symbols.js';
import type { Till } from './till.js';

const TEXTS = {
  sells: { zh: '网络中断：请扫离线付款码', en: 'No network: scan the offline code' },
  stands: { zh: '网络中断：暂不能收款', en: 'No network: no sales now' },
  waiting: { zh: '离线已收（笔）', en: 'accepted so far' },
  drill: { zh: '演练', en: 'Drill' },
  drillLine: {
    zh: '试一试网络出问题时会怎样',
    en: 'Try out what happens when the network fails',
  },
  off: { zh: '断开网络', en: 'Unplug' },
  on: { zh: '恢复网络', en: 'Plug in' },
  lose: { zh: '丢掉下一笔的回答', en: 'Lose the next answer' },
  loses: { zh: '下一笔的回答会丢失', en: 'The next answer will be lost' },
} as const satisfies Record<string, LocalText>;

/** In large type for as long as the service is out of reach: whether this till sells, and how much it has. */
export function networkLine(offline: ReturnType<Till['offline']>): HTMLElement | false {
  if (offline === null) return false;
  const { count, amount, refusal } = offline;
  const text = say(refusal === undefined ? TEXTS.sells : TEXTS.stands);
  return h(
    'div',
    { class: `network ${refusal ?? 'sells'}` },
    symbol('cable') as HTMLElement,
    h('strong', {}, text),
    count > 0 && h('span', {}, `${say(TEXTS.waiting)} ${count}, ${formatYuan(amount)}`),
  );
}

/** For trying out what happens: as if somebody pulled the cable, or as if one answer got lost on its way. */
export function drills(till: Till, changed: () => void): HTMLElement {
  const plug = h(
    'button',
    { type: 'button', class: 'plain plug', 'aria-pressed': String(!till.isPluggedIn) },
    say(till.isPluggedIn ? TEXTS.off : TEXTS.on),
  );
  const press = starts(async () => {
    await till.plug(!till.isPluggedIn);
    changed();
  });
  plug.addEventListener('click', press);
  const lose = (): void => {
    till.loseNextAnswer(!till.losesNextAnswer);
    changed();
  };
  const isOn = till.losesNextAnswer || !till.isPluggedIn;
  // Drawn anew, it stays as somebody left it.
  const isOpen = document.querySelector<HTMLDetailsElement>('details.drill')?.open ?? false;
  return h(
    'details',
    { class: `drill ${isOn ? 'on' : ''}`, open: isOpen },
    h('summary', { class: 'plain' }, say(TEXTS.drill)),
    h(
      'div',
      {},
      h('p', {}, say(TEXTS.drillLine)),
      plug,
      h(
        'button',
        {
          type: 'button',
          class: 'plain lose',
          'aria-pressed': String(till.losesNextAnswer),
          onclick: lose,
        },
        say(till.losesNextAnswer ? TEXTS.loses : TEXTS.lose),
      ),
    ),
  );
}
