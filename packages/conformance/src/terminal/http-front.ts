import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlayedService } from './played-service.js';

export type Front = { readonly url: string; close(): Promise<void> };

/** The played service at an address. Silence leaves a connection open; a break ends it. */
export async function openFront(
  service: () => PlayedService | undefined,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<Front> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const delivery = await service()?.answer({
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.headersDistinct,
      body: Buffer.concat(parts),
    });
    if (delivery === 'silence') return;
    if (delivery === undefined || delivery === 'break') {
      request.socket.destroy();
      return;
    }
    const headers = Object.fromEntries(
      Object.entries(delivery.headers).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    response.writeHead(delivery.status, headers).end(delivery.body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      request.socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${own}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
