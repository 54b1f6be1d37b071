import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticators, type Authenticator } from '../../platform/access/access.js';
import { requireOwnOrigin } from '../../platform/access/caller.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';
import { hashToken } from '../domain/token.js';
import { presentedToken } from '../sign-in-cookie.js';
import { SignInsStore } from '../store/sign-ins.store.js';

/** Proves callers of `@Access('cardholder')` by their sign-in. */
@Injectable()
export class CardholderGuard implements Authenticator, OnModuleInit {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly signIns: SignInsStore,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.authenticators.register('cardholder', this);
  }

  /** @throws {Refusal} unauthenticated, origin_refused */
  async authenticate(request: FastifyRequest): Promise<void> {
    const presented = presentedToken(request);
    if (presented === undefined) throw new Refusal(platformProblems, 'unauthenticated');
    // A browser adds the cookie to whatever page asks; a program adds Bearer only on purpose.
    if (presented.from === 'cookie') requireOwnOrigin(request, this.config.origins);
    const signIn = await this.signIns.find(hashToken(presented.token));
    if (signIn === undefined) throw new Refusal(platformProblems, 'unauthenticated');
    request.caller = { kind: 'cardholder', id: signIn.cardholder, via: signIn.id.toString() };
  }
}
