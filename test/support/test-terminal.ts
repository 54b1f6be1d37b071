/** A terminal in the hands of a test: it signs whatever it is told to, also deliberately wrong. */
import { answerKey, generateTerminalKey, type TerminalKey } from '@campus-paycode/terminal-client';
import {
  ENROLMENT_KEY_ID,
  makeOrderNumber,
  readSignedAnswer,
  requestToSign,
  toBase64Url,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { keyRingToken } from '../../src/platform/config/key-ring.token.js';
import type { KeyRing } from '../../src/platform/config/key-ring.js';
import type { TestService } from './service.js';

/** What makes a request different from the right one. */
export type Wrong = {
  readonly created?: number;
  /** Of the protocol. */
  readonly version?: number;
  readonly keyId?: string;
  readonly key?: TerminalKey;
  readonly authority?: string;
  /** Signs this target, method or body, and sends the others. */
  readonly signedMethod?: string;
  readonly signedTarget?: string;
  readonly signedBody?: string;
  /** Over the right headers: a list is sent twice, undefined not at all. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
};

export type Answer = {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly body: Record<string, unknown> & { readonly code?: string };
  /** Whether the service's key verifies it, and whether it names this very request. */
  readonly signed: 'bound' | 'unbound' | 'no';
  /** Unix seconds that the signature was made at. */
  readonly created: number;
};

export type Draft = { readonly orderNumber: string; readonly body: string };

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export class TestTerminal {
  private sequence = 0;
  keyId = ENROLMENT_KEY_ID;

  constructor(
    private readonly service: TestService,
    readonly id: bigint,
    readonly code: string,
    readonly key: TerminalKey,
  ) {}

  /** Brings a new key with a one-time code; the answer says under which name it signs from now on. */
  async enrol(enrolmentCode: string, wrong: Wrong = {}): Promise<Answer> {
    const answer = await this.send(
      'POST',
      '/v1/terminal-enrolments',
      this.enrolment(enrolmentCode),
      {
        keyId: ENROLMENT_KEY_ID,
        ...wrong,
      },
    );
    if (answer.status === 201) this.keyId = String(answer.body['keyId']);
    return answer;
  }

  enrolment(enrolmentCode: string): Record<string, unknown> {
    return {
      enrolmentCode,
      algorithm: this.key.algorithm,
      publicKey: toBase64Url(this.key.publicKey),
      model: 'test',
      softwareVersion: '1.0',
    };
  }

  /** A sale as it would be stored before it is sent. */
  draft(code: string, amount?: number, changes: Record<string, unknown> = {}): Draft {
    this.sequence += 1;
    const orderNumber = this.number();
    const body = {
      orderNumber,
      sequence: this.sequence,
      instrument: { type: 'code', code },
      ...(amount === undefined ? {} : { amount }),
      occurredAt: this.service.clock.now().toISOString(),
      ...changes,
    };
    return { orderNumber, body: JSON.stringify(body) };
  }

  /** Sends a stored sale: the same bytes under a fresh signature. */
  post({ body }: Pick<Draft, 'body'>, wrong: Wrong = {}): Promise<Answer> {
    return this.send('POST', '/v1/payments', body, wrong);
  }

  sell(code: string, amount?: number): Promise<Answer> {
    return this.post(this.draft(code, amount));
  }

  find(orderNumber: string): Promise<Answer> {
    return this.send('GET', `/v1/payments/${orderNumber}`);
  }

  reverse(orderNumber: string, reason = 'timeout'): Promise<Answer> {
    return this.send('POST', `/v1/payments/${orderNumber}/reversal`, { reason });
  }

  /** Sends a void; the same number again is the same void. */
  void(
    orderNumber: string,
    { voidNumber = this.number(), supervision }: { voidNumber?: string; supervision?: string } = {},
  ): Promise<Answer> {
    const word = supervision === undefined ? {} : { supervision };
    return this.send('POST', '/v1/voids', { voidNumber, orderNumber, ...word });
  }

  capture(
    orderNumber: string,
    amount: number,
    { final = true, captureNumber = this.number() } = {},
  ): Promise<Answer> {
    const body = { captureNumber, amount, final };
    return this.send('POST', `/v1/payments/${orderNumber}/captures`, body);
  }

  /** A UUIDv7 by the service's clock. */
  number(): string {
    return makeOrderNumber(this.service.clock.nowMs(), randomBytes(10));
  }

  /** @param body sent as it is when it is text, as JSON otherwise. */
  async send(
    method: string,
    target: string,
    body: string | Record<string, unknown> = '',
    wrong: Wrong = {},
  ): Promise<Answer> {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const { key = this.key, keyId = this.keyId } = wrong;
    const draft = requestToSign(
      {
        method: wrong.signedMethod ?? method,
        authority: wrong.authority ?? this.service.config.SERVICE_NAME,
        target: wrong.signedTarget ?? target,
        body: Buffer.from(wrong.signedBody ?? sent),
      },
      {
        keyId,
        algorithm: key.algorithm,
        created: wrong.created ?? this.service.clock.unixSeconds(),
        sha256,
        ...(wrong.version === undefined ? {} : { version: wrong.version }),
      },
    );
    const signature = key.sign(draft.base);
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries({ ...draft.finish(signature), ...wrong.headers }))
      if (value !== undefined) headers[name] = value;
    const arrived = await this.carry(method, target, { headers, body: Buffer.from(sent) });
    return this.read(arrived, signature);
  }

  private carry(
    method: string,
    path: string,
    { headers, body }: { headers: Record<string, string | string[]>; body: Buffer },
  ): Promise<{ message: IncomingMessage; bytes: Buffer }> {
    const { hostname, port } = new URL(this.service.url);
    const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { hostname, port, method, path, headers: { ...length, ...headers } },
        (message) => {
          const parts: Buffer[] = [];
          message.on('data', (part: Buffer) => parts.push(part));
          message.on('error', reject);
          message.on('end', () => resolve({ message, bytes: Buffer.concat(parts) }));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  private read(
    { message, bytes }: { message: IncomingMessage; bytes: Buffer },
    requestSignature: Uint8Array,
  ): Answer {
    const text = bytes.toString('utf8');
    const status = message.statusCode ?? 0;
    const answer = readSignedAnswer(
      { status, headers: message.headersDistinct, body: bytes, requestSignature },
      { sha256 },
    );
    const verifies = answer.ok && this.serviceKey()?.verify(answer.base, answer.signature) === true;
    return {
      status,
      contentType: String(message.headers['content-type']),
      text,
      body: (text.startsWith('{') ? JSON.parse(text) : {}) as Answer['body'],
      signed: !answer.ok || !verifies ? 'no' : answer.bound ? 'bound' : 'unbound',
      created: answer.ok ? answer.created : 0,
    };
  }

  private serviceKey(): ReturnType<typeof answerKey> {
    const { answerKey: own } = this.service.app.get<KeyRing>(keyRingToken);
    const { id: keyId, publicKey } = own;
    return answerKey({ keyId, algorithm: 'ed25519', publicKey: toBase64Url(publicKey) });
  }
}

/** The private half of a new terminal; nobody knows it yet. */
export const newTerminalKey = (algorithm: SignatureAlgorithm = 'ed25519'): TerminalKey =>
  generateTerminalKey(algorithm);
