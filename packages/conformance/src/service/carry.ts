import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RawHeaders } from '@campus-paycode/terminal-protocol';

export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

type Message = {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderValues;
  readonly body: string | Buffer;
};

type Arrived = {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly contentType: string;
  readonly bytes: Buffer;
};

const answerMs = 20_000;

/** Bytes there and back, and nothing that a library would add or mend. */
export function carry(url: string, { method, target, headers, body }: Message): Promise<Arrived> {
  const { hostname, port, protocol } = new URL(url);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  const own: Record<string, string | string[]> = {};
  if (body.length > 0) own['content-length'] = String(Buffer.byteLength(body));
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) own[name] = typeof value === 'string' ? value : [...value];
  }
  const timeout = answerMs;
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path: target, headers: own, timeout };
    const outgoing = send(options, (message) => {
      const parts: Buffer[] = [];
      message.on('data', (part: Buffer) => parts.push(part));
      message.on('error', reject);
      message.on('end', () => {
        resolve({
          status: message.statusCode ?? 0,
          headers: message.headersDistinct,
          contentType: String(message.headers['content-type']),
          bytes: Buffer.concat(parts),
        });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 20 s')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
