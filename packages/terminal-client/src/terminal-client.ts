import { setMaxListeners } from 'node:events';
import {
  type CaptureAnswer,
  type Direction,
  type HeartbeatAnswer,
  type HeartbeatRequest,
  type PaymentAnswer,
  type ReversalAnswer,
  type ReversalReason,
  type ShiftAnswer,
  type ShiftOpeningAnswer,
  type ShiftTotals,
  type SupervisionAnswer,
  type SupervisionRequest,
  type TerminalSettings,
  type VoidAnswer,
} from '@campus-paycode/terminal-protocol';
import { askThrough, type Ask } from './ask-service.js';
import { captureToSend } from './capture-hold.js';
import { CashierDesk } from './cashier-desk.js';
import { pinCheckThrough, type CheckPin } from './check-pin.js';
import { shiftToClose } from './close-shift.js';
import { countQueued } from './count-queued.js';
import { DurableBook } from './durable-book.js';
import { enrolTerminal, type EnrolmentOptions } from './enrol-terminal.js';
import { Gate, type PassResult } from './gate.js';
import { listenForHints, type HintSocket } from './hints.js';
import { httpTransport } from './http-transport.js';
import { terminalKeyFromPem } from './node-keys.js';
import { OfflineSales } from './offline-sales.js';
import { OneAtATime } from './one-at-a-time.js';
import { Readings } from './readings.js';
import { Rooms } from './rooms.js';
import { rotateKey } from './rotate-key.js';
import { SalesDesk } from './sales-desk.js';
import { Sessions, SESSIONS_TARGET } from './sessions.js';
import { SignedChannel } from './signed-channel.js';
import { signerOf } from './signer.js';
import { readIdentity, writeIdentity, type IdentityFile } from './state-files.js';
import { machine, type Surroundings } from './surroundings.js';
import { hotlistStoreFor, lock, storeFor } from './terminal-options.js';
import type { Enrolled, TerminalClientOptions } from './terminal-options.js';
import { TerminalQueue } from './terminal-queue.js';
import type { BookException, OpenHold } from './terminal-book.js';
import type { Deliveries } from './delivery.js';
import type { OfflineBook } from './offline-book.js';
import type { OfflineStop } from './offline-rules.js';
import type { Channel } from './signed-channel.js';
import type { OfflineResult, SaleResult, Scan, TerminalEvent } from './terminal-events.js';

/** A terminal: it sells, takes back, and never forgets what it may have charged. */
export class TerminalClient {
  private readonly stop = new AbortController();
  private readonly channel: Channel;
  private readonly deliveries: Deliveries;
  private readonly queue: TerminalQueue;
  private readonly desk: SalesDesk;
  private readonly sales = new OneAtATime();
  private readonly alone: OfflineSales;
  /** What a metered device does. */
  readonly sessions: Sessions;
  /** What a gate does. */
  readonly gate: Gate;
  /** What the desk of a dorm sells. */
  readonly rooms: Rooms;
  /** What whoever reads meters brings. */
  readonly readings: Readings;
  private readonly cashier: CashierDesk;
  readonly checkPin: CheckPin;
  private readonly surroundings: Surroundings;
  private readonly ask: Ask;
  private resumed: Promise<void> = Promise.resolve();

