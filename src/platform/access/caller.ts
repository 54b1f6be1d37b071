import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { platformProblems } from '../errors/platform.errors.js';
import { invariant, Refusal } from '../errors/problem.js';
import type { AccessKind } from './access.js';

/** Who was proven to be calling: put on the request by an authenticator, never read from a parameter. */
export type Caller = {
  readonly kind: Exclude<AccessKind, 'public'>;
  /** The terminal's, cardholder's or staff member's id. */
  readonly id: bigint;
  /** The key that signed, or the login that the cookie stands for. */
  readonly via: string;
};

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

/** The proven caller of a route that is not public. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => {
    const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
    invariant(caller !== undefined, 'A route asked for its caller but proves none.');
    return caller;
  },
);

/**
 * Refuses a change that a foreign page asked a signed-in browser to make. Programs send no Origin and carry no cookie.
 * @throws {Refusal} origin_refused
 */
export function requireOwnOrigin(request: FastifyRequest, origins: readonly string[]): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.origin;
  if (origin !== undefined && !origins.includes(origin))
    throw new Refusal(platformProblems, 'origin_refused');
}
