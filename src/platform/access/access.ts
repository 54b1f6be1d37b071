import {
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
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

/* oxlint-disable typescript/no-unsafe-function-type -- Nest hands handlers and classes as Function */
type RulesOfController = WeakMap<Function, AccessRule>;

/** Asked for each request; a route's rule never changes. */
const rules = new WeakMap<Function, RulesOfController>();

/** What a route declares, or else its controller. */
export function accessRuleOf(handler: Function, controller: Function): AccessRule | undefined {
  const known = rules.get(controller)?.get(handler);
  if (known !== undefined) return known;
  const rule = (Reflect.getMetadata(accessRule, handler) ??
    Reflect.getMetadata(accessRule, controller)) as AccessRule | undefined;
  if (rule === undefined) return undefined;
  const ofController: RulesOfController = rules.get(controller) ?? new WeakMap();
  rules.set(controller, ofController.set(handler, rule));
  return rule;
}
/* oxlint-enable typescript/no-unsafe-function-type */

@Injectable()
export class AccessGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = accessRuleOf(context.getHandler(), context.getClass());
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
          accessRuleOf(method, metatype) !== undefined,
          `${metatype.name}.${name} does not say who may call it (@Access).`,
        );
      }
    }
  }
}
