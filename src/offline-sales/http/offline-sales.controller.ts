import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import { TakeInRecords } from '../take-in-records.js';
import { presentDecision } from './offline-sales.presenter.js';
import { OfflineSalesRequest } from './offline-sales.request.js';
import { OfflineSalesResponse } from './offline-sales.response.js';

@ApiTags('terminal')
@Controller('v1/offline-sales')
@Access('terminal')
export class OfflineSalesController {
  constructor(private readonly taking: TakeInRecords) {}

  /** What was sold without the service. The same records again are answered as before. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: OfflineSalesResponse })
  async takeIn(
    @Body() { records }: OfflineSalesRequest,
    @Req() { terminalKey }: FastifyRequest,
  ): Promise<OfflineSalesResponse> {
    invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
    const { acknowledged, decisions } = await this.taking.takeIn(terminalKey, records);
    return { acknowledged, decisions: decisions.map(presentDecision) };
  }
}
