import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Call = {
  method: string;
  /** The request target as it came: path and query, the part that signatures cover. */
  target: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** What the named groups of the route's pattern caught, percent-decoded. */
  params: Record<string, string>;
};

export type Reply = {
  status: number;
  body: string;
  headers: Record<string, string>;
};

/** `cut` closes the connection without an answer: the caller cannot know what happened. */
export type Outcome = Reply | 'cut';

export type Route = {
  method: string;
  path: RegExp;
  handle: (call: Call) => Outcome | Promise<Outcome>;
};

export type Serving = { url: string; close(): Promise<void> };

const MAX_BODY_BYTES = 1_048_576;

/** Serves on 127.0.0.1 only: a fake has no business on a network. Port 0 takes a free one. */
export async function serve(
  port: number,
  handle: (call: Call) => Promise<Outcome>,
): Promise<Serving> {
  const server = createServer((request, response) => {
    answer(request, response, handle).catch(() => request.socket.destroy());
  });
  // A client that reuses an idle connection must not meet its closing by accident.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The first route whose method and path fit, or undefined. */
export function findRoute<Found extends { method: string; path: RegExp }>(
  routes: readonly Found[],
  method: string,
  path: string,
): { route: Found; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match) return { route, params: decodeAll(match.groups ?? {}) };
  }
  return undefined;
}

export function json(status: number, value: unknown): Reply {
  return {
    status,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  };
}

/** The body as a JSON object, or undefined when it is anything else. */
export function jsonObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function pause(milliseconds: number): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve();
  // A listening server keeps the process alive; a pause must not keep a closed one.
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (call: Call) => Promise<Outcome>,
): Promise<void> {
  const target = request.url ?? '/';
  const url = new URL(target, 'http://fake.invalid');
  const outcome = await handle({
    method: request.method ?? 'GET',
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: await readBody(request),
    params: {},
  });
  if (outcome === 'cut') {
    request.socket.destroy();
    return;
  }
  response.writeHead(outcome.status, {
    ...outcome.headers,
    'content-length': String(Buffer.byteLength(outcome.body)),
  });
  response.end(outcome.body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('the body is larger than the fake reads');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, safeDecode(value)]),
  );
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
