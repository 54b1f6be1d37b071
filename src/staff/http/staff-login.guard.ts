import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  Authenticators,
  type AccessRule,
  type Authenticator,
} from '../../platform/access/access.js';
import { requireOwnOrigin } from '../../platform/access/caller.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';
import { allows } from '../domain/roles.js';
import { staffProblems } from '../staff.errors.js';
import { AuditStore } from '../store/audit.store.js';
import { LoginsStore } from '../store/logins.store.js';
import { deedOf } from './deed.js';

export const loginCookie = 'staff_login';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the called staff route needs, as its @Access says. */
    staffPermission?: string | undefined;
  }
}

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];

/** Proves staff by the cookie of a browser or the bearer token of a program, and holds them to their roles. */
@Injectable()
export class StaffLoginGuard implements Authenticator, OnModuleInit {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly config: AppConfig,
    private readonly logins: LoginsStore,
    private readonly audit: AuditStore,
  ) {}

  onModuleInit(): void {
    this.authenticators.register('staff', this);
  }

  /** @throws {Refusal} unauthenticated, origin_refused, permission_missing */
  async authenticate(request: FastifyRequest, rule: AccessRule): Promise<void> {
    const bearer = bearerOf(request);
    const token = bearer ?? request.cookies[loginCookie];
    if (token === undefined) throw new Refusal(platformProblems, 'unauthenticated');
    if (bearer === undefined) requireOwnOrigin(request, this.config.origins);
    const login = await this.logins.findLive(token);
    if (login === undefined) throw new Refusal(platformProblems, 'unauthenticated');
    request.caller = { kind: 'staff', id: login.member, via: login.id.toString() };
    request.staffPermission = rule.permission;
    if (rule.permission === undefined || allows(login.roles, rule.permission)) return;
    const refusal = new Refusal(staffProblems, 'permission_missing', {
      detail: `Ask an administrator for a role with the permission ${rule.permission}.`,
    });
    await this.audit.write(deedOf(request, { status: 403 }));
    throw refusal;
  }
}
