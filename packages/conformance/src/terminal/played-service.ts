/** The kit plays the service: it keeps the promises of the protocol, and breaks those that it is told to. */
import { answerKey, generateTerminalKey, sha256 } from '@campus-paycode/terminal-client';
import type { AnswerKey, IncomingAnswer, TerminalKey } from '@campus-paycode/terminal-client';
import {
  answerToSign,
  CLOCK_WINDOW_SECONDS,
  ENROLMENT_KEY_ID,
  toBase64Url,
  type TerminalSettings,
  type WireTariff,
} from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type { KitTime } from './kit-time.js';
import { PlayedBook } from './played-book.js';
import { PlayedCounter } from './played-counter.js';
import { PlayedGate } from './played-gate.js';
import { PlayedIssuer } from './played-issuer.js';
import { PlayedMeter } from './played-meter.js';
import { PlayedRooms } from './played-rooms.js';
import {
  otherProblem,
  problem,
  type Arrived,
  type Fault,
  type Reply,
  type Route,
} from './played-wire.js';
import type { Seen } from './watch-body.js';
import { watch, type Incoming } from './watch.js';

export type Delivery = IncomingAnswer | 'silence' | 'break';

const ROUTES: readonly (readonly [RegExp, Route])[] = [
  [/^POST \/v1\/terminal-enrolments$/, 'enrolment'],
  [/^GET \/v1\/terminal-settings$/, 'settings'],
  [/^POST \/v1\/terminal-heartbeats$/, 'heartbeat'],
  [/^POST \/v1\/payments$/, 'sale'],
  [/^GET \/v1\/payments\/[^/]+$/, 'query'],
  [/^POST \/v1\/payments\/[^/]+\/reversal$/, 'reversal'],
  [/^POST \/v1\/payments\/[^/]+\/captures$/, 'capture'],
  [/^POST \/v1\/payments\/[^/]+\/confirmation$/, 'confirmation'],
  [/^POST \/v1\/shifts$/, 'shift'],
  [/^POST \/v1\/terminal-keys$/, 'key'],
  [/^GET \/v1\/hotlists\/\d+$/, 'hotlist'],
  [/^POST \/v1\/offline-sales$/, 'records'],
  [/^POST \/v1\/passages$/, 'passage'],
  [/^POST \/v1\/passages\/[^/]+\/(not-)?passed$/, 'passed'],
  [/^GET \/v1\/programmes$/, 'programmes'],
  [/^POST \/v1\/sessions$/, 'session'],
  [/^POST \/v1\/sessions\/[^/]+\/progress$/, 'progress'],
  [/^POST \/v1\/pin-checks$/, 'pin_check'],
  [/^POST \/v1\/supervisions$/, 'supervision'],
  [/^POST \/v1\/voids$/, 'void'],
  [/^POST \/v1\/shift-openings$/, 'opening'],
  [/^POST \/v1\/room-credits$/, 'credit'],
  [/^GET \/v1\/room-credits\/[^/]+$/, 'credit_look'],
  [/^POST \/v1\/meter-readings$/, 'readings'],
];

/** Made for this run of the kit, and for nothing else. */
const KEYS: ReadonlyMap<string, TerminalKey> = new Map(
  ['s-1', 's-2', 'stranger'].map((id) => [id, generateTerminalKey('ed25519')]),
);

export class PlayedService {
  readonly name = 'pay.conformance.example';
  readonly log: Arrived[] = [];
  /** What no request may be, over the whole life of this service. */
  readonly broken: Seen[] = [];
  /** For each coming request of a route, in order; undefined lets it pass. */
  readonly faults: Partial<Record<Route, (Fault | undefined)[]>> = {};
  /** The cable: `silent` swallows everything, `broken` ends every connection. */
  line: 'up' | 'silent' | 'broken' = 'up';
  skewMillis = 0;
  settingsVersion = 1;
  offered = ['s-1'];
  signsBy = 's-1';
  readonly book: PlayedBook;
  readonly issuer: PlayedIssuer;
  readonly gate: PlayedGate;
  readonly meter: PlayedMeter;
  readonly counter: PlayedCounter;
  readonly rooms: PlayedRooms;
  /** Settings that are other than usual. */
  place: Partial<TerminalSettings> = {};
  /** Whether terminals may sell without a network here. */
  sellsOffline = false;
  readonly terminalKeys = new Map<string, AnswerKey>();

  constructor(
    private readonly time: KitTime,
    readonly tariff: WireTariff = { type: 'entered', maximum: 5_000 },
  ) {
    const now = () => this.now();
    this.book = new PlayedBook(this, now);
    this.gate = new PlayedGate(now);
    this.meter = new PlayedMeter(tariff, this.book);
    this.rooms = new PlayedRooms(this.book, now);
    const above = () => this.settings().voids?.supervisorAbove ?? 0;
    this.counter = new PlayedCounter(this.book, above, now);
    this.issuer = new PlayedIssuer(now, this.broken, () => this.terminalKeys.get('t-12.1'));
  }

  /** By the clock of the service, which is not that of the terminal. */
  now(): number {
    return this.time.now() + this.skewMillis;
  }

  refuse(instrument: unknown, orderNumber: string): string | null {
    return this.counter.refuse(instrument, orderNumber);
  }

