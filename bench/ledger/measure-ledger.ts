import pg from 'pg';
import type { PaymentsStore } from '../../src/payments/store/payments.store.js';
import { applicationRole } from '../../src/platform/database/data-source.js';
import type { Bench, MeasuredCampus } from '../bench.js';
import { requireExpected } from '../figures/answer-count.js';
import type { Window } from '../figures/window.js';
import { keepCalls, type Call } from './listen-to-calls.js';
import { decide } from './measured-campus.js';
import { measureWindow } from './measure-window.js';
import { openStores } from './open-stores.js';
import { SaleMaker, type Merchants } from './sale-maker.js';

/** On a fresh connection, before anything is measured. */
const callsToPlan = 6;

/** More calls than one connection answers in a second. */
const bareCallsPerSecond = 5_000;

/** The ledger path of one campus: as a process of the service has it, or one connection for each sale in flight. */
export class LedgerPath {
  private constructor(
    private readonly bench: Bench,
    readonly campus: MeasuredCampus,
    private readonly maker: SaleMaker,
    private readonly store: PaymentsStore,
  ) {}

  static async of(bench: Bench, campus: MeasuredCampus): Promise<LedgerPath> {
    const maker = await SaleMaker.of(campus.owner, campus);
    const [store] = openStores(campus.config, 1);
    if (store === undefined) throw new Error('There is no store.');
    return new LedgerPath(bench, campus, maker, store);
  }

  /** Batched, over one connection. */
  async measure(inFlight: number, merchants: Merchants, seconds: number): Promise<Window> {
    await this.campus.clock.leap();
    const window = await measureWindow({
      ...this.bench.lengths(seconds),
      inFlight,
      serverPid: this.bench.server.pid,
      one: () => decide(this.campus, this.store, this.maker.next(merchants)),
    });
    requireExpected(this.campus.answers);
    return window;
  }

  /** The same decision, one sale in a call, a call for each connection. */
  async measureOneCommitPerSale(connections: number, seconds: number): Promise<Window> {
    const stores = openStores(this.campus.config, connections);
    await this.campus.clock.leap();
    try {
      // Each connection plans its functions on its first calls, which costs as much as a hundred sales.
      for (let turn = 1; turn <= callsToPlan; turn += 1)
        await Promise.all(
          stores.map((store) => decide(this.campus, store, this.maker.next('spread'))),
        );
      return await measureWindow({
        ...this.bench.lengths(seconds),
        inFlight: connections,
        serverPid: this.bench.server.pid,
        one: (worker) => {
          const store = stores[worker];
          if (store === undefined) throw new Error('There is no connection for this sale.');
          return decide(this.campus, store, this.maker.next('spread'));
        },
      });
    } finally {
      await Promise.all(stores.map((store) => store.onApplicationShutdown()));
    }
  }

  /** One at a time: the bare call, whose parameters were made before, with nothing of the service around it. */
  async measureBareCall(seconds: number): Promise<Window> {
    await this.campus.clock.leap();
    const { warmUpMs, forMs } = this.bench.lengths(seconds);
    const calls = await this.prepareCalls(((warmUpMs + forMs) / 1000) * bareCallsPerSecond);
    const client = new pg.Client({
      connectionString: this.campus.config.DATABASE_URL,
      options: `-c role=${applicationRole} -c timezone=UTC`,
    });
    await client.connect();
    const call = async (): Promise<void> => {
      const made = calls.pop();
      if (made === undefined) throw new Error('There are no calls left that were made before.');
      await client.query({ ...made, rowMode: 'array' });
      this.campus.answers.approved += 1;
    };
    try {
      for (let turn = 1; turn <= callsToPlan; turn += 1) await call();
      return await measureWindow({
        warmUpMs,
        forMs,
        inFlight: 1,
        serverPid: this.bench.server.pid,
        one: call,
      });
    } finally {
      await client.end();
    }
  }

  close(): Promise<void> {
    return this.store.onApplicationShutdown();
  }

  /** Lets a store without a database make calls, and takes them from its hands. */
  private async prepareCalls(count: number): Promise<Call[]> {
    const calls: Call[] = [];
    keepCalls((call) => {
      calls.push(call);
      throw new CallTaken();
    });
    try {
      for (let n = 0; n < count; n += 1) {
        await this.store.decide(this.maker.next('spread')).catch((error: unknown) => {
          if (!(error instanceof CallTaken)) throw error;
        });
      }
    } finally {
      keepCalls(undefined);
    }
    return calls.reverse();
  }
}

class CallTaken extends Error {}
