import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Reading = {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
};

export type Watched = {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Asked at each scrape; what it gives is all that the gauge shows. */
  read(): Promise<readonly Reading[]>;
};

/**
 * Figures of the running service, for a monitor that asks once in a while. What happens often is counted in memory; what
 * can be asked of the database is asked when somebody looks, and nobody who pays waits for it.
 */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry();
  /** By verdict and reason; an approved sale has the reason `none`. */
  readonly sales = new Counter({
    name: 'campus_sales_total',
    help: 'Sales that were decided or answered again, by verdict and reason',
    labelNames: ['verdict', 'reason'],
    registers: [this.registry],
  });
  readonly decideSeconds = new Histogram({
    name: 'campus_decide_seconds',
    help: 'From a scan that was read to its verdict, in seconds',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly batchSize = new Histogram({
    name: 'campus_batch_sales',
    help: 'Sales that travelled in one call to the database',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });
  private readonly logger = new Logger('metrics');
  private readonly unread = new Counter({
    name: 'campus_metrics_unread_total',
    help: 'Figures that could not be read when the monitor asked, most likely because the database was away',
    labelNames: ['metric'],
    registers: [this.registry],
  });
  private server: Server | undefined;

  /** Shows something that is read anew at each scrape. One that cannot be read is left out of that scrape, and counted. */
  watch({ name, help, labels = [], read }: Watched): void {
    const { logger, unread } = this;
    // `collect` is called with the gauge as `this`; the figure of a moment ago must not stand for now.
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      async collect() {
        this.reset();
        if (labels.length === 0) this.remove();
        try {
          for (const { labels: of = {}, value } of await read()) this.set(of, value);
        } catch (error) {
          unread.inc({ metric: name });
          logger.debug(`${name}: ${(error as Error).message}`);
        }
      },
    });
  }

  /** @returns the port, which the system chooses for 0. */
  async listen(port: number, host: string): Promise<number> {
    collectDefaultMetrics({ register: this.registry });
    const server = createServer((request, response) => {
      if (request.method === 'GET' && request.url === '/metrics') return void this.answer(response);
      response.writeHead(404).end();
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(response: ServerResponse): Promise<void> {
    try {
      const text = await this.registry.metrics();
      response.writeHead(200, { 'content-type': this.registry.contentType }).end(text);
    } catch (error) {
      this.logger.warn((error as Error).message);
      response.writeHead(503).end();
    }
  }
}
