import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import { buy, finish, unfinished } from './buy.js';
import { qrSymbol } from './code-symbols.js';
import { picture } from './code-view.js';
import type { MoreEntry, OpenedEntry, Phone } from './more-view.js';
import { ROOM_TEXTS as TEXTS, unitsOf, type Meter, type Room } from './room-texts.js';

type Line = {
  readonly kind: 'purchase' | 'take_back' | 'reading' | 'ticket' | 'moved';
  readonly amount: number;
  readonly creditAfter: number;
  readonly units: number | null;
  readonly happenedAt: string;
};

type Ticket = { readonly number: number; readonly units: number; readonly expiresAt: string } & {
  readonly digits: string;
};

/** What is opened below a meter. */
type Below =
  | { readonly kind: 'confirm'; readonly amount: number }
  | { readonly kind: 'statement'; readonly lines: readonly Line[] }
  | { readonly kind: 'ticket'; readonly ticket: Ticket };

const CHOICES = [2_000, 5_000, 10_000];
const PATH = '/v1/me/meters/';

const told = (text: LocalText, value: string): string => say(text).replace('{n}', value);
const id = (meter: Meter): string => `meter-${meter.meterId}`;

const isUnfinishedHere = (): boolean => unfinished()?.path.startsWith(PATH) === true;

class RoomsView implements OpenedEntry {
  readonly content = h('div', { id: 'rooms' });
  private readonly trouble = h('p', { class: 'trouble', role: 'alert' });
  private rooms: readonly Room[] | null = null;
  private readonly below = new Map<string, Below>();
  private isBuying = false;
  private said: LocalText | null = null;

  constructor(private readonly phone: Phone) {
    this.draw();
    void this.look();
    // What was paid when the network went: its end is asked for before anything else is bought.
    if (isUnfinishedHere()) void this.pay(() => finish(phone));
  }

  redraw(event?: string): void {
    this.draw();
    if (event?.startsWith('credit.') === true) void this.look();
  }

  close(): void {
    this.below.clear();
  }

  private async look(): Promise<void> {
    try {
      const { rooms } = await call<{ rooms: Room[] }>('GET', '/v1/me/rooms');
      this.rooms = rooms;
      this.draw();
    } catch (error) {
      fill(this.trouble, say(reasonOf(error)));
    }
  }

  private async pay(
    buying: () => Promise<{ verdict: string; message: LocalText } | null>,
  ): Promise<void> {
    this.isBuying = true;
    this.said = null;
    this.draw();
    try {
      this.said = (await buying())?.message ?? null;
    } catch (error) {
      this.said = reasonOf(error);
    } finally {
      this.isBuying = false;
      this.below.clear();
    }
    await this.look();
    this.draw();
  }

  private draw(): void {
    const { rooms } = this;
    const isEmpty = rooms?.every(({ meters }) => meters.length === 0) ?? true;
    fill(
      this.content,
      isEmpty && h('p', { class: 'empty' }, say(rooms === null ? TEXTS.loading : TEXTS.none)),
      ...(rooms ?? []).flatMap((room) => room.meters.map((meter) => this.panelOf(room, meter))),
      this.said !== null && h('p', { role: 'status', id: 'rooms-said' }, say(this.said)),
      isUnfinishedHere() &&
        !this.isBuying &&
        this.button('rooms-again', say(TEXTS.again), () => this.pay(() => finish(this.phone))),
      this.trouble,
    );
  }

  private panelOf({ building, number }: Room, meter: Meter): HTMLElement {
    const { kind, credit, networked, warnBelow } = meter;
    const isLow = networked && credit < warnBelow;
    return h(
      'section',
      { class: 'panel', id: id(meter) },
      h('h3', {}, `${building} ${number} · ${say(TEXTS[kind])}`),
      networked
        ? h('strong', { class: isLow ? 'trouble' : '' }, told(TEXTS.credit, formatYuan(credit)))
        : h('p', {}, say(TEXTS.byTicket)),
      isLow && h('p', { class: 'trouble' }, say(credit < 0 ? TEXTS.owing : TEXTS.low)),
      h('p', { class: 'hint' }, this.readOf(meter)),
      h(
        'p',
        { class: 'choices' },
        ...CHOICES.map((amount) =>
          this.button(`${id(meter)}-${amount}`, formatYuan(amount), () => {
            this.show(meter, { kind: 'confirm', amount });
            return Promise.resolve();
          }),
        ),
      ),
      h(
        'p',
        { class: 'choices' },
        this.button(`${id(meter)}-lines`, say(TEXTS.statement), () => this.openStatement(meter)),
        !networked &&
          this.button(`${id(meter)}-ticket`, say(TEXTS.ticket), () => this.openTicket(meter)),
      ),
      this.belowOf(meter),
    );
  }

