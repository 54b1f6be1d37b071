import { answerToSign, requestSignatureOf } from '@campus-paycode/terminal-protocol';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sign } from 'node:crypto';
import { Clock } from '../platform/clock/clock.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { keyRingToken } from '../platform/config/key-ring.token.js';
import { sha256 } from './domain/signatures.js';

/**
 * Signs every answer to whoever speaks the terminals' protocol, refusals too: a terminal believes no unsigned answer. It
 * is the last thing that happens to an answer, so that what is signed is what is sent.
 */
export function signAnswers(app: NestFastifyApplication): void {
  const keys = app.get<KeyRing>(keyRingToken);
  const clock = app.get(Clock);
  const answer = (request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown => {
    if (request.headers['campus-protocol'] === undefined) return payload;
    const body =
      typeof payload === 'string' || payload instanceof Buffer
        ? Buffer.from(payload as string)
        : Buffer.alloc(0);
    const contentType = String(
      reply.getHeader('content-type') ?? 'application/json; charset=utf-8',
    );
    const draft = answerToSign(
      {
        status: reply.statusCode,
        contentType,
        body,
        requestSignature: requestSignatureOf(request.headers),
      },
      {
        keyId: keys.answerKey.id,
        algorithm: 'ed25519',
        created: clock.unixSeconds(),
        sha256,
      },
    );
    void reply.headers(draft.finish(sign(null, draft.base, keys.answerKey.privateKey)));
    return body;
  };
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      done(null, answer(request, reply, payload));
    });
}
