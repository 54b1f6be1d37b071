import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReadSettings } from '../../terminals/read-settings.js';
import { IssueTicket } from '../issue-ticket.js';

/** Tells terminals which keys sign tickets, for the meters that they stand beside. */
@Injectable()
export class TellTicketKeys implements OnModuleInit {
  constructor(
    private readonly settings: ReadSettings,
    private readonly tickets: IssueTicket,
  ) {}

  onModuleInit(): void {
    const keys = this.tickets.publicKeys();
    this.settings.add({
      name: 'ticketKeys',
      read: () => Promise.resolve(keys),
      version: () => Promise.resolve(keys.map(({ keyId }) => `k${keyId}`).join('')),
    });
  }
}
