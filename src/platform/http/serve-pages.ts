import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root.js';

/** Serves the built pages: the phone at `/`, the till at `/till/`. A service without them still answers terminals. */
export async function servePages(app: NestFastifyApplication): Promise<void> {
  const root = path.join(projectRoot, 'dist', 'pages');
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root,
    prefix: '/pages/',
    decorateReply: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  });
  const fastify = app.getHttpAdapter().getInstance();
  for (const [at, page] of [
    ['/', 'phone/index.html'],
    ['/till', 'till/index.html'],
    ['/request-log', 'request-log/index.html'],
  ] as const) {
    if (existsSync(path.join(root, page)))
      fastify.get(at, (_request, reply) => reply.sendFile(page));
  }
}
