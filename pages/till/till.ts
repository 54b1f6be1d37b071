import {
  ENROLMENT_KEY_ID,
  makeOrderNumber,
  toBase64Url,
  type CaptureAnswer,
  type EnrolmentAnswer,
  type EnrolmentRequest,
  type ReversalAnswer,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import {
  Deliveries,
  NoAnswer,
  SalesDesk,
  TerminalProblem,
  TerminalQueue,
  statedNow,
  type OpenHold,
  type SaleResult,
  type Surroundings,
  type TerminalEvent,
} from '@campus-paycode/terminal-client/pure';
import { TillChannel } from './till-channel.js';
import { TillBook, type TillIdentity, type TillStore } from './till-store.js';

const SOFTWARE_VERSION = 'till 0.1';
const MODEL = 'browser till';
const WAIT_MILLIS = 10_000;
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
  private readonly deliveries: Deliveries;
  private readonly queue: TerminalQueue;
  private readonly desk: SalesDesk;
  private readonly resumed: Promise<void>;
  private busy = false;

  private constructor(
    private identity: TillIdentity & { readonly settings: TerminalSettings },
    private readonly store: TillStore,
    private readonly book: TillBook,
    private readonly channel: TillChannel,
    emit: (event: TerminalEvent) => void,
  ) {
    const { signal } = this.stop;
    const surroundings = browser;
    this.deliveries = new Deliveries(channel, surroundings, signal);
    this.queue = new TerminalQueue(book, this.deliveries, emit);
    const { queue } = this;
    const terminalCode = () => this.identity.settings.code;
    this.desk = new SalesDesk({ book, channel, queue, surroundings, signal, emit, terminalCode });
    queue.resume();
    this.resumed = this.desk.resume();
    setInterval(() => void this.heartbeat(), HEARTBEAT_MILLIS);
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
    return new Till({ ...identity, settings }, store, book, channel, emit);
  }

  settings(): TerminalSettings {
    return this.identity.settings;
  }

  holds(): readonly OpenHold[] {
    return this.book.data.holds;
  }

  queued(): number {
    return this.book.data.reversals.length + this.book.data.captures.length;
  }

  isBusy(): boolean {
    return this.busy;
  }

  /** `amount` (fen) only where the cashier enters it. */
  async pay(code: string, amount: number | undefined): Promise<SaleResult> {
    if (this.busy) throw new Error('The till is busy with another sale.');
    this.busy = true;
    try {
      await this.resumed;
      return await this.desk.sell(code, amount);
    } finally {
      this.busy = false;
    }
  }

  /** Null while the service has not acknowledged it; it will be asked until it does. */
  reverse(orderNumber: string): Promise<ReversalAnswer | null> {
    return this.queue.reverse(orderNumber, 'cashier', true);
  }

  capture(orderNumber: string, amount: number): Promise<CaptureAnswer> {
    const statedAt = statedNow(this.book.data, this.channel.serviceNow());
    const captureNumber = makeOrderNumber(statedAt, browser.random(10));
    const body = JSON.stringify({ captureNumber, amount, final: true });
    return this.queue.capture({ captureNumber, orderNumber, amount, body, statedAt });
  }

  /** Settings and service keys change; the till asks at each start. */
  async fetchSettings(): Promise<void> {
    const request = { method: 'GET', target: '/v1/terminal-settings', body: '' } as const;
    const settings = await ask<TerminalSettings>(this.channel, request);
    this.identity = { ...this.identity, settings, serviceKeys: settings.serviceKeys };
    this.channel.trust(settings.serviceKeys);
    await this.store.write('identity', this.identity);
  }

  private async heartbeat(): Promise<void> {
    const queuedReversals = this.book.data.reversals.length;
    const body = JSON.stringify({ softwareVersion: SOFTWARE_VERSION, queuedReversals });
    const request = { method: 'POST', target: '/v1/terminal-heartbeats', body } as const;
    await this.channel.send({ ...request, timeoutMillis: WAIT_MILLIS });
  }
}

/**
 * Turns a one-time code into a till. The key is kept before it is sent, so that a lost answer is
 * asked for again with the same key. @throws {TerminalProblem} {NoAnswer}
 */
export async function enrolTill(
  store: TillStore,
  { serviceName, enrolmentCode }: { serviceName: string; enrolmentCode: string },
): Promise<void> {
  const kept = await store.read<TillIdentity>('identity');
  const keys = kept?.keyId === null ? kept.keys : await makeKeys();
  const draft = { keys, serviceName, keyId: null, settings: null, serviceKeys: [] };
  await store.write('identity', draft satisfies TillIdentity);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const request: EnrolmentRequest = {
    enrolmentCode,
    algorithm: 'ecdsa-p256-sha256',
    publicKey: toBase64Url(publicKey),
    model: MODEL,
    softwareVersion: SOFTWARE_VERSION,
  };
  const signer = { keyId: ENROLMENT_KEY_ID, privateKey: keys.privateKey, serviceName };
  const channel = new TillChannel(signer, { firstContact: true });
  const body = JSON.stringify(request);
  const target = '/v1/terminal-enrolments';
  const answer = await ask<EnrolmentAnswer>(channel, { method: 'POST', target, body });
  const { keyId, settings, serviceKeys } = answer;
  await store.write('identity', { ...draft, keyId, settings, serviceKeys } satisfies TillIdentity);
}

function makeKeys(): Promise<CryptoKeyPair> {
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.generateKey(kind, false, ['sign', 'verify']);
}

async function ask<Body>(
  channel: TillChannel,
  request: { readonly method: 'GET' | 'POST'; readonly target: string; readonly body: string },
): Promise<Body> {
  let answer = await channel.send({ ...request, timeoutMillis: WAIT_MILLIS });
  // The refusal has told the right time: the same again under a fresh signature.
  if (answer.kind === 'problem' && answer.problem.code === 'clock_off') {
    answer = await channel.send({ ...request, timeoutMillis: WAIT_MILLIS });
  }
  if (answer.kind === 'problem') throw new TerminalProblem(answer.problem);
  if (answer.kind === 'silence') throw new NoAnswer(answer.why);
  return answer.body as Body;
}
