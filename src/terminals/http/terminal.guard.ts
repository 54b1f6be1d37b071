import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Authenticators, type Authenticator } from '../../platform/access/access.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';
import { CheckSignature, type SignedBy } from '../check-signature.js';
import { FindTerminals } from '../find-terminals.js';
import type { TerminalKey } from '../terminal.js';
import { terminalsProblems } from '../terminals.errors.js';
import { requirePlainRequest } from './plain-request.js';

declare module 'fastify' {
  interface FastifyRequest {
    terminalKey?: TerminalKey;
    terminalSignature?: SignedBy;
  }
}

/** Many times what a cashier can do; it stops a terminal that runs in circles. */
const requestsPerSecond = 200;

/** Routes whose own call judges the terminal, together with what it does: these need no look before. */
const judgedInTheirCall = new Set<string | undefined>([
  '/v1/payments',
  '/v1/payments/:orderNumber/reversal',
  '/v1/payments/:orderNumber/captures',
]);

/** Proves that a request comes from an enrolled terminal. */
@Injectable()
export class TerminalGuard implements Authenticator, OnModuleInit {
  private readonly limiter = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });

  constructor(
    private readonly authenticators: Authenticators,
    private readonly signatures: CheckSignature,
    private readonly terminals: FindTerminals,
  ) {}

  onModuleInit(): void {
    this.authenticators.register('terminal', this);
  }

  /** @throws {Refusal} what requirePlainRequest and CheckSignature throw, terminal_unknown, terminal_revoked, rate_limited */
  async authenticate(request: FastifyRequest): Promise<void> {
    requirePlainRequest(request);
    const { key, ...signed } = await this.signatures.check(request, (id) => this.keyOf(id));
    // Told only to who holds the key: to others a revoked terminal is none of their business.
    if (key.status !== 'active' || key.terminal.status !== 'active')
      throw new Refusal(terminalsProblems, 'terminal_revoked');
    await this.limit(signed.keyId);
    if (!judgedInTheirCall.has(request.routeOptions.url))
      await this.terminals.requireInService(key);
    request.terminalKey = key;
    request.terminalSignature = signed;
    request.caller = { kind: 'terminal', id: key.terminal.id, via: signed.keyId };
  }

  private async keyOf(keyId: string): Promise<TerminalKey> {
    const key = await this.terminals.byKey(keyId);
    if (key === undefined) throw new Refusal(terminalsProblems, 'terminal_unknown');
    return key;
  }

  private async limit(keyId: string): Promise<void> {
    try {
      await this.limiter.consume(keyId);
    } catch (error) {
      if (error instanceof RateLimiterRes)
        throw new Refusal(platformProblems, 'rate_limited', { retryAfterSeconds: 1 });
      throw error;
    }
  }
}
