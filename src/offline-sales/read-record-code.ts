/** The code in a record is judged by its signatures alone, whatever time it is by now. */
import type { OfflineRecord } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { ReadOfflineTerms } from '../payment-codes/read-offline-terms.js';
import {
  digestOf,
  readSignedCode,
  refuseSignedCode,
  type SignedCode,
} from '../payments/signed-code.js';
import { AppConfig } from '../platform/config/app-config.js';
import type { RecordFacts } from './domain/judge-record.js';

export type RecordCode = {
  readonly code: SignedCode | undefined;
  readonly digest: Buffer | null;
  /** Undefined when issuer and phone signed it. */
  readonly forgery: RecordFacts['forged'];
};

@Injectable()
export class ReadRecordCode {
  constructor(
    private readonly terms: ReadOfflineTerms,
    private readonly config: AppConfig,
  ) {}

  async read({ signedQr }: Pick<OfflineRecord, 'signedQr'>): Promise<RecordCode> {
    const code = readSignedCode(signedQr, this.config.CODE_PREFIX);
    if (code === undefined) return { code, digest: null, forgery: 'malformed' };
    const forgery = refuseSignedCode(code, await this.terms.trust());
    return { code, digest: digestOf(code), forgery };
  }
}
