/** What a card's money should do, in a few lines and in memory: the real books are held against it. */

export type Line = { readonly purse: Purse; readonly amount: number; taken: number };
export type Purse = { readonly until: number | null; balance: number; held: number };

export type ModelSale = {
  readonly amount: number;
  readonly lines: Line[];
  /** Seconds at which a hold ends by itself; null for a sale that was captured at once. */
  readonly holdUntil: number | null;
  state: 'captured' | 'held' | 'released' | 'declined' | 'reversed';
  captured: number;
  /** The money of a hold whose time is over is free, before anybody has swept. */
  isFreed: boolean;
  endedBy: 'capture' | 'expiry' | 'reversal' | null;
};

export class CardModel {
  readonly cash: Purse = { until: null, balance: 0, held: 0 };
  readonly subsidies: Purse[] = [];
  readonly sales: ModelSale[] = [];
  merchant = 0;
  spent = 0;
  now = 0;

  constructor(private readonly dayLimit: number) {}

  tick(seconds: number): void {
    this.now += seconds;
    for (const sale of this.sales)
      if (sale.state === 'held' && (sale.holdUntil ?? 0) <= this.now) this.free(sale);
  }

  fund(amount: number, until: number | null): void {
    if (until === null) {
      this.cash.balance += amount;
      return;
    }
    const known = this.subsidies.find((purse) => purse.until === until);
    if (known === undefined) this.subsidies.push({ until, balance: amount, held: 0 });
    else known.balance += amount;
  }

  /** @returns the reason for which it is declined, or null. */
  sell(amount: number, holdSeconds: number | null): string | null {
    const holdUntil = holdSeconds === null ? null : this.now + holdSeconds;
    const sale: ModelSale = {
      amount,
      lines: [],
      holdUntil,
      state: 'declined',
      captured: 0,
      isFreed: false,
      endedBy: null,
    };
    this.sales.push(sale);
    if (this.spent + amount > this.dayLimit) return 'limit_day';
    const lines = this.plan(amount);
    if (lines === null) return 'insufficient_funds';
    sale.lines.push(...lines);
    this.spent += amount;
    sale.state = holdUntil === null ? 'captured' : 'held';
    for (const { purse, amount: part } of lines) purse.held += part;
    if (holdUntil === null) this.take(sale, amount);
    return null;
  }

  capture(sale: ModelSale, amount: number, isFinal: boolean): string {
    if (sale.state !== 'held') return sale.endedBy === 'expiry' ? 'hold_expired' : 'not_held';
    if (sale.isFreed) return 'hold_expired';
    if (amount > sale.amount - sale.captured) return 'capture_exceeds_hold';
    this.take(sale, amount);
    if (isFinal || sale.captured === sale.amount) {
      this.free(sale);
      this.end(sale, 'capture');
    }
    return sale.state;
  }

  reverse(sale: ModelSale): string {
    if (sale.state === 'declined') return 'was_declined';
    if (sale.endedBy === 'reversal') return 'already_reversed';
    if (sale.state === 'released') return 'released';
    if (sale.state === 'held') this.free(sale);
    this.spent -= sale.state === 'held' ? sale.amount : sale.captured;
    for (const line of sale.lines) line.purse.balance += line.taken;
    this.merchant -= sale.captured;
    sale.state = sale.captured > 0 ? 'reversed' : 'released';
    sale.endedBy = 'reversal';
    return sale.state;
  }

  sweep(): void {
    for (const sale of this.sales)
      if (sale.state === 'held' && sale.isFreed) this.end(sale, 'expiry');
  }

  private plan(amount: number): Line[] | null {
    const usable = this.subsidies
      .filter(({ until }) => (until ?? 0) > this.now)
      .sort((a, b) => (a.until ?? 0) - (b.until ?? 0));
    const lines: Line[] = [];
    let rest = amount;
    for (const purse of [...usable, this.cash]) {
      const part = Math.min(rest, purse.balance - purse.held);
      if (part > 0) lines.push({ purse, amount: part, taken: 0 });
      rest -= part;
    }
    return rest === 0 ? lines : null;
  }

  /** From the front of its lines. */
  private take(sale: ModelSale, amount: number): void {
    let rest = amount;
    for (const line of sale.lines) {
      const part = Math.min(rest, line.amount - line.taken);
      line.taken += part;
      line.purse.held -= part;
      line.purse.balance -= part;
      rest -= part;
    }
    sale.captured += amount;
    this.merchant += amount;
  }

  private free(sale: ModelSale): void {
    if (sale.isFreed) return;
    sale.isFreed = true;
    for (const { purse, amount, taken } of sale.lines) purse.held -= amount - taken;
  }

  private end(sale: ModelSale, by: 'capture' | 'expiry'): void {
    this.spent -= sale.amount - sale.captured;
    sale.state = sale.captured > 0 ? 'captured' : 'released';
    sale.endedBy = by;
  }
}