  settings(): TerminalSettings {
    const name = { zh: '三号窗口', en: 'Window 3' };
    return {
      terminalId: '12',
      code: 'B3',
      name,
      kind: this.tariff.type === 'metered' ? 'dorm' : 'canteen',
      place: { id: '1', name },
      merchant: { id: '1', name },
      tariff: this.tariff,
      currency: 'CNY',
      serviceName: this.name,
      protocolVersions: [1],
      protocolEnds: {},
      instruments: ['code', 'signed_qr', 'plastic', 'number_pin'],
      staticCaps: { perSale: 3_000, perDay: 10_000 },
      voids: { minutes: 10, supervisorAbove: 5_000 },
      shows: { maskedName: true, purses: false, balance: false },
      offline: this.sellsOffline ? this.issuer.settings() : null,
      codePrefix: '97',
      serverTime: new Date(this.now()).toISOString(),
      serviceKeys: this.offered.map((keyId) => ({
        keyId,
        algorithm: 'ed25519',
        publicKey: toBase64Url(KEYS.get(keyId)?.publicKey ?? new Uint8Array()),
      })),
      ...this.place,
    };
  }

  requests(...routes: Route[]): Arrived[] {
    return this.log.filter(({ route }) => routes.includes(route));
  }

  /** What comes back for a request; null in `headers` of the answer never happens. */
  async answer(request: Incoming): Promise<Delivery> {
    if (this.line === 'broken') return 'break';
    if (this.line === 'silent') return 'silence';
    const { method, target } = request;
    const named = `${method} ${target.split('?')[0]}`;
    const route = ROUTES.find(([pattern]) => pattern.test(named))?.[1] ?? 'other';
    const fault = this.faults[route]?.shift();
    if (fault === 'lost') return 'silence';
    const body = request.body.toString('utf8');
    const json = parse(body);
    const { broken, keyId, created, signature } = watch(request, this.name, (id) =>
      id === ENROLMENT_KEY_ID ? keyIn(json) : (this.terminalKeys.get(id) ?? null),
    );
    this.broken.push(...broken);
    const at = this.time.now();
    const shown = toBase64Url(signature ?? new Uint8Array());
    this.log.push({ route, method, target, body, json, at, keyId, created, signature: shown });
    const reply = this.reply({ route, target, body, json, keyId, created }, fault);
    if (fault === 'answer_lost') return 'silence';
    if (fault === 'broken') return 'break';
    const answer = this.sign(reply, signature, fault);
    if (typeof fault === 'object' && 'delay' in fault) {
      await new Promise<void>((resolve) => {
        this.time.after(fault.delay, resolve);
      });
    }
    return answer;
  }

  private reply(
    asked: Pick<Arrived, 'route' | 'target' | 'body' | 'json' | 'keyId' | 'created'>,
    fault: Fault | undefined,
  ): Reply {
    if (typeof fault === 'object') {
      if ('problem' in fault) return problem(fault.problem);
      if ('otherProblem' in fault) return otherProblem(fault.otherProblem);
    }
    if (Math.abs(asked.created - this.now() / 1000) > CLOCK_WINDOW_SECONDS) {
      return problem('clock_off');
    }
    const isKnown = asked.route === 'enrolment' || this.terminalKeys.has(asked.keyId);
    if (!isKnown) return problem('terminal_unknown');
    const key = keyIn(asked.json);
    if (asked.route === 'enrolment' && key !== null) this.terminalKeys.set('t-12.1', key);
    for (const part of [this.gate, this.meter, this.counter, this.rooms]) {
      const reply = part.reply(asked);
      if (reply !== null) return reply;
    }
    return this.book.reply(asked);
  }

  private sign(
    { status, body }: Reply,
    asked: Uint8Array | null,
    fault: Fault | undefined,
  ): IncomingAnswer {
    const bytes = Buffer.from(JSON.stringify(body));
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const contentType = `${type}; charset=utf-8`;
    if (fault === 'unsigned')
      return { status, headers: { 'content-type': contentType }, body: bytes };
    const bound = fault === 'replayed' ? randomBytes(64) : asked;
    const draft = answerToSign(
      { status, contentType, body: bytes, requestSignature: fault === 'unbound' ? null : bound },
      { keyId: this.signsBy, algorithm: 'ed25519', created: Math.floor(this.now() / 1000), sha256 },
    );
    const key = fault === 'stranger' ? KEYS.get('stranger') : KEYS.get(this.signsBy);
    const headers: Record<string, string> = draft.finish(
      key?.sign(draft.base) ?? new Uint8Array(64),
    );
    if (typeof fault === 'object' && 'retryAfter' in fault) {
      headers['retry-after'] = String(fault.retryAfter);
    }
    const text = bytes.toString('utf8').replace('":', '": ');
    return { status, headers, body: fault === 'tampered' ? Buffer.from(text) : bytes };
  }
}

function keyIn({ algorithm, publicKey }: Arrived['json']): AnswerKey | null {
  if (algorithm !== 'ed25519' && algorithm !== 'ecdsa-p256-sha256') return null;
  return answerKey({ keyId: '', algorithm, publicKey: String(publicKey) });
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
