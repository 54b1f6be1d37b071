import {
  HttpException,
  Injectable,
  Logger,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, map, mergeMap, throwError, type Observable } from 'rxjs';
import { isDatabaseWeather } from '../../platform/database/weather.js';
import { problemBody } from '../../platform/errors/problem.filter.js';
import { Refusal } from '../../platform/errors/problem.js';
import { AuditStore } from '../store/audit.store.js';
import { deedOf } from './deed.js';

/** To read about these is to read about a person, so reading them is kept as well. */
const personalNouns = new Set([
  'audit',
  'cardholders',
  'cards',
  'funding',
  'messages',
  'payments',
  'staff',
]);

function isAudited(request: FastifyRequest): boolean {
  if (request.caller?.kind !== 'staff') return false;
  if (request.method !== 'GET' && request.method !== 'HEAD') return true;
  return personalNouns.has(request.staffPermission?.split('.')[0] ?? '');
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return problemBody(error.code, error.problem, '').status;
  if (error instanceof HttpException) return error.getStatus();
  return isDatabaseWeather(error) ? 503 : 500;
}

/** Keeps what staff changed, and whose data they read, with how it ended. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  private readonly logger = new Logger('audit');

  constructor(private readonly audit: AuditStore) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isAudited(request)) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      catchError((error: unknown) =>
        from(this.writeRefused(request, error)).pipe(mergeMap(() => throwError(() => error))),
      ),
      // What cannot be audited is not answered: nobody reads a person's data unseen.
      mergeMap((answer: unknown) =>
        from(this.audit.write(deedOf(request, { status: reply.statusCode, answer }))).pipe(
          map(() => answer),
        ),
      ),
    );
  }

  /** The refusal itself is what the caller must hear, even when the audit cannot be written. */
  private async writeRefused(request: FastifyRequest, error: unknown): Promise<void> {
    try {
      await this.audit.write(deedOf(request, { status: statusOf(error) }));
    } catch (failure) {
      this.logger.error(`${request.method} ${request.routeOptions.url}: ${String(failure)}`);
    }
  }
}
