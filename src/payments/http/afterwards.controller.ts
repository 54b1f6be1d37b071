import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { CapturePayment } from '../capture-payment.js';
import { ReversePayment } from '../reverse-payment.js';
import { CaptureRequestBody, OrderNumberParameter, ReversalRequest } from './payments.request.js';
import { CaptureResponse, ReversalResponse } from './payments.response.js';

function keyOf({ terminalKey }: FastifyRequest): TerminalKey {
  invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
  return terminalKey;
}

/** What a terminal does to a sale after its verdict. */
@ApiTags('terminal')
@Controller('v1/payments')
@Access('terminal')
export class AfterwardsController {
  constructor(
    private readonly reversal: ReversePayment,
    private readonly capturing: CapturePayment,
  ) {}

  @Post(':orderNumber/reversal')
  @HttpCode(200)
  @ApiOkResponse({ type: ReversalResponse })
  async reverse(
    @Param() { orderNumber }: OrderNumberParameter,
    @Body() { reason }: ReversalRequest,
    @Req() request: FastifyRequest,
  ): Promise<ReversalResponse> {
    const { outcome, returned } = await this.reversal.reverse(keyOf(request), orderNumber, reason);
    return { orderNumber, outcome, returned: toWireAmount(returned) };
  }

  @Post(':orderNumber/captures')
  @HttpCode(200)
  @ApiOkResponse({ type: CaptureResponse })
  async capture(
    @Param() { orderNumber }: OrderNumberParameter,
    @Body() body: CaptureRequestBody,
    @Req() request: FastifyRequest,
  ): Promise<CaptureResponse> {
    const { captured, released, state } = await this.capturing.capture({
      terminalKey: keyOf(request),
      orderNumber,
      captureNumber: body.captureNumber,
      amount: fromWireAmount(body.amount),
      final: body.final,
    });
    return {
      captureNumber: body.captureNumber,
      orderNumber,
      captured: toWireAmount(captured),
      released: toWireAmount(released),
      state,
    };
  }
}
