import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { SpokenVersions } from './domain/spoken-versions.js';

const routeOf = ({ method, routeOptions }: FastifyRequest): string =>
  `${method} ${routeOptions.url ?? ''}`;

/**
 * Between the wire and the routes, which know the newest version alone. Signatures are judged over the bytes that arrived,
 * and made over those that leave.
 */
export function speakVersions(app: NestFastifyApplication): void {
  const versions = app.get(SpokenVersions);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preHandler', (request, _reply, done) => {
    const version = versions.named(request.headers['campus-protocol']);
    if (version !== undefined && request.body !== undefined)
      request.body = version.read(routeOf(request), request.body);
    done();
  });
  fastify.addHook('preSerialization', (request, reply, body, done) => {
    const version = versions.named(request.headers['campus-protocol']);
    done(
      null,
      version === undefined ? body : version.say(routeOf(request), reply.statusCode, body),
    );
  });
}
