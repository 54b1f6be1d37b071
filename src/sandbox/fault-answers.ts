import { parseCode } from '@campus-paycode/paycode';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { from, mergeMap, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { ResolveCode } from '../payment-codes/resolve-code.js';
import { AppConfig } from '../platform/config/app-config.js';
import { platformProblems } from '../platform/errors/platform.errors.js';
import { Refusal } from '../platform/errors/problem.js';
import { personas, type AnswerFault } from './personas.js';

/** Order numbers whose first answer was lost already. */
const lostMax = 10_000;

type SaleBody = { orderNumber?: unknown; instrument?: { type?: unknown; code?: unknown } };

/**
 * In a sandbox a test student's answers get lost, come late, or are 503, every time. It stands around the sale and never in
 * it: what is decided is decided as anybody's.
 */
@Injectable()
export class FaultAnswers implements NestInterceptor {
  /** What late is. A test need not wait so long. */
  lateMs = 30_000;
  private readonly lost = new Set<string>();
  private readonly faultOf = new Map<bigint, AnswerFault | null>();

  constructor(
    private readonly database: DataSource,
    private readonly codes: ResolveCode,
    private readonly config: AppConfig,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method !== 'POST' || request.routeOptions.url !== '/v1/payments')
      return next.handle();
    // Found before the sale uses the code up.
    return from(this.find(request.body as SaleBody)).pipe(
      mergeMap((fault) => {
        if (fault === 'unavailable')
          throw new Refusal(platformProblems, 'unavailable', { retryAfterSeconds: 1 });
        return next
          .handle()
          .pipe(mergeMap((answer: unknown) => from(this.harm(request, fault, answer))));
      }),
    );
  }

  private async harm(
    request: FastifyRequest,
    fault: AnswerFault | null,
    answer: unknown,
  ): Promise<unknown> {
    const orderNumber = String((request.body as SaleBody).orderNumber);
    if (fault === 'late') await pause(this.lateMs, undefined, { ref: false });
    if (fault === 'lost' && !this.lost.has(orderNumber)) {
      if (this.lost.size >= lostMax) this.lost.clear();
      this.lost.add(orderNumber);
      request.raw.socket.destroy();
    }
    return answer;
  }

  private async find({ instrument }: SaleBody): Promise<AnswerFault | null> {
    if (instrument?.type !== 'code' || typeof instrument.code !== 'string') return null;
    const parsed = parseCode(instrument.code, this.config.CODE_PREFIX);
    if (!parsed.ok) return null;
    const resolved = await this.codes.resolve(parsed);
    if (resolved === undefined) return null;
    const known = this.faultOf.get(resolved.card);
    if (known !== undefined) return known;
    const [row] = await this.database.query<{ number: string }[]>(
      'select number from cards.card where id = $1',
      [resolved.card.toString()],
    );
    const fault = personas.find(({ cardNumber }) => cardNumber === row?.number)?.fault ?? null;
    this.faultOf.set(resolved.card, fault);
    return fault;
  }
}
