import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import {
  approvalConsented,
  approvalRejected,
  type ApprovalDecided,
} from '../../staff/staff.events.js';
import { ImportFunding, importApprovalKind, type ImportDecision } from '../import-funding.js';

@Injectable()
export class ImportAfterApproval implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly imports: ImportFunding,
  ) {}

  onModuleInit(): void {
    const decideAs =
      (state: ImportDecision['state']) =>
      async (event: DomainEvent, tx: Tx): Promise<void> => {
        const { approval, kind, subject, checker } = event.payload as ApprovalDecided;
        if (kind !== importApprovalKind) return;
        await this.imports.decide(tx, {
          importId: BigInt(subject),
          approvalId: BigInt(approval),
          checker: BigInt(checker),
          state,
        });
      };
    this.relay.consume('funding-imports', {
      [approvalConsented]: decideAs('accepted'),
      [approvalRejected]: decideAs('rejected'),
    });
  }
}
