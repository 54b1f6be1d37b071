import { Controller, Header, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { TicketsStore, ticketLifeSeconds } from '../store/tickets.store.js';
import { RealtimeTicketResponse } from './realtime.response.js';

@ApiTags('student')
@Controller('v1/realtime-tickets')
export class RealtimeController {
  constructor(private readonly tickets: TicketsStore) {}

  @Post()
  @Access('cardholder')
  @Header('cache-control', 'no-store')
  @ApiCreatedResponse({ type: RealtimeTicketResponse })
  async issue(@CurrentCaller() caller: Caller): Promise<RealtimeTicketResponse> {
    const ticket = await this.tickets.issue(caller.id);
    return { ticket, expiresInSeconds: ticketLifeSeconds };
  }
}
