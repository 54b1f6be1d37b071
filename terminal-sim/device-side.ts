import type { SaleResult } from '@campus-paycode/terminal-client';
import { costOf } from './device-uses.js';
import type { PlannedSale } from './plan-lunch.js';
import { runDevice, sayAfterwards, type Approved } from './run-device.js';
import type { TillMachine } from './till-machine.js';
import type { TillOptions } from './till.js';

/** What a terminal does that counts what it gives, beside selling. */
export class DeviceSide {
  private programmes: readonly string[] | null = null;
  private programme: string | null = null;
  /** Ends when the device may be used by the next one. */
  runs: Promise<void> = Promise.resolve();
  /** When the clock ends what a device without power was doing, unix milliseconds of the campus. */
  endsByClockAt = 0;

  constructor(
    private readonly machine: TillMachine,
    private readonly around: Pick<TillOptions, 'clock' | 'uses' | 'fates' | 'folder'>,
  ) {}

  /** Each device of a place does the same; who comes when chooses. */
  async start(code: string, { index }: PlannedSale): Promise<SaleResult> {
    const { sessions } = this.machine.client;
    this.programmes ??= (await sessions.programmes()).map((one) => one.code);
    this.programme = this.programmes[index % Math.max(1, this.programmes.length)] ?? null;
    return sessions.start({
      code,
      ...(this.programme === null ? {} : { programme: this.programme }),
    });
  }

  /** It gives while the next one waits. */
  run(sale: PlannedSale, sold: Approved): void {
    this.runs = this.untilDone(sale, sold);
    // Whoever waits for the device hears of it.
    this.runs.catch(() => {});
  }

  async turnOnAgain(): Promise<void> {
    if (!this.machine.isOff) return;
    await this.machine.turnOn();
    await sayAfterwards(this.machine, this.around.uses);
  }

  private async untilDone(sale: PlannedSale, sold: Approved): Promise<void> {
    const { machine, programme } = this;
    const { clock, uses, fates, folder } = this.around;
    const canHappen = folder !== null || sale.mishap === 'no-network';
    const possible = canHappen ? sale : { ...sale, mishap: null };
    const use = await runDevice({ machine, clock, uses, programme }, possible, sold);
    if (use === null) return;
    fates.change(use.orderNumber, { captured: costOf(use) });
    if (machine.isOff) this.endsByClockAt = Date.parse(sold.answer.expiresAt ?? '');
  }
}
