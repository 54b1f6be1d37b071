import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseWeather } from '../database/weather.js';
import { platformProblems } from './platform.errors.js';
import { Refusal, type Problem, type ProblemKind, type RefusalOptions } from './problem.js';

/** SQLSTATEs for text that no column can keep, such as a NUL: what came from the caller was wrong. */
const unstorableText = new Set(['22021', '22P05']);

const statusOf: Record<ProblemKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  limited: 429,
  internal: 500,
  unavailable: 503,
};

/** The body of every refusal, RFC 9457 with our extensions. */
export function problemBody(
  code: string,
  problem: Problem,
  requestId: string,
  options: RefusalOptions = {},
): { status: number; body: Record<string, unknown> } {
  const status = statusOf[problem.kind];
  return {
    status,
    body: {
      type: `urn:campus-paycode:problem:${code}`,
      title: problem.title,
      status,
      detail: options.detail ?? problem.detail,
      code,
      message: { zh: problem.zh, en: problem.en },
      retryable: problem.retryable ?? false,
      effect: problem.effect ?? 'none',
      requestId,
      ...(options.errors === undefined ? {} : { errors: options.errors }),
    },
  };
}

/** Answers every refusal as `application/problem+json`; what nobody foresaw is logged and answered as our fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const { status, body, retryAfter } = this.answer(error, request);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    void reply.status(status).type('application/problem+json').send(JSON.stringify(body));
  }

  answer(
    error: unknown,
    request: Pick<FastifyRequest, 'id' | 'method' | 'url'>,
  ): { status: number; body: Record<string, unknown>; retryAfter: number | undefined } {
    const requestId = String(request.id);
    const refusal = this.asRefusal(error, request);
    return {
      ...problemBody(refusal.code, refusal.problem, requestId, refusal.options),
      retryAfter: refusal.options.retryAfterSeconds,
    };
  }

  private asRefusal(error: unknown, request: Pick<FastifyRequest, 'method' | 'url'>): Refusal {
    if (error instanceof Refusal) return error;
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : ((error as { statusCode?: unknown }).statusCode ?? 500);
    if (status === 413) return new Refusal(platformProblems, 'body_too_large');
    if (status === 415) return new Refusal(platformProblems, 'unsupported_media_type');
    if (status === 404) return new Refusal(platformProblems, 'not_found');
    if (typeof status === 'number' && status >= 400 && status < 500)
      return new Refusal(platformProblems, 'malformed_request');
    if (unstorableText.has(String((error as { code?: unknown }).code)))
      return new Refusal(platformProblems, 'malformed_request');
    const where = `${request.method} ${request.url.split('?')[0]}`;
    if (isDatabaseWeather(error)) {
      this.logger.warn(`${where}: ${(error as Error).message}`);
      return new Refusal(platformProblems, 'unavailable', { retryAfterSeconds: 1 });
    }
    this.logger.error(`${where}: ${(error as Error).stack ?? String(error)}`);
    return new Refusal(platformProblems, 'internal');
  }
}
