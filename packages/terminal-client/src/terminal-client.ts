import { setMaxListeners } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  makeOrderNumber,
  type CaptureAnswer,
  type CaptureRequest,
  type HeartbeatAnswer,
  type HeartbeatRequest,
  type PaymentAnswer,
  type ReversalAnswer,
  type ReversalReason,
  type ShiftAnswer,
  type ShiftRequest,
  type ShiftTotals,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import { Deliveries } from './delivery.js';
import { DurableBook } from './durable-book.js';
import { enrolTerminal, type EnrolmentOptions } from './enrol-terminal.js';
import { FileJournalStore } from './file-journal-store.js';
import { httpTransport, type Transport } from './http-transport.js';
import { ForgetfulJournalStore, type JournalStore } from './journal-store.js';
import { terminalKeyFromPem } from './node-keys.js';
import { SalesDesk } from './sales-desk.js';
import { SignedChannel } from './signed-channel.js';
import { JOURNAL, lockFolder, readIdentity, writeIdentity } from './state-files.js';
import { machine, type Surroundings } from './surroundings.js';
import { NoAnswer, TerminalProblem } from './terminal-events.js';
import { TerminalQueue } from './terminal-queue.js';
import { statedNow } from './terminal-book.js';
import type { IdentityFile } from './state-files.js';
import type { BookException, OpenHold } from './terminal-book.js';
import type { SaleResult, TerminalEvent } from './terminal-events.js';

export type TerminalClientOptions = {
  /** Where the service, or a proxy before it, is reached; without a path. */
  readonly baseUrl: string;
  readonly stateDir: string | null;
  /** `memory` forgets open sales at a crash: for simulations only. */
  readonly durability?: 'fsync' | 'memory';
  readonly onEvent?: (event: TerminalEvent) => void;
  readonly transport?: Transport;
  readonly surroundings?: Surroundings;
  readonly journal?: JournalStore;
};

const ANSWER_WAIT_MILLIS = 5_000;

/** A terminal: it sells, takes back, and never forgets what it may have charged. */
export class TerminalClient {
  private readonly stop = new AbortController();
  private readonly deliveries: Deliveries;
  private readonly queue: TerminalQueue;
  private readonly desk: SalesDesk;
  private readonly surroundings: Surroundings;
  private resumed: Promise<void> = Promise.resolve();
  private busy = false;

  private constructor(
    private identity: IdentityFile & { readonly settings: TerminalSettings },
    private readonly options: TerminalClientOptions,
    private readonly channel: SignedChannel,
    private readonly book: DurableBook,
    private readonly unlock: () => Promise<void>,
  ) {
    const { signal } = this.stop;
    setMaxListeners(0, signal);
    const emit = (event: TerminalEvent) => this.options.onEvent?.(event);
    const surroundings = options.surroundings ?? machine;
    this.surroundings = surroundings;
    this.deliveries = new Deliveries(channel, surroundings, signal);
    this.queue = new TerminalQueue(book, this.deliveries, emit);
    const { queue } = this;
    const terminalCode = () => this.identity.settings.code;
    this.desk = new SalesDesk({ book, channel, queue, surroundings, signal, emit, terminalCode });
  }

  /** Makes a key, has it enrolled with a one-time code, and opens the terminal. */
  static async enrol(
    options: TerminalClientOptions & Omit<EnrolmentOptions, 'stateDir'>,
  ): Promise<TerminalClient> {
    const transport = options.transport ?? httpTransport(options.baseUrl);
    const surroundings = options.surroundings ?? machine;
    const identity = await enrolTerminal(options, { transport, surroundings });
    return TerminalClient.start(identity, { ...options, transport });
  }

  /**
   * Opens an enrolled terminal. A sale that an earlier run left open is ended before a new one is
   * accepted; queued reversals go out at once.
   */
  static async open(
    options: TerminalClientOptions & { readonly stateDir: string },
  ): Promise<TerminalClient> {
    const identity = await readIdentity(options.stateDir);
    if (identity === null) throw new Error(`${options.stateDir} holds no terminal`);
    return TerminalClient.start(identity, options);
  }

  private static async start(
    identity: IdentityFile,
    options: TerminalClientOptions,
  ): Promise<TerminalClient> {
    const { keyId, settings, serviceName, algorithm, privateKey } = identity;
    if (keyId === null || settings === null) throw new Error('the terminal is not enrolled yet');
    const transport = options.transport ?? httpTransport(options.baseUrl);
    const signer = { keyId, serviceName, key: terminalKeyFromPem(algorithm, privateKey) };
    const channel = new SignedChannel(signer, transport, options.surroundings ?? machine);
    channel.trust(identity.serviceKeys);
    const unlock =
      options.stateDir === null ? () => Promise.resolve() : await lock(options.stateDir);
    const book = await DurableBook.open(storeFor(options)).catch(async (error: unknown) => {
      await unlock();
      throw error;
    });
    const client = new TerminalClient({ ...identity, settings }, options, channel, book, unlock);
    if (book.data.shiftOpenedAt === null) {
      await book.write({ type: 'shift_opened', at: settings.serverTime });
    }
    client.queue.resume();
    client.resumed = client.desk.resume();
    client.resumed.catch(() => {});
    return client;
  }

  /** Resolves when the sale that an earlier run left open, if any, has its end. */
  ready(): Promise<void> {
    return this.resumed;
  }

