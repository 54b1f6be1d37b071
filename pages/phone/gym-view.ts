import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import { buy, finish, unfinished, type Purchased } from './buy.js';
import { confirmed } from './confirm.js';
import { gymTexts as texts } from './gym-texts.js';
import type { MoreEntry, OpenedEntry, Phone } from './more-view.js';

type Occupancy = {
  readonly placeId: string;
  readonly name: LocalText;
  readonly inside: number;
  readonly capacity: number | null;
  readonly opens: string;
  readonly closes: string;
  readonly open: boolean;
};
type Pass = {
  readonly passId: string;
  readonly places: readonly string[];
  readonly firstDay: string;
  readonly lastDay: string;
  readonly from: string;
  readonly until: string;
  readonly uses: number | null;
  readonly used: number;
};
type Offer = Pick<Pass, 'places' | 'from' | 'until' | 'uses'> & {
  readonly offerId: string;
  readonly name: LocalText;
  readonly days: number;
  readonly amount: number;
};
type Visit = {
  readonly visitId: string;
  readonly place: LocalText;
  readonly charge: 'free' | 'pass' | 'entry' | 'time';
  readonly inside: boolean;
  readonly enteredAt: string;
  readonly closesAt: string;
  readonly endedAt: string | null;
  readonly endReason: string | null;
  readonly minutePrice: number | null;
  readonly most: number;
  readonly cost: number;
};

const PATH = '/v1/me/passes';
const REFRESH_MILLIS = 30_000;
const heard = /^(visit|pass|payment)\./;

const format = (text: LocalText, values: Readonly<Record<string, string | number>>): string =>
  say(text).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** How full the halls are, the visit under way, passes and where to buy one, and the visits before. */
class GymView implements OpenedEntry {
  readonly content = h('div', { class: 'gym' });
  private places: readonly Occupancy[] = [];
  private passes: readonly Pass[] = [];
  private offers: readonly Offer[] = [];
  private visits: readonly Visit[] = [];
  private told: LocalText | null = null;
  private isBusy = false;
  private isLoaded = false;
  private readonly timer = setInterval(() => void this.load(), REFRESH_MILLIS);

  constructor(private readonly phone: Phone) {
    this.draw();
    void this.load();
    // A purchase whose answer was lost is asked for before anything else is bought.
    if (unfinished()?.path === PATH) void this.attempt(() => finish(phone));
  }

