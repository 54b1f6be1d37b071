import {
  readSignedRequest,
  type RequestMessage,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Refusal } from '../platform/errors/problem.js';
import { findWhetherSignatureHolds, sha256 } from './domain/signatures.js';
import { SpokenVersions } from './domain/spoken-versions.js';
import { terminalsProblems } from './terminals.errors.js';

type VerifyingKey = { readonly algorithm: SignatureAlgorithm; readonly publicKey: Uint8Array };

/** Under which key somebody signed, and what, byte by byte. */
export type SignedBy = {
  readonly keyId: string;
  readonly base: Uint8Array;
  readonly signature: Uint8Array;
};

/** The raw bytes of a request's body; none is an empty one. */
export const rawBodyOf = (request: FastifyRequest): Buffer =>
  (request as FastifyRequest & { rawBody?: Buffer }).rawBody ?? Buffer.alloc(0);

/**
 * A request from a terminal is judged over its raw bytes and under the service's own name: what a proxy made of Host or
 * of the JSON is nobody's business.
 */
@Injectable()
export class CheckSignature {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly versions: SpokenVersions,
  ) {}

  /**
   * @param findKey gives the key to verify with, or throws its own refusal.
   * @throws {Refusal} protocol_unsupported, signature_missing, signature_invalid, clock_off
   */
  async check<Key extends VerifyingKey>(
    request: FastifyRequest,
    findKey: (keyId: string) => Promise<Key> | Key,
  ): Promise<{ readonly key: Key } & SignedBy> {
    const message: RequestMessage = {
      method: request.method,
      authority: this.config.SERVICE_NAME,
      target: request.raw.url ?? '/',
      // Node keeps only the first of some headers that came twice; here both are seen, and refused.
      headers: request.raw.headersDistinct,
      body: rawBodyOf(request),
    };
    const nowSeconds = this.clock.unixSeconds();
    const versions = this.versions.numbers();
    const read = readSignedRequest(message, { sha256, nowSeconds, versions });
    if (!read.ok) throw new Refusal(terminalsProblems, read.code, { detail: read.detail });
    const key = await findKey(read.keyId);
    const holds =
      key.algorithm === read.algorithm &&
      (await findWhetherSignatureHolds(key, read.base, read.signature));
    if (!holds) throw new Refusal(terminalsProblems, 'signature_invalid');
    return { key, keyId: read.keyId, base: read.base, signature: read.signature };
  }
}
