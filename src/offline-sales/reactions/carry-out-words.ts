import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { approvalConsented, type ApprovalDecided } from '../../staff/staff.events.js';
import { dismissApprovalKind, releaseApprovalKind, ReleaseRecord } from '../release-record.js';
import { resumeApprovalKind, ResumeTerminal } from '../resume-terminal.js';

/** What two people agreed on is carried out once. A word against it changes nothing: the record goes on waiting. */
@Injectable()
export class CarryOutWords implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly releases: ReleaseRecord,
    private readonly resumptions: ResumeTerminal,
  ) {}

  onModuleInit(): void {
    this.relay.consume(
      'offline-sales',
      { [approvalConsented]: (event, tx) => this.carryOut(event, tx) },
      // It locks a card and its purses, which must not stay locked while others are waited for.
      { alone: [approvalConsented] },
    );
  }

  private async carryOut(event: DomainEvent, tx: Tx): Promise<void> {
    const word = event.payload as ApprovalDecided;
    switch (word.kind) {
      case releaseApprovalKind:
      case dismissApprovalKind:
        return this.releases.carryOut(tx, word);
      case resumeApprovalKind:
        return this.resumptions.carryOut(tx, word);
      default:
    }
  }
}
