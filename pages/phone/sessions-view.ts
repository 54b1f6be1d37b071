import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import type { MoreEntry, OpenedEntry, Phone } from './more-view.js';

/** One use of a shower, a washer or a charger, as the service says it. */
type Session = {
  readonly sessionId: string;
  readonly place: LocalText;
  readonly state: 'running' | 'ended';
  readonly unit: 'liter' | 'kwh' | 'minute';
  readonly unitPrice: number;
  readonly programme: { readonly name: LocalText } | null;
  readonly held: number;
  /** Thousandths of the unit. */
  readonly reading: number;
  readonly amount: number;
  readonly stop: boolean;
  readonly beganAt: string;
  readonly reportedAt: string | null;
  readonly expiresAt: string;
  readonly endedAt: string | null;
  readonly endReason: 'final' | 'expired' | 'office' | 'taken_back' | 'declined' | null;
};

const LOOK_MILLIS = 5_000;

const TEXTS = {
  loading: { zh: '加载中…', en: 'Loading…' },
  none: {
    zh: '还没有使用记录。在淋浴、洗衣机或充电桩上出示付款码即可开始。',
    en: 'Nothing yet. Show your code at a shower, a washer or a charger to start.',
  },
  soFar: { zh: '已用', en: 'Used so far' },
  used: { zh: '用量', en: 'Used' },
  held: { zh: '预留 {n}，未用部分自动退回', en: '{n} set aside; what is not used comes back' },
  until: { zh: '最晚 {n} 自动结束', en: 'Ends by itself at {n} at the latest' },
  reported: { zh: '设备于 {n} 上报', en: 'The device said so at {n}' },
  waiting: { zh: '等待设备上报用量', en: 'The device has not said anything yet' },
  stop: { zh: '停止使用', en: 'Stop the device' },
  stopping: {
    zh: '已通知设备，它将在下次上报时停止',
    en: 'The device will stop at its next report',
  },
  final: { zh: '按设备最后读数收费', en: 'Charged by the last reading of the device' },
  expired: {
    zh: '到时自动结束，按设备最后一次上报收费',
    en: 'Ended by the clock; charged by what the device said last',
  },
  office: {
    zh: '由管理员结束，按设备最后一次上报收费',
    en: 'Ended by the office; charged by what the device said last',
  },
  signed: { zh: '查看设备签名的读数', en: 'What the device signed' },
  taken_back: { zh: '已撤销，未收费', en: 'Taken back; nothing was charged' },
  declined: { zh: '未确认付款，未收费', en: 'Not confirmed; nothing was charged' },
} as const satisfies Record<string, LocalText>;

const UNITS = {
  liter: { zh: '升', en: 'l' },
  kwh: { zh: '千瓦时', en: 'kWh' },
  minute: { zh: '分钟', en: 'min' },
} as const satisfies Record<Session['unit'], LocalText>;

const told = (text: LocalText, value: string): string => say(text).replace('{n}', value);

/** What the device counted: `27.4 升 × ¥0.05`, or the programme by its name. */
export function usageOf({ unit, reading, unitPrice, programme }: Session): string {
  if (programme !== null) return say(programme.name);
  const units = (reading / 1_000).toFixed(unit === 'kwh' ? 2 : 1);
  return `${units} ${say(UNITS[unit])} × ${formatYuan(unitPrice)}`;
}

class SessionsView implements OpenedEntry {
  readonly content = h('div', { id: 'sessions' });
  private sessions: readonly Session[] | null = null;
  private readonly timer = setInterval(() => {
    if (this.sessions?.some(({ state }) => state === 'running') === true) void this.look();
  }, LOOK_MILLIS);

  constructor(private readonly phone: Phone) {
    this.draw();
    void this.look();
  }

  redraw(event?: string): void {
    this.draw();
    if (event?.startsWith('session.') === true) void this.look();
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** What could not be fetched stays as it was. */
  private async look(): Promise<void> {
    try {
      const { sessions } = await call<{ sessions: Session[] }>('GET', '/v1/me/sessions');
      const ended = (list: readonly Session[] | null): number =>
        list?.filter(({ state }) => state === 'ended').length ?? 0;
      const before = this.sessions;
      this.sessions = sessions;
      if (before !== null && ended(sessions) > ended(before)) this.phone.refresh();
      this.draw();
    } catch {
      // The next look tries again.
    }
  }

  private draw(): void {
    const { sessions } = this;
    if (sessions === null || sessions.length === 0) {
      const text = say(sessions === null ? TEXTS.loading : TEXTS.none);
      fill(this.content, h('p', { class: 'empty' }, text));
      return;
    }
    const running = sessions.filter(({ state }) => state === 'running');
    const ended = sessions.filter(({ state }) => state === 'ended');
    fill(
      this.content,
      ...running.map((session) => this.panelOf(session)),
      ended.length > 0 && h('ul', { class: 'list' }, ...ended.map(lineOf)),
    );
  }

  private panelOf(session: Session): HTMLElement {
    const { place, amount, held, expiresAt, reportedAt } = session;
    return h(
      'section',
      { class: 'panel session' },
      h('h3', {}, say(place)),
      h('p', {}, `${say(TEXTS.soFar)} ${usageOf(session)}`),
      h('strong', { class: 'session-amount' }, formatYuan(amount)),
      h('p', { class: 'hint' }, told(TEXTS.held, formatYuan(held))),
      h('p', { class: 'hint' }, told(TEXTS.until, formatTime(expiresAt))),
      h(
        'p',
        { class: 'hint' },
        reportedAt === null ? say(TEXTS.waiting) : told(TEXTS.reported, formatTime(reportedAt)),
      ),
      session.stop ? h('p', {}, say(TEXTS.stopping)) : this.stopButton(session),
    );
  }

  private stopButton({ sessionId }: Session): HTMLElement {
    const trouble = h('p', { class: 'trouble', role: 'alert' });
    const stop = starts(
      async () => {
        await call('POST', `/v1/me/sessions/${sessionId}/stop`);
        await this.look();
      },
      (error) => {
        fill(trouble, say(reasonOf(error)));
        void this.look();
      },
    );
    const style = { type: 'button', class: 'main danger', onclick: stop } as const;
    return h('div', {}, h('button', style, say(TEXTS.stop)), trouble);
  }
}

function lineOf(session: Session): HTMLElement {
  const { sessionId, place, beganAt, reportedAt, amount, endReason } = session;
  return h(
    'li',
    { class: 'payment' },
    h(
      'div',
      {},
      h('strong', {}, say(place)),
      h('span', { class: 'hint' }, `${formatTime(beganAt)} · ${usageOf(session)}`),
      endReason !== null && h('span', { class: 'hint' }, say(TEXTS[endReason])),
      reportedAt !== null &&
        h(
          'a',
          { href: `/v1/me/sessions/${sessionId}/reading`, target: '_blank' },
          say(TEXTS.signed),
        ),
    ),
    h('div', { class: 'money' }, h('strong', {}, formatYuan(-amount))),
  );
}

export const sessionsEntry: MoreEntry = {
  id: 'sessions',
  title: { zh: '淋浴、洗衣与充电', en: 'Showers, washers, chargers' },
  hint: { zh: '正在使用的设备、用量和费用', en: 'What is running, what it uses and costs' },
  open: (phone) => new SessionsView(phone),
};
