import {
  answerToSign,
  problemMeanings,
  problemType,
  readSignedRequest,
  requestSignatureOf,
  shortNumber,
  toBase64Url,
  type PaymentAnswer,
  type PaymentRequest,
  type ProblemCode,
  type TerminalSettings,
  type VoidRequest,
  type WireTariff,
} from '@campus-paycode/terminal-protocol';
import { answerKey, generateTerminalKey, sha256, type AnswerKey } from '../node-keys.js';
import type { IncomingAnswer, OutgoingRequest, Transport } from '../http-transport.js';

/**
 * What goes wrong with one request: it never arrives, its answer never arrives, comes late, is
 * changed on the way, signed by a stranger, not bound to the request, or the service is down.
 */
export type Fault =
  | 'drop_before'
  | 'drop_after'
  | 'tampered'
  | 'stranger'
  | 'unbound'
  | { readonly problem: ProblemCode; readonly retryAfter?: number }
  | { readonly delay: number };

type Reply = { status: number; body: unknown };
type Clock = { now(): number; after(millis: number, action: () => void): () => void };
type Stored = { bytes: string; answer: PaymentAnswer };

/** A service in memory that keeps the promises of the protocol, with faults made to order. */
export class FakeService {
  readonly name = 'pay.test-campus.example';
  /** One for each coming request, in order; undefined lets it pass. */
  faults: (Fault | undefined)[] = [];
  readonly log: { method: string; target: string; body: string; at: number; keyId: string }[] = [];
  readonly sales = new Map<string, Stored>();
  readonly barred = new Set<string>();
  private readonly voids = new Map<string, Reply>();
  supervisedAbove = 5_000;
  verdict: (request: PaymentRequest) => Partial<PaymentAnswer> = () => ({});
  /** Answers to anything else, by `METHOD /path`. */
  readonly routes = new Map<string, (body: string) => Reply>();
  /** Answers to what has a number in its path; null is for somebody else to answer. */
  other: (route: string, body: string) => Reply | null = () => null;
  /** Hears the key of each terminal that is enrolled. */
  enrolled: (key: AnswerKey) => void = () => {};
  /** No request arrives. */
  isCut = false;
  skewMillis = 0;
  private readonly key = generateTerminalKey('ed25519');
  private readonly stranger = generateTerminalKey('ed25519');
  private readonly terminalKeys = new Map<string, AnswerKey>();

  constructor(
    private readonly clock: Clock,
    readonly tariff: WireTariff = { type: 'entered', maximum: 5000 },
  ) {}

  readonly transport: Transport = (request, signal) =>
    new Promise((resolve, reject) => {
      const fail = () => {
        reject(new Error('aborted'));
      };
      signal.addEventListener('abort', fail);
      if (this.isCut) return;
      const fault = this.faults.shift();
      if (fault === 'drop_before') return;
      const answer = this.answer(request, fault);
      if (fault === 'drop_after') return;
      if (typeof fault === 'object' && 'delay' in fault) {
        this.clock.after(fault.delay, () => {
          resolve(answer);
        });
      } else resolve(answer);
    });

  settings(): TerminalSettings {
    const name = { zh: '三号窗口', en: 'Window 3' };
    return {
      terminalId: '12',
      code: 'B3',
      name,
      kind: 'canteen',
      place: { id: '1', name },
      merchant: { id: '1', name },
      tariff: this.tariff,
      currency: 'CNY',
      serviceName: this.name,
      protocolVersions: [1],
      protocolEnds: {},
      codePrefix: '97',
      serverTime: this.time(),
      serviceKeys: [
        { keyId: 's-1', algorithm: 'ed25519', publicKey: toBase64Url(this.key.publicKey) },
      ],
    };
  }

  private time(): string {
    return new Date(this.clock.now() + this.skewMillis).toISOString();
  }

  private answer(request: OutgoingRequest, fault: Fault | undefined): IncomingAnswer {
    const { method, target } = request;
    const body = Buffer.from(request.body).toString('utf8');
    const nowSeconds = (this.clock.now() + this.skewMillis) / 1000;
    const read = readSignedRequest({ ...request, authority: this.name }, { sha256, nowSeconds });
    const keyId = read.ok ? read.keyId : '';
    this.log.push({ method, target, body, at: this.clock.now(), keyId });
    const reply =
      typeof fault === 'object' && 'problem' in fault
        ? problem(fault.problem)
        : read.ok
          ? this.handle(`${method} ${target}`, body, read)
          : problem(read.code);
    return this.sign(request, reply, fault);
  }

