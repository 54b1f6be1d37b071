import nacl from 'tweetnacl';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  makeOrderNumber,
  shortNumber,
  type CaptureAnswer,
  type HeartbeatAnswer,
  type Instrument,
  type PaymentRequest,
  type PinCheckAnswer,
  type PinCheckRequest,
  type SupervisionAnswer,
  type SupervisionRequest,
  type TerminalSettings,
  type VoidAnswer,
} from '@campus-paycode/terminal-protocol';
import {
  CashierDesk,
  DEADLINE_MILLIS,
  OfflineSales,
  SalesDesk,
  TerminalQueue,
  statedNow,
  type Channel,
  type OfflineResult,
  type OfflineStop,
  type OpenHold,
  type SaleResult,
  type Surroundings,
  type TerminalEvent,
} from '@campus-paycode/terminal-client/pure';
import { ask } from './ask.js';
import { SOFTWARE_VERSION } from './enrol-till.js';
import { TillChannel } from './till-channel.js';
import { TillShift } from './till-shift.js';
import { TillBook, hotlistIn, type TillIdentity, type TillStore } from './till-store.js';

const HEARTBEAT_MILLIS = 60_000;

const browser: Surroundings = {
  now: () => Date.now(),
  after(millis, action) {
    const timer = setTimeout(action, millis);
    return () => {
      clearTimeout(timer);
    };
  },
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  // A page that is loaded anew has to hear the time anew.
  boot: crypto.randomUUID(),
  monotonic: () => Math.floor(performance.now()),
};

/** A terminal in a browser, under the same rules of sale and reversal as every other. */
export class Till {
  private readonly stop = new AbortController();
  private readonly alone: OfflineSales;
  private readonly channel: Channel;
  private readonly queue: TerminalQueue;
  private readonly desk: SalesDesk;
  private readonly cashier: CashierDesk;
  readonly shift: TillShift;
  /** The office has changed what this till may do. */
  settingsChanged: () => void = () => undefined;
  private settingsVersion: string | null = null;
  private readonly resumed: Promise<void>;
  private busy = false;

  private constructor(
    private identity: TillIdentity & {
      readonly settings: TerminalSettings;
      readonly keyId: string;
    },
    private readonly store: TillStore,
    private readonly book: TillBook,
    private readonly line: TillChannel,
    emit: (event: TerminalEvent) => void,
  ) {
    const { signal } = this.stop;
    const around = { book, surroundings: browser, signal, emit };
    const settings = () => this.identity.settings;
    const sign = (message: Uint8Array) => line.sign(message);
    const { keyId } = identity;
    const signer = { terminalId: identity.settings.terminalId, keyId, sha256, sign, verify };
    const hotlistStore = hotlistIn(store);
    const offline = { channel: line, identity: signer, settings, hotlistStore };
    this.alone = new OfflineSales({ ...around, ...offline });
    const { channel, deliveries } = this.alone;
    this.channel = channel;
    this.queue = new TerminalQueue(book, deliveries, emit);
    const { queue } = this;
    const terminalCode = () => this.identity.settings.code;
    this.desk = new SalesDesk({ ...around, channel, queue, terminalCode });
    const { random } = browser;
    const [isBusy, queued] = [() => this.busy, () => this.queued()];
    const cashier = new CashierDesk({
      ...around,
      deliveries,
      serviceNow: () => channel.serviceNow(),
      ask: (body) => ask(channel, { method: 'POST', target: '/v1/supervisions', body }),
    });
    this.cashier = cashier;
    this.shift = new TillShift({ book, channel, queue, cashier, random, isBusy, queued });
    queue.resume();
    cashier.resume();
    this.resumed = this.shift
      .begin(identity.settings.serverTime)
      .then(() => this.alone.open())
      .then(() => this.desk.resume());
    setInterval(() => void this.heartbeat(), HEARTBEAT_MILLIS);
    addEventListener('online', () => void this.heartbeat());
  }

  /** The till that this browser already is; null when it has to be enrolled first. */
  static async open(store: TillStore, emit: (event: TerminalEvent) => void): Promise<Till | null> {
    const identity = await store.read<TillIdentity>('identity');
    if (identity === undefined || identity.keyId === null || identity.settings === null)
      return null;
    const { keys, keyId, serviceName, settings } = identity;
    const channel = new TillChannel({ keyId, privateKey: keys.privateKey, serviceName });
    channel.trust(identity.serviceKeys);
    const book = await TillBook.open(store);
    return new Till({ ...identity, keyId, settings }, store, book, channel, emit);
  }

  settings(): TerminalSettings {
    return this.identity.settings;
  }

  holds(): readonly OpenHold[] {
    return this.book.data.holds;
  }

  queued(): number {
    const { reversals, captures, offline, cashier } = this.book.data;
    const told = reversals.length + captures.length + cashier.voids.length;
    return told + offline.waiting.length;
  }

  /** What the screen says about the network: null while the service can be reached. */
  offline(): {
    readonly count: number;
    readonly amount: number;
    readonly refusal: OfflineStop | undefined;
  } | null {
    if (this.alone.channel.reachable) return null;
    const { waiting } = this.book.data.offline;
    const amount = waiting.reduce((sum, sale) => sum + sale.amount, 0);
    return { count: waiting.length, amount, refusal: this.alone.refusal() };
  }

