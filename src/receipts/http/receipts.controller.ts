import { Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Access } from '../../platform/access/access.js';
import { projectRoot } from '../../platform/config/project-root.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';
import { OpenReceipt } from '../open-receipt.js';
import { RefuseOnReceipt } from '../refuse-on-receipt.js';
import { ReceiptResponse } from './receipts.response.js';

const page = 'phone/receipt.html';

/** Open to whoever holds the link: its 128 random bits are the key. */
@ApiTags('student')
@Controller()
export class ReceiptsController {
  constructor(
    private readonly receipts: OpenReceipt,
    private readonly refusal: RefuseOnReceipt,
  ) {}

  /** The page itself; it fetches its data, so that a look-ahead by a chat program counts for nothing. */
  @Get('r/:token')
  @Access('public')
  @ApiExcludeEndpoint()
  async show(@Res() reply: FastifyReply): Promise<void> {
    if (!existsSync(path.join(projectRoot, 'dist', 'pages', page)))
      throw new Refusal(platformProblems, 'not_found');
    await reply.header('referrer-policy', 'no-referrer').sendFile(page);
  }

  /** Decides the offer at the first opening. */
  @Get('v1/receipts/:token')
  @Access('public')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: ReceiptResponse })
  async open(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
  ): Promise<ReceiptResponse> {
    const visitor = `${request.ip} ${request.headers['user-agent'] ?? ''}`;
    return ReceiptResponse.of(await this.receipts.open(token, visitor));
  }

  /** Final: nothing is ever offered to this student again, here or by message. */
  @Post('v1/receipts/:token/marketing-refusal')
  @Access('public')
  @HttpCode(204)
  @ApiNoContentResponse()
  refuseMarketing(@Param('token') token: string): Promise<void> {
    return this.refusal.refuse(token);
  }
}
