import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { ReadInbox } from '../read-inbox.js';
import { InboxQuery, MessageParams } from './messages.request.js';
import { InboxMessageResponse, InboxResponse } from './messages.response.js';

@ApiTags('student')
@Controller('v1/me/inbox')
export class InboxController {
  constructor(private readonly inbox: ReadInbox) {}

  /** Newest first. */
  @Get()
  @Access('cardholder')
  @ApiOkResponse({ type: InboxResponse })
  async list(
    @CurrentCaller() { id }: Caller,
    @Query() { before, limit }: InboxQuery,
  ): Promise<InboxResponse> {
    const page = before === undefined ? { limit } : { limit, before: BigInt(before) };
    const messages = await this.inbox.list(id, page);
    return {
      messages: messages.map(InboxMessageResponse.of),
      unread: await this.inbox.countUnread(id),
      next: messages.length < limit ? null : (messages.at(-1)?.id.toString() ?? null),
    };
  }

  @Post(':id/read')
  @Access('cardholder')
  @HttpCode(204)
  @ApiNoContentResponse()
  markRead(@CurrentCaller() caller: Caller, @Param() { id }: MessageParams): Promise<void> {
    return this.inbox.markRead(caller.id, BigInt(id));
  }
}
