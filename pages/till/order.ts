import { fenOf, typed, type AmountKey } from './amount-entry.js';

/** A dish of the sale that is being put together. Only its amount leaves the till, in the sum. */
export type Item =
  | { readonly kind: 'typed'; readonly amount: number }
  | {
      readonly kind: 'weighed';
      readonly amount: number;
      readonly grams: number;
      /** Fen. */
      readonly per100Grams: number;
    };

export type ScaleField = 'gross' | 'tare' | 'price';

/** What stays on the scale from one dish to the next: the same plates, the same price. */
export type Scale = { readonly tare: string; readonly price: string };

const ITEMS_MAX = 30;
const GRAMS = /^(?:0|[1-9]\d{0,4})?$/;
/** No dish costs more than ¥999 for 100 g. */
const PRICE = /^\d{0,3}(?:\.\d{0,2})?$/;

/** Fen, half a fen rounded up: whole numbers all the way. */
export function weighedAmount(grams: number, per100Grams: number): number {
  return Math.floor((grams * per100Grams + 50) / 100);
}

/** One sale being put together: dishes that were added, and the one that is typed or weighed now. */
export class Order {
  private added: readonly Item[] = [];
  private text = '';
  private gross = '';
  private scale: Scale;
  isWeighing = false;
  field: ScaleField = 'gross';

  constructor(scale: Scale | null = null) {
    this.scale = scale ?? { tare: '', price: '' };
  }

  get items(): readonly Item[] {
    return this.added;
  }

  /** As it was typed: `12.5`. */
  get typed(): string {
    return this.text;
  }

  get kept(): Scale {
    return this.scale;
  }

  /** The text of a field of the scale: grams, or yuan for 100 g. */
  on(field: ScaleField): string {
    return field === 'gross' ? this.gross : this.scale[field];
  }

  press(key: AmountKey): void {
    if (!this.isWeighing) this.text = typed(this.text, key);
    else if (this.field === 'price') this.set(typed(this.scale.price, key));
    else this.set(this.on(this.field) === '0' ? key : this.on(this.field) + key);
  }

  erase(): void {
    if (this.isWeighing) this.set(this.on(this.field).slice(0, -1));
    else this.text = this.text.slice(0, -1);
  }

  /** What is typed now; when nothing is, the dishes too. */
  clear(): void {
    if (this.current() === null) this.added = [];
    this.gross = '';
    this.text = '';
  }

  /** Sold: the scale keeps its tare and its price. */
  finish(): void {
    this.added = [];
    this.gross = '';
    this.text = '';
  }

  /** Puts what is typed or weighed now among the dishes. @returns whether there was anything */
  add(): boolean {
    const item = this.current();
    if (item === null || this.added.length >= ITEMS_MAX) return false;
    this.added = [...this.added, item];
    this.gross = '';
    this.text = '';
    return true;
  }

  remove(index: number): void {
    this.added = this.added.filter((_, other) => other !== index);
  }

  /** @returns what makes it as it is now again, after a scanner's digits were taken for typing */
  remember(): () => void {
    const { text, gross, scale } = this;
    return () => {
      Object.assign(this, { text, gross, scale });
    };
  }

  /** The dish that is typed or weighed now; null while it comes to nothing. */
  current(): Item | null {
    if (!this.isWeighing) {
      const amount = fenOf(this.text);
      return amount > 0 ? { kind: 'typed', amount } : null;
    }
    const grams = Number(this.gross) - Number(this.scale.tare);
    const per100Grams = fenOf(this.scale.price);
    const amount = grams > 0 ? weighedAmount(grams, per100Grams) : 0;
    return amount > 0 ? { kind: 'weighed', amount, grams, per100Grams } : null;
  }

  /** Fen, of all dishes and of the one that is not added yet. */
  total(): number {
    const now = this.current()?.amount ?? 0;
    return this.added.reduce((sum, { amount }) => sum + amount, now);
  }

  private set(text: string): void {
    if (!(this.field === 'price' ? PRICE : GRAMS).test(text)) return;
    if (this.field === 'gross') this.gross = text;
    else this.scale = { ...this.scale, [this.field]: text };
  }
}
