import {
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { invariant } from '../errors/problem.js';

/** Who may call a route. `phone` is a cardholder on the phone that holds a credential. */
export type AccessKind = 'public' | 'terminal' | 'cardholder' | 'staff';

export type AccessRule = { readonly kind: AccessKind; readonly permission: string | undefined };

const accessRule = 'access-rule';

/** Declares who may call a route; a route without it stops the start. `permission` is for staff. */
export const Access = (kind: AccessKind, permission?: string): MethodDecorator & ClassDecorator =>
  SetMetadata(accessRule, { kind, permission } satisfies AccessRule);

/** Proves who is calling, puts the identity on the request, and throws a Refusal when it cannot. */
export interface Authenticator {
  authenticate(request: FastifyRequest, rule: AccessRule): Promise<void> | void;
}

/** Modules that know how to prove a kind of caller register here; the guard asks them. */
@Injectable()
export class Authenticators {
  private readonly byKind = new Map<AccessKind, Authenticator>();

  register(kind: AccessKind, authenticator: Authenticator): void {
    this.byKind.set(kind, authenticator);
  }

  of(kind: AccessKind): Authenticator {
    const authenticator = this.byKind.get(kind);
    invariant(authenticator !== undefined, `Nobody authenticates callers of the kind ${kind}.`);
    return authenticator;
  }
}

@Injectable()
export class AccessGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticators: Authenticators,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = this.ruleOf(context.getHandler(), context.getClass());
    invariant(rule !== undefined, 'A route without @Access was called.');
    if (rule.kind === 'public') return true;
    await this.authenticators
      .of(rule.kind)
      .authenticate(context.switchToHttp().getRequest<FastifyRequest>(), rule);
    return true;
  }

  /** A route that forgot to say who may call it is a hole; better not to start. */
  onApplicationBootstrap(): void {
    for (const { instance, metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null)
        continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const method = prototype[name];
        if (typeof method !== 'function' || !Reflect.hasMetadata('path', method)) continue;
        invariant(
          this.ruleOf(method, metatype) !== undefined,
          `${metatype.name}.${name} does not say who may call it (@Access).`,
        );
      }
    }
  }

  // oxlint-disable-next-line typescript/no-unsafe-function-type -- Nest hands handlers and classes as Function
  private ruleOf(handler: Function, controller: Function): AccessRule | undefined {
    return this.reflector.getAllAndOverride<AccessRule | undefined>(accessRule, [
      handler as never,
      controller as never,
    ]);
  }
}
