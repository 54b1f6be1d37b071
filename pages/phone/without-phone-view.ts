import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { confirmed } from './confirm.js';
import type { MoreEntry, OpenedEntry } from './more-view.js';

type StaticCredentials = {
  readonly plastic: string | null;
  readonly numberPin: 'usable' | 'stopped' | 'no_pin';
  readonly caps: { readonly perSale: number; readonly perDay: number };
};

const PATH = '/v1/me/static-credentials';

const TEXTS = {
  title: { zh: '没带手机时付款', en: 'Paying without the phone' },
  hint: { zh: '实体卡、学号和支付密码', en: 'Plastic card, number and PIN' },
  loading: { zh: '加载中…', en: 'Loading…' },
  plastic: { zh: '实体卡', en: 'Plastic card' },
  plasticEnd: { zh: '卡面号码尾号 {end}', en: 'Its printed number ends in {end}' },
  noPlastic: { zh: '没有使用中的实体卡', en: 'None in use' },
  numberPin: { zh: '学号和支付密码', en: 'Number and PIN' },
  usable: { zh: '可在有人值守的收银台使用', en: 'Taken at tills where somebody attends' },
  stopped: {
    zh: '已停用；在“设置”中重新设置支付密码后可用',
    en: 'Stopped; works again after a new payment PIN in Settings',
  },
  no_pin: { zh: '未设置支付密码', en: 'No payment PIN is set' },
  caps: { zh: '单笔最多 {sale}，每天最多 {day}', en: 'At most {sale} at once and {day} a day' },
  stop: { zh: '不是我付的，立即停用', en: 'This was not me: stop it' },
  sure: {
    zh: '实体卡将挂失，学号付款将停用。手机付款码不受影响。',
    en: 'The plastic card is reported lost, and number and PIN are switched off. The code on this phone goes on working.',
  },
  yes: { zh: '停用', en: 'Stop' },
  done: { zh: '已停用', en: 'Stopped' },
} as const satisfies Record<string, LocalText>;

/** One tap and a yes end everything that pays without this phone. `stopped` hears that it is done. */
export function stopButton(stopped: () => void = () => undefined): HTMLElement {
  const told = h('p', { class: 'trouble', role: 'alert' });
  const stop = starts(
    async () => {
      if (!(await confirmed(say(TEXTS.sure), say(TEXTS.yes)))) return;
      await call('POST', `${PATH}/stop`);
      fill(told, say(TEXTS.done));
      stopped();
    },
    (error) => {
      fill(told, say(reasonOf(error)));
    },
  );
  const onclick = (event: Event): void => {
    // The line that it stands in has a tap of its own.
    event.stopPropagation();
    stop(event);
  };
  const style = { type: 'button', class: 'main danger', onclick, 'data-stop': true } as const;
  return h('div', {}, h('button', style, say(TEXTS.stop)), told);
}

class WithoutPhone implements OpenedEntry {
  readonly content = h('div', { id: 'without-phone' });
  private known: StaticCredentials | null = null;

  constructor() {
    this.draw();
    void this.look();
  }

  redraw(): void {
    this.draw();
  }

  close(): void {
    // Nothing goes on.
  }

  private async look(): Promise<void> {
    try {
      this.known = await call<StaticCredentials>('GET', PATH);
      this.draw();
    } catch (error) {
      fill(this.content, h('p', { class: 'trouble' }, say(reasonOf(error))));
    }
  }

  private draw(): void {
    const { known } = this;
    if (known === null) {
      fill(this.content, h('p', { class: 'empty' }, say(TEXTS.loading)));
      return;
    }
    const { plastic, numberPin, caps } = known;
    const most = say(TEXTS.caps)
      .replace('{sale}', formatYuan(caps.perSale))
      .replace('{day}', formatYuan(caps.perDay));
    fill(
      this.content,
      h(
        'section',
        { class: 'panel' },
        h('h3', {}, say(TEXTS.plastic)),
        h(
          'p',
          { id: 'plastic' },
          plastic === null ? say(TEXTS.noPlastic) : say(TEXTS.plasticEnd).replace('{end}', plastic),
        ),
        h('h3', {}, say(TEXTS.numberPin)),
        h('p', { id: 'number-pin' }, say(TEXTS[numberPin])),
        h('p', { class: 'hint' }, most),
        (plastic !== null || numberPin === 'usable') && stopButton(() => void this.look()),
      ),
    );
  }
}

export const withoutPhoneEntry: MoreEntry = {
  id: 'without-phone',
  title: TEXTS.title,
  hint: TEXTS.hint,
  open: () => new WithoutPhone(),
};
