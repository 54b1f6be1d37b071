import { Injectable } from '@nestjs/common';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessRuleOf } from '../../platform/access/access.js';
import { AuditInterceptor } from './audit.interceptor.js';

/**
 * Puts the audit around every route of staff, and around no other: a sale does not pay for it. All is done by the
 * constructor, since routes are made ready before any hook of a module runs.
 */
@Injectable()
export class AuditedRoutes {
  constructor(discovery: DiscoveryService, scanner: MetadataScanner, audit: AuditInterceptor) {
    for (const { metatype } of discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const method = prototype[name];
        if (typeof method !== 'function' || accessRuleOf(method, metatype)?.kind !== 'staff')
          continue;
        const others = (Reflect.getMetadata(INTERCEPTORS_METADATA, method) ?? []) as unknown[];
        // Two applications of one process share the routes' methods; each has an audit of its own.
        const own = others.filter((other) => !(other instanceof AuditInterceptor));
        Reflect.defineMetadata(INTERCEPTORS_METADATA, [...own, audit], method);
      }
    }
  }
}
