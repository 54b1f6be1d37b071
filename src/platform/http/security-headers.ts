import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ServerResponse } from 'node:http';

type Header = readonly [name: string, value: string];

/** What helmet puts on an answer, in its order and spelling. */
function headersOf(reply: FastifyReply): readonly Header[] {
  const headers: Header[] = [];
  const { raw } = reply;
  raw.setHeader = (name, value) => {
    headers.push([name, String(value)]);
    return raw;
  };
  void reply.helmet();
  raw.setHeader = ServerResponse.prototype.setHeader;
  return headers;
}

/**
 * Puts helmet's headers on every answer. They are the same on all of them, and helmet works them out anew for each, so it
 * is asked for the first one only.
 */
export async function secureHeaders(
  app: NestFastifyApplication,
  options: FastifyHelmetOptions,
): Promise<void> {
  await app.register(helmet, { ...options, global: false });
  let headers: readonly Header[] | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, reply, done) => {
      headers ??= headersOf(reply);
      for (const [name, value] of headers) reply.raw.setHeader(name, value);
      done();
    });
}
