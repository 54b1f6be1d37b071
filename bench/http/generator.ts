import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Order, Report } from './generator-messages.js';

/** The load generator's process, from the outside. */
export class Generator {
  private constructor(private readonly child: ChildProcess) {}

  static start(): Generator {
    return new Generator(fork(path.join(import.meta.dirname, 'load-generator.js')));
  }

  prepare(codes: readonly (readonly [number, number])[]): Promise<Report> {
    return this.tell({ type: 'prepare', codes });
  }

  async run(
    order: Omit<Extract<Order, { type: 'run' }>, 'type'>,
  ): Promise<Extract<Report, { type: 'ran' }>> {
    const report = await this.tell({ type: 'run', ...order });
    if (report.type !== 'ran') throw new Error('The load generator answered something else.');
    return report;
  }

  stop(): void {
    this.child.disconnect();
  }

  private tell(order: Order): Promise<Report> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('The load generator ended.'));
      this.child.once('exit', ended);
      this.child.once('message', (report: Report) => {
        this.child.off('exit', ended);
        if (report.type === 'failed') reject(new Error(report.why));
        else resolve(report);
      });
      this.child.send(order);
    });
  }
}
