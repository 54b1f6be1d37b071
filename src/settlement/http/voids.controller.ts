import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import { GiveSupervision } from '../../staff/give-supervision.js';
import { rawBodyOf } from '../../terminals/check-signature.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { VoidSale } from '../void-sale.js';
import { SupervisionRequestBody, VoidRequestBody, VoidsQuery } from './settlement.request.js';
import { SupervisionResponse, VoidResponse, VoidsResponse } from './settlement.response.js';

const hashOf = (request: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${request.method}\n${request.raw.url ?? ''}\n`)
    .update(rawBodyOf(request))
    .digest();

function keyOf({ terminalKey }: FastifyRequest): TerminalKey {
  invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
  return terminalKey;
}

@Controller('v1')
export class VoidsController {
  constructor(
    private readonly voids: VoidSale,
    private readonly supervisors: GiveSupervision,
  ) {}

  /** The cashier takes a sale of this terminal back. */
  @Post('voids')
  @HttpCode(200)
  @ApiTags('terminal')
  @Access('terminal')
  @ApiOkResponse({ type: VoidResponse })
  async void(
    @Body() { voidNumber, orderNumber, supervision }: VoidRequestBody,
    @Req() request: FastifyRequest,
  ): Promise<VoidResponse> {
    const { outcome, returned } = await this.voids.void({
      terminalKey: keyOf(request),
      voidNumber,
      orderNumber,
      hash: hashOf(request),
      supervision,
    });
    return { voidNumber, orderNumber, outcome, returned: toWireAmount(returned) };
  }

  /** A supervisor's word for what a cashier may not do alone. */
  @Post('supervisions')
  @HttpCode(200)
  @ApiTags('terminal')
  @Access('terminal')
  @ApiOkResponse({ type: SupervisionResponse })
  async supervise(
    @Body() { supervisor, pin }: SupervisionRequestBody,
    @Req() request: FastifyRequest,
  ): Promise<SupervisionResponse> {
    const { id: terminal, place } = keyOf(request).terminal;
    const given = await this.supervisors.give({ terminal, place }, supervisor, pin);
    return {
      supervision: given.word,
      supervisor: { maskedName: given.maskedName },
      expiresAt: given.expiresAt.toISOString(),
    };
  }

  /** Who took what back, and who agreed: the newest first, 500 at most. */
  @Get('staff/voids')
  @ApiTags('staff')
  @Access('staff', 'settlement.read')
  @ApiOkResponse({ type: VoidsResponse })
  async list(@Query() { date, terminal }: VoidsQuery): Promise<VoidsResponse> {
    const lines = await this.voids.list({ date, terminal });
    return {
      voids: lines.map((line) => ({
        voidNumber: line.number,
        orderNumber: line.orderNumber,
        outcome: line.outcome,
        returned: toWireAmount(line.returned),
        paymentId: line.payment,
        shortNumber: line.shortNumber,
        terminalId: line.terminal,
        cashier: line.cashier,
        supervisorId: line.supervisor,
        supervisorName: line.supervisorName,
        voidedAt: line.voidedAt.toISOString(),
      })),
    };
  }
}