  /**
   * One sale; a second one must wait for the first. `amount` (fen) only where the tariff is
   * `entered`. Rejects only when the terminal cannot write its journal or was closed.
   */
  async pay({ code, amount }: { code: string; amount?: number }): Promise<SaleResult> {
    if (this.busy) throw new Error('the terminal is busy with another sale');
    this.busy = true;
    try {
      await this.resumed;
      return await this.desk.sell(code, amount);
    } finally {
      this.busy = false;
    }
  }

  /** Takes a sale back; null while the service has not acknowledged it, which it will be asked. */
  reverse(orderNumber: string, reason: ReversalReason = 'cashier'): Promise<ReversalAnswer | null> {
    return this.queue.reverse(orderNumber, reason, true);
  }

  /** Takes a part of a hold, at the latest with `final` the last one (which may be 0). */
  capture(taken: { orderNumber: string; amount: number; final: boolean }): Promise<CaptureAnswer> {
    const { orderNumber, amount, final } = taken;
    const statedAt = statedNow(this.book.data, this.channel.serviceNow());
    const captureNumber = makeOrderNumber(statedAt, this.surroundings.random(10));
    const request: CaptureRequest = { captureNumber, amount, final };
    const body = JSON.stringify(request);
    return this.queue.capture({ captureNumber, orderNumber, amount, body, statedAt });
  }

  /** The sale as it stands now. Throws TerminalProblem (`order_unknown`) or NoAnswer. */
  query(orderNumber: string): Promise<PaymentAnswer> {
    return this.ask<PaymentAnswer>('GET', `/v1/payments/${orderNumber}`);
  }

  /** Fetches the settings and the service's keys, and keeps them. Do so at least daily. */
  async fetchSettings(): Promise<TerminalSettings> {
    const settings = await this.ask<TerminalSettings>('GET', '/v1/terminal-settings');
    this.identity = { ...this.identity, settings, serviceKeys: settings.serviceKeys };
    this.channel.trust(settings.serviceKeys);
    if (this.options.stateDir !== null) await writeIdentity(this.options.stateDir, this.identity);
    return settings;
  }

  settings(): TerminalSettings {
    return this.identity.settings;
  }

  heartbeat(softwareVersion: string): Promise<HeartbeatAnswer> {
    const queuedReversals = this.book.data.reversals.length;
    const body: HeartbeatRequest = { softwareVersion, queuedReversals };
    return this.ask<HeartbeatAnswer>('POST', '/v1/terminal-heartbeats', JSON.stringify(body));
  }

  /** Totals of the running shift, as this terminal counted them. */
  totals(): ShiftTotals {
    return this.book.data.totals;
  }

  /** Tells the service what this terminal counted. Nothing may be open or queued. */
  async closeShift(): Promise<ShiftAnswer> {
    const { shiftClosing, shiftOpenedAt, statedAt, totals } = this.book.data;
    if (this.busy) throw new Error('a sale is running');
    if (this.queued() > 0 || shiftClosing !== null) {
      throw new Error('something is still queued: drain first');
    }
    // After everything that this shift stated, and not after anything that the next one will.
    const closing = Math.max(Math.floor(this.channel.serviceNow()), statedAt + 1);
    const closedAt = new Date(closing).toISOString();
    const openedAt = shiftOpenedAt ?? closedAt;
    const shiftNumber = makeOrderNumber(closing, this.surroundings.random(10));
    const shift: ShiftRequest = { shiftNumber, openedAt, closedAt, ...totals };
    return this.queue.closeShift(JSON.stringify(shift), closedAt);
  }

  /** Sends everything that is queued now, and resolves when the service has acknowledged it all. */
  async drain(): Promise<void> {
    await this.resumed;
    this.deliveries.hurry();
    await this.deliveries.idle();
  }

  queued(): number {
    return this.book.data.reversals.length + this.book.data.captures.length;
  }

  holds(): readonly OpenHold[] {
    return this.book.data.holds;
  }

  exceptions(): readonly BookException[] {
    return this.book.data.exceptions;
  }

  /** Unix milliseconds by the service's clock, as well as this terminal knows it. */
  serviceNow(): number {
    return this.channel.serviceNow();
  }

  /** Stops at once. What is open stays in the journal and is taken up by the next `open`. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.book.close();
    await this.unlock();
  }

  private async ask<Body>(method: 'GET' | 'POST', target: string, body = ''): Promise<Body> {
    const { signal } = this.stop;
    const request = { method, target, body, timeoutMillis: ANSWER_WAIT_MILLIS, signal };
    let answer = await this.channel.send(request);
    if (answer.kind === 'problem' && answer.problem.code === 'clock_off') {
      answer = await this.channel.send(request);
    }
    if (answer.kind === 'problem') throw new TerminalProblem(answer.problem);
    if (answer.kind === 'silence') throw new NoAnswer(answer.why);
    return answer.body as Body;
  }
}

async function lock(stateDir: string): Promise<() => Promise<void>> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  return lockFolder(stateDir);
}

function storeFor({ journal, durability, stateDir }: TerminalClientOptions): JournalStore {
  if (journal !== undefined) return journal;
  if (durability === 'memory' || stateDir === null) return new ForgetfulJournalStore();
  return new FileJournalStore(join(stateDir, JOURNAL));
}