  redraw(event?: string): void {
    if (event === undefined) this.draw();
    else if (heard.test(event)) void this.load();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async load(): Promise<void> {
    try {
      const [places, passes, offers, visits] = await Promise.all([
        call<{ places: Occupancy[] }>('GET', '/v1/occupancies'),
        call<{ passes: Pass[] }>('GET', PATH),
        call<{ offers: Offer[] }>('GET', `${PATH}/offers`),
        call<{ visits: Visit[] }>('GET', '/v1/me/visits'),
      ]);
      this.places = places.places;
      this.passes = passes.passes;
      this.offers = offers.offers;
      this.visits = visits.visits;
      this.isLoaded = true;
    } catch (error) {
      this.told = reasonOf(error);
    }
    this.draw();
  }

  private async attempt(purchase: () => Promise<Purchased | null>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.told = texts.buying;
    this.draw();
    try {
      this.told = (await purchase())?.message ?? null;
    } catch (error) {
      this.told = unfinished() === null ? reasonOf(error) : texts.unknown;
    } finally {
      this.isBusy = false;
    }
    await this.load();
  }

  private async order(offer: Offer): Promise<void> {
    const price = { name: say(offer.name), amount: formatYuan(offer.amount) };
    if (!(await confirmed(format(texts.sure, price), say(texts.buy)))) return;
    await this.attempt(async () => buy(this.phone, PATH, { offerId: offer.offerId }));
  }

  private draw(): void {
    const [current] = this.visits;
    const isUnknown = !this.isBusy && unfinished()?.path === PATH;
    fill(
      this.content,
      current?.inside === true && this.underWay(current),
      this.told !== null &&
        h('p', { class: 'panel notice', role: 'status', id: 'gym-told' }, say(this.told)),
      isUnknown &&
        h(
          'button',
          {
            type: 'button',
            class: 'main',
            id: 'gym-again',
            onclick: starts(() => this.attempt(() => finish(this.phone))),
          },
          say(texts.askAgain),
        ),
      ...this.places.map((place) => this.fullness(place)),
      this.list(
        texts.passes,
        texts.noPasses,
        this.passes.map((pass) => this.passLine(pass)),
      ),
      this.offers.length > 0 &&
        this.list(
          texts.offers,
          texts.noPasses,
          this.offers.map((offer) => this.offerLine(offer)),
        ),
      this.list(
        texts.visits,
        texts.noVisits,
        this.visits.filter(({ inside }) => !inside).map(visitLine),
      ),
    );
  }

  private underWay(visit: Visit): HTMLElement {
    const since = format(texts.inside, { time: formatTime(visit.enteredAt).slice(-5) });
    const byTime = visit.minutePrice !== null;
    return h(
      'section',
      { class: 'panel visit', id: 'gym-visit' },
      h('h2', {}, `${say(visit.place)} · ${since}`),
      byTime && h('p', { class: 'big', id: 'gym-cost' }, formatYuan(visit.cost)),
      h('p', { class: 'hint' }, this.costHint(visit)),
      h('p', { class: 'hint' }, say(texts.scanOut)),
    );
  }

  private costHint({ charge, most, minutePrice, cost }: Visit): string {
    if (minutePrice !== null) {
      const values = { most: formatYuan(most), each: formatYuan(minutePrice) };
      return format(texts.byTime, values);
    }
    if (charge === 'entry') return format(texts.byEntry, { amount: formatYuan(cost) });
    return say(charge === 'pass' ? texts.byPass : texts.free);
  }

  private fullness({ placeId, name, inside, capacity, opens, closes, open }: Occupancy): Node {
    const count =
      capacity === null ? format(texts.now, { inside }) : format(texts.nowOf, { inside, capacity });
    return h(
      'section',
      { class: 'panel fullness', 'data-place': placeId },
      h(
        'div',
        { class: 'row' },
        h('strong', {}, say(name)),
        h('span', {}, open ? count : say(texts.closed)),
      ),
      capacity !== null &&
        open &&
        h('meter', { min: '0', max: String(capacity), value: String(Math.min(inside, capacity)) }),
      h('p', { class: 'hint' }, format(texts.hours, { opens, closes })),
    );
  }

  private list(title: LocalText, none: LocalText, lines: readonly Node[]): Node {
    return h(
      'section',
      { class: 'panel' },
      h('h2', {}, say(title)),
      lines.length === 0
        ? h('p', { class: 'hint' }, say(this.isLoaded ? none : texts.loading))
        : h('ul', { class: 'list inner' }, ...lines),
    );
  }

  private namesOf(places: readonly string[]): string {
    const names = this.places.filter(({ placeId }) => places.includes(placeId));
    return names.map(({ name }) => say(name)).join(say(texts.comma));
  }

  private passLine({ passId, places, lastDay, from, until, uses, used }: Pass): Node {
    const left = uses === null ? say(texts.anyNumber) : format(texts.left, { n: uses - used });
    const days = format(texts.until, { day: lastDay.slice(5) });
    const hours = from === '00:00' && until === '24:00' ? '' : ` · ${from}–${until}`;
    return h(
      'li',
      { 'data-pass': passId },
      h(
        'div',
        {},
        h('strong', {}, this.namesOf(places)),
        h('span', { class: 'hint' }, `${days}${hours}`),
      ),
      h('strong', {}, left),
    );
  }

  private offerLine(offer: Offer): Node {
    const uses = offer.uses === null ? texts.anyNumber : texts.times;
    const what = `${format(texts.days, { n: offer.days })} · ${format(uses, { n: offer.uses ?? 0 })}`;
    const hours =
      offer.from === '00:00' && offer.until === '24:00' ? '' : ` · ${offer.from}–${offer.until}`;
    const action = {
      type: 'button',
      class: 'price',
      'data-offer': offer.offerId,
      disabled: this.isBusy || unfinished() !== null,
      onclick: starts(() => this.order(offer)),
    };
    return h(
      'li',
      {},
      h(
        'div',
        {},
        h('strong', {}, say(offer.name)),
        h('span', { class: 'hint' }, `${what}${hours}`),
        h('span', { class: 'hint' }, this.namesOf(offer.places)),
      ),
      h('button', action, formatYuan(offer.amount)),
    );
  }
}

function visitLine({ place, enteredAt, endedAt, endReason, cost }: Visit): Node {
  const times = `${formatTime(enteredAt)}–${endedAt === null ? '' : formatTime(endedAt).slice(-5)}`;
  return h(
    'li',
    {},
    h(
      'div',
      {},
      h('strong', {}, say(place)),
      h('span', { class: 'hint' }, times),
      endReason === 'forgotten' && h('span', { class: 'reason' }, say(texts.forgotten)),
    ),
    h('div', { class: 'money' }, h('strong', {}, formatYuan(-cost))),
  );
}

export const gymEntry: MoreEntry = {
  id: 'gym',
  title: texts.title,
  hint: texts.hint,
  open: (phone) => new GymView(phone),
};
