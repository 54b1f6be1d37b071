import { fill, h } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';

/** What an entry may use of the phone that it is shown on. */
export type Phone = {
  /** A fresh payment code of this phone; null while it makes none. Each pays once. */
  readonly nextCode: () => string | null;
  /** Unix milliseconds by the service's clock. */
  readonly now: () => number;
  /** Asks at once when a sale of this phone waits for a word. */
  readonly lookAsked: () => void;
  /** Money has moved: balance and payments are fetched again. */
  readonly refresh: () => void;
};

/** An entry while it is on the screen; it draws itself, and again when it is told to. */
export interface OpenedEntry {
  readonly content: HTMLElement;
  /** The language has changed, or the service gave a hint such as `payment.approved`. */
  redraw(event?: string): void;
  /** It is left: no timer goes on. */
  close(): void;
}

export type MoreEntry = {
  readonly id: string;
  readonly title: LocalText;
  readonly hint: LocalText;
  open(phone: Phone): OpenedEntry;
};

const BACK = { zh: '返回', en: 'Back' } as const satisfies LocalText;

/** Everything that a phone does besides paying, one line each. */
export class MoreView {
  private opened: { readonly entry: MoreEntry; readonly view: OpenedEntry } | null = null;
  private readonly root = h('section', { class: 'more-view', id: 'more' });

  constructor(
    private readonly entries: readonly MoreEntry[],
    private readonly phone: Phone,
  ) {}

  content(): HTMLElement {
    if (this.root.childElementCount === 0) this.draw();
    return this.root;
  }

  redraw(event?: string): void {
    if (event === undefined) this.draw();
    this.opened?.view.redraw(event);
  }

  close(): void {
    this.opened?.view.close();
    this.opened = null;
    fill(this.root);
  }

  private open(entry: MoreEntry): void {
    this.opened = { entry, view: entry.open(this.phone) };
    this.draw();
  }

  private draw(): void {
    if (this.opened === null) {
      fill(
        this.root,
        h('ul', { class: 'list' }, ...this.entries.map((entry) => this.lineOf(entry))),
      );
      return;
    }
    const { entry, view } = this.opened;
    const back = (): void => {
      this.close();
      this.draw();
    };
    fill(
      this.root,
      h('button', { type: 'button', class: 'back', id: 'more-back', onclick: back }, say(BACK)),
      h('h2', {}, say(entry.title)),
      view.content,
    );
  }

  private lineOf(entry: MoreEntry): HTMLElement {
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: 'entry',
          id: `more-${entry.id}`,
          onclick: () => this.open(entry),
        },
        h('strong', {}, say(entry.title)),
        h('span', { class: 'hint' }, say(entry.hint)),
      ),
    );
  }
}