  get isPluggedIn(): boolean {
    return this.line.isPluggedIn;
  }

  /** Pulls the network out, or puts it back, and looks at once what is there now. */
  async plug(isPluggedIn: boolean): Promise<void> {
    this.line.isPluggedIn = isPluggedIn;
    await this.heartbeat();
  }

  get losesNextAnswer(): boolean {
    return this.line.losesNextAnswer;
  }

  /** Whether the answer to the next sale gets lost on its way. */
  loseNextAnswer(loses: boolean): void {
    this.line.losesNextAnswer = loses;
  }

  /** Unix milliseconds by the service's clock, as well as this till knows it. */
  serviceNow(): number {
    return this.channel.serviceNow();
  }

  /** The sale that has no end yet; `deadline` is this machine's time, until which the till asks. */
  openSale(): {
    readonly shortNumber: string;
    readonly amount: number | undefined;
    readonly deadline: number;
  } | null {
    const { sale } = this.book.data;
    if (sale === null) return null;
    const { amount } = JSON.parse(sale.body) as PaymentRequest;
    const deadline = sale.startedAt + DEADLINE_MILLIS;
    return { shortNumber: shortNumber(this.settings().code, sale.sequence), amount, deadline };
  }

  isBusy(): boolean {
    return this.busy;
  }

  /**
   * `amount` (fen) only where the cashier enters it. A signed QR is sold here while the service is
   * out of reach; what pays without a phone only with it.
   */
  async sell(
    scan: string | Instrument,
    amount: number | undefined,
  ): Promise<SaleResult | OfflineResult> {
    if (this.busy) throw new Error('The till is busy with another sale.');
    this.busy = true;
    try {
      await this.resumed;
      return await (typeof scan === 'string' && this.alone.takes(scan)
        ? this.alone.sell(scan, amount)
        : this.desk.sell(scan, amount));
    } finally {
      this.busy = false;
    }
  }

  /** Before the sale; a PIN is never kept. @throws {TerminalProblem} {NoAnswer} */
  checkPin(typed: PinCheckRequest): Promise<PinCheckAnswer> {
    const body = JSON.stringify(typed);
    return ask(this.channel, { method: 'POST', target: '/v1/pin-checks', body });
  }

  /** The cashier's word about a sale that waits for it. */
  confirm(decision: 'confirm' | 'refuse'): Promise<boolean> {
    return this.desk.confirm(decision);
  }

  /** A sale that waits is not waited for any longer: it ends as one that nobody confirmed. */
  withdraw(): void {
    this.desk.withdraw();
  }

  /**
   * Takes a sale of this shift back. Null while the service has not answered; it is asked until it
   * does. @throws {TerminalProblem} with `supervision_needed`: supervise, and void again
   */
  void(orderNumber: string, supervision?: string): Promise<VoidAnswer | null> {
    return this.cashier.void(orderNumber, supervision);
  }

  /** @throws {TerminalProblem} {NoAnswer} */
  supervise(typed: SupervisionRequest): Promise<SupervisionAnswer> {
    return this.cashier.supervise(typed);
  }

  capture(orderNumber: string, amount: number): Promise<CaptureAnswer> {
    const statedAt = statedNow(this.book.data, this.channel.serviceNow());
    const captureNumber = makeOrderNumber(statedAt, browser.random(10));
    const body = JSON.stringify({ captureNumber, amount, final: true });
    return this.queue.capture({ captureNumber, orderNumber, amount, body, statedAt });
  }

  /** At each start: the version of the settings first, so that no change falls between the two. */
  async greet(): Promise<void> {
    await this.heartbeat();
    await this.fetchSettings();
  }

  /** Settings and service keys change; the till asks at each start, and when a heartbeat says so. */
  async fetchSettings(): Promise<void> {
    const request = { method: 'GET', target: '/v1/terminal-settings', body: '' } as const;
    const settings = await ask<TerminalSettings>(this.channel, request);
    this.identity = { ...this.identity, settings, serviceKeys: settings.serviceKeys };
    this.line.trust(settings.serviceKeys);
    await this.store.write('identity', this.identity);
    await this.alone.settingsFetched(settings);
  }

  private async heartbeat(): Promise<void> {
    const queuedReversals = this.book.data.reversals.length;
    const body = JSON.stringify({ softwareVersion: SOFTWARE_VERSION, queuedReversals });
    const request = { method: 'POST', target: '/v1/terminal-heartbeats', body } as const;
    const heard = await ask<HeartbeatAnswer>(this.channel, request).catch(() => null);
    // Settings that could not be fetched are still new at the next heartbeat.
    if (heard !== null) await this.follow(heard).catch(() => undefined);
    if (this.alone.channel.reachable) await this.alone.refreshHotlist();
  }

  /** What a heartbeat says of the settings is heard at the latest with the next one. */
  private async follow({ settingsVersion }: HeartbeatAnswer): Promise<void> {
    const isNew = this.settingsVersion !== null && this.settingsVersion !== settingsVersion;
    if (isNew) await this.fetchSettings();
    this.settingsVersion = settingsVersion;
    if (isNew) this.settingsChanged();
  }
}

/** False for what the library would throw at: bytes that are no key or no signature. */
function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return nacl.sign.detached.verify(message, signature, publicKey);
}
