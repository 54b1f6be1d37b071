/**
 * Stands before a right service and makes a wrong one of it: it changes one thing, and signs what comes back by a key of its
 * own, which it puts into the settings. What the service left unsigned, or bound to nothing, stays so.
 */
import { generateTerminalKey, sha256 } from '@campus-paycode/terminal-client';
import {
  answerToSign,
  requestSignatureOf,
  singleHeader,
  toBase64Url,
  type RawHeaders,
  type ServiceKey,
} from '@campus-paycode/terminal-protocol';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carry } from '../service/carry.js';

export type Asking = {
  readonly method: string;
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
  /** Where the request was meant to arrive: host and port. */
  readonly host: string;
};

export type Answering = {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly signed: 'bound' | 'unbound' | 'no';
  /** Unix seconds by the service's clock. */
  readonly created: number;
};

/** What is wrong; `seen` is its own to remember by. */
export type Change = (right: Answering, asked: Asking, seen: Map<string, string>) => Answering;

/** Those that belong to one connection, or that are made anew. */
const OWN_HEADERS = ['connection', 'content-length', 'transfer-encoding', 'keep-alive'];
const SERVICE_KEYS = /"serviceKeys":\[[^\]]*\]/g;

export class ResigningFront {
  url = '';
  private change: Change = (right) => right;
  private seen = new Map<string, string>();
  private readonly key = generateTerminalKey('ed25519');
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch(() => {
      request.socket.destroy();
    });
  });

  private constructor(private readonly service: string) {}

  static async before(service: string): Promise<ResigningFront> {
    const front = new ResigningFront(service);
    await new Promise<void>((resolve, reject) => {
      front.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    front.url = `http://127.0.0.1:${(front.server.address() as AddressInfo).port}`;
    return front;
  }

  /** From now on, until the next one. */
  turn(change: Change): void {
    this.change = change;
    this.seen = new Map();
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { method = '', url: target = '', headersDistinct } = request;
    const headers: Record<string, string | string[]> = {};
    for (const [name, values = []] of Object.entries(headersDistinct)) {
      const [first = '', ...more] = values;
      if (!OWN_HEADERS.includes(name)) headers[name] = more.length === 0 ? first : values;
    }
    const arrived = await carry(this.service, { method, target, headers, body });
    const input = String(arrived.headers['signature-input'] ?? '');
    const isBound = input.includes('"signature";req');
    const right: Answering = {
      status: arrived.status,
      contentType: arrived.contentType,
      text: arrived.bytes.toString('utf8'),
      signed: input === '' ? 'no' : isBound ? 'bound' : 'unbound',
      created: Number(/;created=(\d+)/.exec(input)?.[1] ?? Math.floor(Date.now() / 1000)),
    };
    const { host } = new URL(this.url);
    const asked = { method, target, headers, body, host };
    const answer = this.change(right, asked, this.seen);
    const told = this.sign(answer, requestSignatureOf(headers));
    const retryAfter = singleHeader(arrived.headers, 'retry-after');
    const more = retryAfter === null ? {} : { 'retry-after': retryAfter };
    response.writeHead(answer.status, { ...told.headers, ...more }).end(told.body);
  }

  private sign(
    { status, contentType, text, signed, created }: Answering,
    asked: Uint8Array | null,
  ): { headers: Record<string, string>; body: Buffer } {
    const own: ServiceKey = {
      keyId: 'front',
      algorithm: 'ed25519',
      publicKey: toBase64Url(this.key.publicKey),
    };
    const keys = `"serviceKeys":${JSON.stringify([own])}`;
    const body = Buffer.from(text.replaceAll(SERVICE_KEYS, () => keys));
    if (signed === 'no') return { headers: { 'content-type': contentType }, body };
    const requestSignature = signed === 'bound' ? asked : null;
    const draft = answerToSign(
      { status, contentType, body, requestSignature },
      { keyId: own.keyId, algorithm: own.algorithm, created, sha256 },
    );
    return { headers: draft.finish(this.key.sign(draft.base)), body };
  }
}
