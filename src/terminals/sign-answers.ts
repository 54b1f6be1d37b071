import {
  answerToSign,
  requestSignatureOf,
  type AnswerDraft,
} from '@campus-paycode/terminal-protocol';
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
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      if (request.headers['campus-protocol'] === undefined) {
        done(null, payload);
        return;
      }
      const body = bodyOf(payload);
      const draft = answerToSign(draftOf(request, reply, body), {
        keyId: keys.answerKey.id,
        algorithm: 'ed25519',
        created: clock.unixSeconds(),
        sha256,
      });
      // On another thread: the next request is read meanwhile.
      sign(null, draft.base, keys.answerKey.privateKey, (error, signature) => {
        if (error !== null) {
          done(error);
          return;
        }
        void reply.headers(draft.finish(signature));
        done(null, body);
      });
    });
}

/** What is sent, as bytes: an answer to a terminal is a text of JSON or nothing. */
function bodyOf(payload: unknown): Buffer {
  if (payload instanceof Buffer) return payload;
  return typeof payload === 'string' ? Buffer.from(payload) : Buffer.alloc(0);
}

const draftOf = (request: FastifyRequest, reply: FastifyReply, body: Buffer): AnswerDraft => ({
  status: reply.statusCode,
  contentType: String(reply.getHeader('content-type') ?? 'application/json; charset=utf-8'),
  body,
  requestSignature: requestSignatureOf(request.headers),
});
