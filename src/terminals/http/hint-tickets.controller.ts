import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { TellListeners } from '../../realtime/tell-listeners.js';

class HintTicketResponse {
  @ApiProperty({ description: 'Opens one socket, once: `/v1/realtime?ticket=…`' })
  ticket: string;
  @ApiProperty({ example: 30 })
  expiresInSeconds: number;
}

/** Whoever cannot sign the opening of a socket, as a browser, brings a ticket that was asked for under its signature. */
@ApiTags('terminal')
@Controller('v1/terminal-hint-tickets')
@Access('terminal')
export class HintTicketsController {
  constructor(private readonly listeners: TellListeners) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: HintTicketResponse })
  issue(@CurrentCaller() { id }: Caller): Promise<HintTicketResponse> {
    return this.listeners.admit(`terminal ${id}`);
  }
}
