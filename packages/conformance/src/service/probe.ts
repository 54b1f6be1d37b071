/** A terminal in the kit's hands: it signs whatever it is told to, also wrongly, and keeps all that it heard. */
import {
  answerKey,
  generateTerminalKey,
  sha256,
  type TerminalKey,
} from '@campus-paycode/terminal-client';
import {
  ENROLMENT_KEY_ID,
  makeOrderNumber,
  readSignedAnswer,
  requestToSign,
  toBase64Url,
  type ServiceKey,
  type SignatureAlgorithm,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import { Broken, mustEqual } from '../check.js';
import { carry, type HeaderValues } from './carry.js';

/** What makes a request different from the right one. */
export type Wrong = {
  readonly created?: number;
  readonly keyId?: string;
  readonly key?: TerminalKey;
  readonly authority?: string;
  readonly signedTarget?: string;
  readonly signedMethod?: string;
  readonly signedBody?: string;
  /** Changes the signature base before it is signed, and the headers in the same way. */
  readonly rewrite?: (text: string) => string;
  readonly signature?: (right: Uint8Array) => Uint8Array;
  /** Over the right headers: a list is sent twice, undefined not at all. */
  readonly headers?: HeaderValues;
};

export type Heard = {
  readonly request: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether the service's key verifies it, and whether it names this very request. */
  readonly signed: 'bound' | 'unbound' | 'no';
  readonly created: number;
  /** Of the request: whether its signature could be read at all. */
  readonly askedReadably: boolean;
};

export type Draft = { readonly orderNumber: string; readonly body: string };

type Where = { readonly url: string; readonly serviceName: string };

export class Probe {
  keyId: string = ENROLMENT_KEY_ID;
  settings: TerminalSettings | undefined;
  /** Everything that this terminal was ever answered. */
  readonly heard: Heard[] = [];
  sequence = 0;
  private keys: readonly ServiceKey[] = [];
  private ahead = 0;

  constructor(
    readonly where: Where,
    public key: TerminalKey = generateTerminalKey('ed25519'),
  ) {}

  /** Unix milliseconds by the service's clock. */
  now(): number {
    return Date.now() + this.ahead;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** A UUIDv7 by the service's clock. */
  number(): string {
    return makeOrderNumber(this.now(), randomBytes(10));
  }

  get id(): string {
    return this.settings?.terminalId ?? '';
  }

  enrolment(enrolmentCode: string, changes: Record<string, unknown> = {}): string {
    return JSON.stringify({
      enrolmentCode,
      algorithm: this.key.algorithm,
      publicKey: toBase64Url(this.key.publicKey),
      model: 'conformance kit',
      softwareVersion: '1',
      ...changes,
    });
  }

  async enrol(enrolmentCode: string, wrong: Wrong = {}): Promise<Heard> {
    const body = this.enrolment(enrolmentCode);
    const send = () =>
      this.send('POST', '/v1/terminal-enrolments', body, { keyId: ENROLMENT_KEY_ID, ...wrong });
    let heard = await send();
    if (heard.body['code'] === 'clock_off') {
      this.ahead = heard.created * 1000 + 500 - Date.now();
      heard = await send();
    }
    if (heard.status === 201) {
      this.keyId = String(heard.body['keyId']);
      this.learn(heard.body['settings'] as TerminalSettings);
    }
    return heard;
  }

  async fetchSettings(): Promise<TerminalSettings> {
    const heard = await this.send('GET', '/v1/terminal-settings');
    if (heard.status !== 200) throw new Broken(`the settings: ${heard.status} ${heard.text}`);
    const settings = heard.body as unknown as TerminalSettings;
    this.learn(settings);
    return settings;
  }

  private learn(settings: TerminalSettings): void {
    this.settings = settings;
    this.keys = settings.serviceKeys;
    this.ahead = Date.parse(settings.serverTime) - Date.now();
  }

  draft(instrument: unknown, amount?: number, changes: Record<string, unknown> = {}): Draft {
    this.sequence += 1;
    const orderNumber = this.number();
    const sale = {
      orderNumber,
      sequence: this.sequence,
      instrument: typeof instrument === 'string' ? { type: 'code', code: instrument } : instrument,
      ...(amount === undefined ? {} : { amount }),
      occurredAt: new Date(this.now()).toISOString(),
      ...changes,
    };
    return { orderNumber, body: JSON.stringify(sale) };
  }

  post({ body }: Pick<Draft, 'body'>, wrong: Wrong = {}): Promise<Heard> {
    return this.send('POST', '/v1/payments', body, wrong);
  }

  find(orderNumber: string): Promise<Heard> {
    return this.send('GET', `/v1/payments/${orderNumber}`);
  }

  reverse(orderNumber: string, reason = 'timeout'): Promise<Heard> {
    return this.send('POST', `/v1/payments/${orderNumber}/reversal`, JSON.stringify({ reason }));
  }

  capture(orderNumber: string, amount: number, final: boolean, number = this.number()) {
    const body = JSON.stringify({ captureNumber: number, amount, final });
    return this.send('POST', `/v1/payments/${orderNumber}/captures`, body);
  }

  /** A request that must be refused so. */
  async refused(heard: Heard | Promise<Heard>, status: number, code: string): Promise<string> {
    const { status: is, body, text } = await heard;
    if (is !== status || body['code'] !== code) {
      throw new Broken(`${is} ${text.slice(0, 200)} instead of ${status} ${code}`);
    }
    return code;
  }

  async send(method: string, target: string, body = '', wrong: Wrong = {}): Promise<Heard> {
    const { key = this.key, keyId = this.keyId, rewrite = (text: string) => text } = wrong;
    const draft = requestToSign(
      {
        method: wrong.signedMethod ?? method,
        authority: wrong.authority ?? this.where.serviceName,
        target: wrong.signedTarget ?? target,
        body: Buffer.from(wrong.signedBody ?? body),
      },
      { keyId, algorithm: key.algorithm, created: wrong.created ?? this.seconds(), sha256 },
    );
    const base = Buffer.from(draft.base).toString('utf8');
    const right = key.sign(Buffer.from(rewrite(base)));
    const headers = draft.finish(wrong.signature?.(right) ?? right);
    const rewritten = Object.entries(headers).map(([name, value]) => [name, rewrite(value)]);
    const sent: HeaderValues = { ...Object.fromEntries(rewritten), ...wrong.headers };
    const arrived = await carry(this.where.url, { method, target, headers: sent, body });
    const { status, bytes, headers: got, contentType } = arrived;
    const read = readSignedAnswer(
      { status, headers: got, body: bytes, requestSignature: right },
      { sha256 },
    );
    const text = bytes.toString('utf8');
    const parsed = parse(text);
    const holds = read.ok && this.verifies(read.keyId, read, parsed);
    const heard: Heard = {
      request: `${method} ${target}`,
      status,
      contentType,
      text,
      body: parsed,
      signed: !read.ok || !holds ? 'no' : read.bound ? 'bound' : 'unbound',
      created: read.ok ? read.created : 0,
      askedReadably: [wrong.headers, wrong.signature, wrong.rewrite].every((own) => !own),
    };
    this.heard.push(heard);
    return heard;
  }

  /** On first contact the keys are those of the answer itself (R16). */
  private verifies(
    keyId: string,
    { base, signature }: { base: Uint8Array; signature: Uint8Array },
    body: Readonly<Record<string, unknown>>,
  ): boolean {
    const own = body['serviceKeys'] as readonly ServiceKey[] | undefined;
    const keys = this.keys.length > 0 ? this.keys : (own ?? []);
    const described = keys.find((key) => key.keyId === keyId);
    return described !== undefined && answerKey(described)?.verify(base, signature) === true;
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export const newKey = (algorithm: SignatureAlgorithm = 'ed25519'): TerminalKey =>
  generateTerminalKey(algorithm);

/** Some fields of an answer, which must be these. */
export function mustSay(heard: Heard, expected: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(expected);
  const said = Object.fromEntries(names.map((name) => [name, heard.body[name]]));
  mustEqual(said, expected, `${heard.request} ${heard.status}`);
}