  private handle(
    route: string,
    body: string,
    { keyId, base, signature }: { keyId: string; base: Uint8Array; signature: Uint8Array },
  ): Reply {
    if (route === 'POST /v1/terminal-enrolments') return this.enrol(body, base, signature);
    if (this.terminalKeys.get(keyId)?.verify(base, signature) !== true) {
      return problem('signature_invalid');
    }
    const other = this.routes.get(route);
    if (other !== undefined) return other(body);
    const reply = this.other(route, body);
    if (reply !== null) return reply;
    if (route === 'GET /v1/terminal-settings') return { status: 200, body: this.settings() };
    if (route === 'POST /v1/payments') return this.pay(body);
    if (route === 'POST /v1/voids') return this.void(body);
    const [, number = '', action] = /^\w+ \/v1\/payments\/([^/]+)(?:\/(\w+))?$/.exec(route) ?? [];
    if (action === 'reversal') return this.reverse(number);
    const stored = this.sales.get(number);
    return stored === undefined ? problem('order_unknown') : { status: 200, body: stored.answer };
  }

  private enrol(body: string, base: Uint8Array, signature: Uint8Array): Reply {
    const { algorithm, publicKey } = JSON.parse(body);
    const key = answerKey({ keyId: 't-12.1', algorithm, publicKey });
    if (key?.verify(base, signature) !== true) return problem('signature_invalid');
    this.terminalKeys.set('t-12.1', key);
    this.enrolled(key);
    const settings = this.settings();
    const { serviceKeys } = settings;
    return { status: 201, body: { terminalId: '12', keyId: 't-12.1', settings, serviceKeys } };
  }

  private pay(bytes: string): Reply {
    const request = JSON.parse(bytes) as PaymentRequest;
    const { orderNumber } = request;
    if (this.barred.has(orderNumber)) return problem('order_number_reversed');
    const stored = this.sales.get(orderNumber);
    if (stored !== undefined) {
      return stored.bytes === bytes
        ? { status: 200, body: stored.answer }
        : problem('order_number_reused');
    }
    const amount = request.amount ?? 300;
    const answer: PaymentAnswer = {
      paymentId: String(this.sales.size + 1),
      orderNumber,
      shortNumber: shortNumber('B3', request.sequence),
      verdict: 'approved',
      reason: null,
      message: { zh: '支付成功', en: 'Paid' },
      amount,
      captured: amount,
      state: 'captured',
      cardholder: { maskedName: '张*' },
      expiresAt: null,
      decidedAt: this.time(),
      businessDate: '2026-11-22',
      ...this.verdict(request),
    };
    this.sales.set(orderNumber, { bytes, answer });
    return { status: 200, body: answer };
  }

  private reverse(orderNumber: string): Reply {
    const stored = this.sales.get(orderNumber);
    const again = this.barred.has(orderNumber);
    this.barred.add(orderNumber);
    const returned = stored?.answer.captured ?? 0;
    const outcome = stored === undefined ? 'never_seen' : again ? 'already_reversed' : 'reversed';
    return { status: 200, body: { orderNumber, outcome, returned } };
  }

  private void(bytes: string): Reply {
    const stored = this.voids.get(bytes);
    if (stored !== undefined) return stored;
    const { voidNumber, orderNumber, supervision } = JSON.parse(bytes) as VoidRequest;
    const sale = this.sales.get(orderNumber)?.answer;
    if (sale === undefined) return problem('order_unknown');
    const again = this.barred.has(orderNumber);
    if (!again && sale.captured > this.supervisedAbove && supervision === undefined) {
      return problem('supervision_needed');
    }
    this.barred.add(orderNumber);
    const outcome = again ? 'already_reversed' : 'voided';
    const body = { voidNumber, orderNumber, outcome, returned: sale.captured };
    this.voids.set(bytes, { status: 200, body });
    return { status: 200, body };
  }

  private sign(request: OutgoingRequest, reply: Reply, fault: Fault | undefined): IncomingAnswer {
    const body = Buffer.from(JSON.stringify(reply.body));
    const key = fault === 'stranger' ? this.stranger : this.key;
    const type = reply.status < 400 ? 'application/json' : 'application/problem+json';
    const requestSignature = fault === 'unbound' ? null : requestSignatureOf(request.headers);
    const draft = answerToSign(
      { status: reply.status, contentType: `${type}; charset=utf-8`, body, requestSignature },
      {
        keyId: 's-1',
        algorithm: 'ed25519',
        created: Math.floor((this.clock.now() + this.skewMillis) / 1000),
        sha256,
      },
    );
    const headers: Record<string, string> = draft.finish(key.sign(draft.base));
    if (typeof fault === 'object' && 'retryAfter' in fault) {
      headers['retry-after'] = String(fault.retryAfter);
    }
    const sent = fault === 'tampered' ? Buffer.from(body.toString().replace('1', '2')) : body;
    return { status: reply.status, headers, body: sent };
  }
}

function problem(code: ProblemCode): Reply {
  const { status, retryable, effect } = problemMeanings[code];
  const message = { zh: code, en: code };
  const type = problemType(code);
  const texts = { type, title: code, detail: code, message, requestId: 'r' };
  return { status, body: { ...texts, status, code, retryable, effect } };
}
