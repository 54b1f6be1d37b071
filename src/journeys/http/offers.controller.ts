import { Controller, Get, Header, HttpCode, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { FollowOffer } from '../follow-offer.js';

@ApiExcludeController()
@Controller('o')
export class OffersController {
  constructor(private readonly offers: FollowOffer) {}

  @Get(':token')
  @Access('public')
  @HttpCode(302)
  @Header('cache-control', 'no-store')
  async follow(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const visitor = `${request.ip} ${request.headers['user-agent'] ?? ''}`;
    void reply.header('location', await this.offers.follow(token, visitor));
  }
}
