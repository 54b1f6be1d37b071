import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';

/** A dormitory shares an address, so this is wide; what protects one password is its own lock. */
const triesPerMinute = 30;

/** Bounds how often one address may try to sign in, in each process. */
@Injectable()
export class SignInLimit {
  private readonly limiter = new RateLimiterMemory({ points: triesPerMinute, duration: 60 });

  /** @throws {Refusal} rate_limited */
  async count(request: FastifyRequest): Promise<void> {
    try {
      await this.limiter.consume(request.ip);
    } catch (limit) {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      throw new Refusal(platformProblems, 'rate_limited', {
        retryAfterSeconds: Math.ceil(limit.msBeforeNext / 1000),
      });
    }
  }
}
