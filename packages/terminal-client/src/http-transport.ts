import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { RawHeaders } from '@campus-paycode/terminal-protocol';

export type OutgoingRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export type IncomingAnswer = {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
};

/** Carries bytes there and back; rejects when no whole answer came or the signal was aborted. */
export type Transport = (request: OutgoingRequest, signal: AbortSignal) => Promise<IncomingAnswer>;

const MAX_ANSWER_BYTES = 256 * 1024;
const plainAgent = new HttpAgent({ keepAlive: true, timeout: 60_000 });
const secureAgent = new HttpsAgent({ keepAlive: true, timeout: 60_000 });

/**
 * HTTP/1.1 with kept connections. `baseUrl` is where the service is reached, which may be a proxy;
 * it has no path, since the signature covers the path that the service sees.
 */
export function httpTransport(baseUrl: string): Transport {
  const base = new URL(baseUrl);
  if (base.pathname !== '/' || base.search !== '') {
    throw new RangeError('the base URL must have no path');
  }
  const secure = base.protocol === 'https:';
  const send = secure ? httpsRequest : httpRequest;
  const place = {
    host: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port || (secure ? 443 : 80),
    agent: secure ? secureAgent : plainAgent,
  };
  return ({ method, target, headers, body }, signal) =>
    new Promise((resolve, reject) => {
      const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
      const options = {
        ...place,
        method,
        path: target,
        headers: { ...headers, ...length },
        signal,
      };
      const outgoing = send(options, (answer) => {
        collect(answer).then(resolve, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body.length > 0 ? body : undefined);
    });
}

function collect(answer: IncomingMessage): Promise<IncomingAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    answer.on('data', (part: Buffer) => {
      size += part.length;
      if (size > MAX_ANSWER_BYTES) answer.destroy(new Error('the answer is too large'));
      else parts.push(part);
    });
    answer.on('error', reject);
    answer.on('end', () => {
      const body = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headersDistinct, body });
    });
    answer.on('close', () => {
      reject(new Error('the connection was closed'));
    });
  });
}