  private constructor(
    private identity: Enrolled,
    private readonly options: TerminalClientOptions,
    private readonly signed: SignedChannel,
    private readonly book: DurableBook,
    private readonly unlock: () => Promise<void>,
  ) {
    const { signal } = this.stop;
    setMaxListeners(0, signal);
    const emit = (event: TerminalEvent) => this.options.onEvent?.(event);
    const surroundings = options.surroundings ?? machine;
    this.surroundings = surroundings;
    const signer = signerOf(identity.terminalId, signed);
    const settings = () => this.identity.settings;
    const hotlistStore = hotlistStoreFor(options);
    const around = { book, surroundings, signal, emit };
    const offline = { channel: signed, identity: signer, settings, hotlistStore };
    this.alone = new OfflineSales({ ...around, ...offline });
    const { channel, deliveries } = this.alone;
    this.channel = channel;
    this.deliveries = deliveries;
    const ask = askThrough(channel, signal);
    this.ask = ask;
    this.queue = new TerminalQueue(book, deliveries, emit);
    const terminalCode = () => this.identity.settings.code;
    this.desk = new SalesDesk({ ...around, channel, queue: this.queue, terminalCode });
    this.gate = new Gate({ ...around, channel, deliveries, terminalCode });
    const serviceNow = () => channel.serviceNow();
    this.checkPin = pinCheckThrough((body) => ask('POST', '/v1/pin-checks', body));
    const asking = { ...around, deliveries, serviceNow, ask };
    this.cashier = new CashierDesk({
      ...asking,
      ask: (body) => ask('POST', '/v1/supervisions', body),
    });
    this.readings = new Readings({ book, deliveries, emit });
    this.rooms = new Rooms({
      ...asking,
      sell: (scan, orderNumber) =>
        this.sales.run(this.resumed, () => this.desk.pay(scan, orderNumber)),
    });
    this.sessions = new Sessions({
      ...asking,
      sell: (code, programme) =>
        this.sales.run(this.resumed, () => this.desk.begin(SESSIONS_TARGET, code, programme)),
    });
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
    const { keyId, terminalId, settings, serviceName, algorithm, privateKey } = identity;
    if (keyId === null || terminalId === null || settings === null) {
      throw new Error('the terminal is not enrolled yet');
    }
    const transport = options.transport ?? httpTransport(options.baseUrl);
    const key = terminalKeyFromPem(algorithm, privateKey);
    const channel = new SignedChannel(
      { keyId, serviceName, key },
      transport,
      options.surroundings ?? machine,
    );
    channel.trust(identity.serviceKeys);
    const unlock =
      options.stateDir === null ? () => Promise.resolve() : await lock(options.stateDir);
    const book = await DurableBook.open(storeFor(options)).catch(async (error: unknown) => {
      await unlock();
      throw error;
    });
    const enrolled = { ...identity, keyId, terminalId, settings };
    const client = new TerminalClient(enrolled, options, channel, book, unlock);
    if (book.data.shiftOpenedAt === null) {
      await book.write({ type: 'shift_opened', at: settings.serverTime });
    }
    client.queue.resume();
    client.sessions.resume();
    client.cashier.resume();
    client.readings.resume();
    await client.gate.resume();
    await client.alone.open();
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
  pay(scan: Scan): Promise<SaleResult> {
    return this.sales.run(this.resumed, () => this.desk.pay(scan));
  }

  /**
   * The same, but a signed QR is sold by this terminal itself while the service is out of reach.
   * What is refused then took no number; what is accepted is told to the service later.
   */
  sell(scan: Scan): Promise<SaleResult | OfflineResult> {
    return this.sales.run<SaleResult | OfflineResult>(this.resumed, () =>
      'code' in scan && this.alone.takes(scan.code)
        ? this.alone.sell(scan.code, scan.amount)
        : this.desk.pay(scan),
    );
  }

  /**
   * One scan at a gate. `open`: let one person through, and say `gate.passed(orderNumber)` when the sensor saw them; what it
   * did not see before `answer.expiresAt` is told to have not passed. Every other outcome: stay shut.
   */
  pass(scan: { code: string; direction: Direction }): Promise<PassResult> {
    return this.gate.pass(scan);
  }

  /**
   * The cashier's word about a sale that `pending` says awaits it, without a second scan. How the sale ends is what `pay`
   * resolves to. @returns whether the service took the word
   */
  confirm(decision: 'confirm' | 'refuse'): Promise<boolean> {
    return this.desk.confirm(decision);
  }

  /**
   * Undoes a sale that delivered nothing; null while the service has not acknowledged it, which it will be asked. A
   * mistake of the cashier's is a void.
   */
  reverse(orderNumber: string, reason: ReversalReason = 'device'): Promise<ReversalAnswer | null> {
    return this.queue.reverse(orderNumber, reason, true);
  }

  /**
   * The cashier takes a sale of this shift back; null while the service has not answered, which it will be asked until it
   * does. Throws TerminalProblem: after `supervision_needed` supervise, and void again.
   */
  void(sale: { orderNumber: string; supervision?: string }): Promise<VoidAnswer | null> {
    return this.cashier.void(sale.orderNumber, sale.supervision);
  }

  /** A supervisor's word, for one void within two minutes. Throws TerminalProblem or NoAnswer; a PIN is never stored. */
  supervise(typed: SupervisionRequest): Promise<SupervisionAnswer> {
    return this.cashier.supervise(typed);
  }

  /** Begins a shift, before anything is sold in it. Resolves when the service knows. */
  async openShift({ cashier }: { cashier?: string } = {}): Promise<ShiftOpeningAnswer> {
    const { sales, reversals, voids } = this.totals();
    const moved = sales.count + reversals.count + (voids?.count ?? 0);
    if (this.sales.isBusy || this.queued() + moved > 0) {
      throw new Error('the shift before is not closed');
    }
    return this.cashier.openShift(cashier);
  }

  /** Takes a part of a hold, at the latest with `final` the last one (which may be 0). */
  capture(taken: { orderNumber: string; amount: number; final: boolean }): Promise<CaptureAnswer> {
    const { surroundings } = this;
    const at = { serviceNow: this.channel.serviceNow(), surroundings };
    return this.queue.capture(captureToSend(this.book.data, taken, at));
  }

  /** The sale as it stands now. Throws TerminalProblem (`order_unknown`) or NoAnswer. */
  query(orderNumber: string): Promise<PaymentAnswer> {
    return this.ask<PaymentAnswer>('GET', `/v1/payments/${orderNumber}`);
  }

  /** Fetches the settings and the service's keys, and keeps them. Do so at least daily. */
  async fetchSettings(): Promise<TerminalSettings> {
    const settings = await this.ask<TerminalSettings>('GET', '/v1/terminal-settings');
    this.identity = { ...this.identity, settings, serviceKeys: settings.serviceKeys };
    this.signed.trust(settings.serviceKeys);
    if (this.options.stateDir !== null) await writeIdentity(this.options.stateDir, this.identity);
    await this.alone.settingsFetched(settings);
    return settings;
  }

  /**
   * Brings a new key and signs by it from now on; the first heartbeat after that retires the old one. Do so yearly. Asked
   * again after a lost answer, it goes on with the same key. Records without a network name the key that signed them: they
   * have to be told before. Throws TerminalProblem or NoAnswer. @returns the new key's name
   */
  async rotateKey(): Promise<string> {
    const { stateDir } = this.options;
    if (this.book.data.offline.waiting.length > 0) {
      throw new Error('sales without a network are still queued: drain first');
    }
    const keep = async (identity: IdentityFile): Promise<void> => {
      if (stateDir !== null) await writeIdentity(stateDir, identity);
    };
    const ask = (body: string) => this.ask<{ keyId: string }>('POST', '/v1/terminal-keys', body);
    const { keyId, ...changed } = await rotateKey(this.identity, { ask, keep }, (nextKey) => {
      this.identity = { ...this.identity, nextKey };
    });
    this.identity = { ...this.identity, ...changed, keyId, nextKey: null };
    this.signed.signWith(keyId, terminalKeyFromPem(changed.algorithm, changed.privateKey));
    return keyId;
  }

  /**
   * Listens to hints: a sale that waits is looked at when its word was given, and settings are fetched when they changed,
   * instead of at the next look. Selling never waits for it.
   * @param openSocket `(address) => new WebSocket(address)`, of the browser, of Node 22 or of the package `ws`
   */
  listen(openSocket: (address: string) => HintSocket): void {
    listenForHints({
      baseUrl: this.options.baseUrl,
      openSocket,
      ticket: async () => {
        const answer = this.ask<{ ticket: string }>('POST', '/v1/terminal-hint-tickets');
        return (await answer).ticket;
      },
      hear: ({ event }) => {
        if (event === 'ready' || event.startsWith('payment.')) this.desk.look();
        if (event === 'ready' || event === 'settings.changed')
          this.fetchSettings().catch(() => {
            // The next heartbeat says so again.
          });
      },
      surroundings: this.surroundings,
      signal: this.stop.signal,
    });
  }

  settings(): TerminalSettings {
    return this.identity.settings;
  }

  heartbeat(softwareVersion: string): Promise<HeartbeatAnswer> {
    const queuedReversals = this.book.data.reversals.length;
    const body: HeartbeatRequest = { softwareVersion, queuedReversals };
    const target = '/v1/terminal-heartbeats';
    const answer = this.ask<HeartbeatAnswer>('POST', target, JSON.stringify(body));
    // The list of refused certificates has to be young when the network goes.
    answer.then(() => this.alone.refreshHotlist()).catch(() => {});
    return answer;
  }

  /** Totals of the running shift, as this terminal counted them. */
  totals(): ShiftTotals {
    return this.book.data.totals;
  }

  /** Tells the service what this terminal counted. Nothing may be open or queued. */
  async closeShift(): Promise<ShiftAnswer> {
    const { shiftClosing, cashier } = this.book.data;
    if (this.sales.isBusy) throw new Error('a sale is running');
    if (this.queued() > 0 || shiftClosing !== null || cashier.shiftOpening !== null) {
      throw new Error('something is still queued: drain first');
    }
    const shift = shiftToClose(this.book.data, this.channel.serviceNow(), this.surroundings);
    return this.queue.closeShift(JSON.stringify(shift), shift.closedAt);
  }

  /** Sends everything that is queued now, and resolves when the service has acknowledged it all. */
  async drain(): Promise<void> {
    await this.resumed;
    this.deliveries.hurry();
    await this.deliveries.idle();
  }

  queued(): number {
    return countQueued(this.book.data);
  }

  /** Sales without a network: what waits to be told, whether all is well, what came as a surprise. */
  offline(): OfflineBook & { readonly refusal: OfflineStop | undefined } {
    return { ...this.alone.state(), refusal: this.alone.refusal() };
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
}
