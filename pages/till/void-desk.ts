import { SECOND_THOUGHT_SECONDS, type Voids } from './sale-list.js';
import type { SaleLine } from './till-store.js';
import type { Till } from './till.js';

const SECOND_MILLIS = 1_000;

/** The void that the cashier has begun: it can be stopped for a moment, and then it is done. */
export class VoidDesk implements Voids {
  begun: { readonly orderNumber: string; readonly seconds: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly till: Till,
    private readonly changed: () => void,
  ) {}

  isOffered({ state }: SaleLine): boolean {
    return state === 'approved' || state === 'held';
  }

  isSupervised(_line: SaleLine): boolean {
    return false;
  }

  tap(line: SaleLine): Promise<void> {
    if (this.begun?.orderNumber === line.orderNumber) {
      clearTimeout(this.timer);
      this.begun = null;
    } else if (this.begun === null) {
      this.count(line, SECOND_THOUGHT_SECONDS);
      return Promise.resolve();
    }
    this.changed();
    return Promise.resolve();
  }

  private count(line: SaleLine, seconds: number): void {
    this.begun = { orderNumber: line.orderNumber, seconds };
    this.changed();
    this.timer = setTimeout(() => {
      if (seconds > 1) this.count(line, seconds - 1);
      else void this.run(line);
    }, SECOND_MILLIS);
  }

  private async run({ orderNumber }: SaleLine): Promise<void> {
    this.begun = null;
    await this.till.reverse(orderNumber);
    this.changed();
  }
}