  private readOf(meter: Meter): string {
    const { reading, readAt, price, per } = meter;
    const perThousand = (price * 10) / per;
    return told(TEXTS.read, unitsOf(meter.unit, reading))
      .replace('{t}', formatTime(readAt))
      .replace('{p}', `¥${perThousand.toFixed(2)}/${say(TEXTS[`per_${meter.unit}`])}`);
  }

  private button(name: string, text: string, action: () => Promise<void>): HTMLElement {
    const failed = (error: unknown): void => {
      fill(this.trouble, say(reasonOf(error)));
    };
    const onclick = starts(async () => {
      fill(this.trouble);
      await action();
    }, failed);
    // One purchase at a time: the bytes of one whose end is not known must not be lost.
    const disabled = name !== 'rooms-again' && (this.isBuying || unfinished() !== null);
    return h('button', { type: 'button', id: name, disabled, onclick }, text);
  }

  private buy({ meterId }: Meter, amount: number): Promise<void> {
    return this.pay(() => buy(this.phone, `${PATH}${meterId}/credits`, { amount }));
  }

  private async openStatement(meter: Meter): Promise<void> {
    const path = `${PATH}${meter.meterId}/statement`;
    const { lines } = await call<{ lines: Line[] }>('GET', path);
    this.show(meter, { kind: 'statement', lines });
  }

  private async openTicket(meter: Meter): Promise<void> {
    const ticket = await call<Ticket>('GET', `${PATH}${meter.meterId}/ticket`);
    this.show(meter, { kind: 'ticket', ticket });
  }

  private show({ meterId }: Meter, below: Below): void {
    this.below.set(meterId, below);
    this.draw();
    // Above the bar at the bottom, where a meter's scanner sees all of it.
    this.content.querySelector('.ticket')?.scrollIntoView({ block: 'center' });
  }

  private belowOf(meter: Meter): HTMLElement | null {
    const { meterId, unit, kind } = meter;
    const below = this.below.get(meterId);
    if (below === undefined) return null;
    if (below.kind === 'confirm') {
      const text = told(TEXTS.confirm, formatYuan(below.amount)).replace('{k}', say(TEXTS[kind]));
      const pay = this.button(`${id(meter)}-pay`, text, () => this.buy(meter, below.amount));
      pay.className = 'main';
      return pay;
    }
    if (below.kind === 'statement')
      return h('ul', { class: 'list' }, ...below.lines.map((line) => lineOf(line, unit)));
    const { number, units, expiresAt, digits } = below.ticket;
    const groups = digits.match(/.{1,5}/g) ?? [];
    return h(
      'div',
      { class: 'ticket' },
      picture(qrSymbol(digits), 'qr signed'),
      h('p', {}, told(TEXTS.ticketOf, String(number)).replace('{u}', unitsOf(unit, units))),
      h('p', { class: 'hint' }, told(TEXTS.ticketUntil, formatTime(expiresAt))),
      h('details', {}, h('summary', {}, say(TEXTS.digits)), h('code', {}, groups.join(' '))),
    );
  }
}

function lineOf({ kind, amount, creditAfter, units, happenedAt }: Line, unit: Meter['unit']) {
  const used = units === null ? '' : ` · ${unitsOf(unit, units)}`;
  return h(
    'li',
    { class: 'payment' },
    h(
      'div',
      {},
      h('strong', {}, say(TEXTS[kind])),
      h('span', { class: 'hint' }, `${formatTime(happenedAt)}${used}`),
    ),
    h(
      'div',
      { class: 'money' },
      h('strong', {}, formatYuan(amount)),
      h('span', { class: 'hint' }, told(TEXTS.credit, formatYuan(creditAfter))),
    ),
  );
}

export const roomsEntry: MoreEntry = {
  id: 'rooms',
  title: { zh: '房间水电', en: 'Rooms' },
  hint: { zh: '电费和水费：余额、充值、明细', en: 'Electricity and water: credit, buying, use' },
  open: (phone) => new RoomsView(phone),
};
