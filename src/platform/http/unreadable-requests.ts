import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { platformProblems } from '../errors/platform.errors.js';
import { problemBody } from '../errors/problem.filter.js';

const { malformed_request: malformed } = platformProblems;

/** Answers bytes that are no HTTP request: there is no request to bind a signature to, and no route to ask. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const detail =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'Send a shorter path and fewer headers: 16 KiB in all.'
      : 'Send HTTP/1.1 with one correct Content-Length or chunks.';
  const { body } = problemBody('malformed_request', malformed, randomUUID(), { detail });
  const text = JSON.stringify(body);
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

/** Answers a path that cannot be decoded; the router gives up on it before any hook runs. */
export function answerUnroutable(
  _error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, body } = problemBody('malformed_request', malformed, String(request.id), {
    detail: 'Escape the path correctly: two hexadecimal digits after each percent sign.',
  });
  void reply.status(status).type('application/problem+json').send(JSON.stringify(body));
}
