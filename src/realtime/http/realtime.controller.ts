import { Controller, Header, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { TellListeners } from '../tell-listeners.js';
import { RealtimeTicketResponse } from './realtime.response.js';

@ApiTags('student')
@Controller('v1/realtime-tickets')
export class RealtimeController {
  constructor(private readonly listeners: TellListeners) {}

  @Post()
  @Access('cardholder')
  @Header('cache-control', 'no-store')
  @ApiCreatedResponse({ type: RealtimeTicketResponse })
  issue(@CurrentCaller() caller: Caller): Promise<RealtimeTicketResponse> {
    return this.listeners.admit(`cardholder ${caller.id}`);
  }
}
