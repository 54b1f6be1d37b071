import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { rawBodyOf } from '../../terminals/check-signature.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { AuthorizePayment } from '../authorize-payment.js';
import { CapturePayment } from '../capture-payment.js';
import { FindPayments } from '../find-payments.js';
import { ReversePayment } from '../reverse-payment.js';
import { presentVerdict } from './payments.presenter.js';
import {
  CaptureRequestBody,
  OrderNumberParameter,
  PaymentRequest,
  ReversalRequest,
} from './payments.request.js';
import { CaptureResponse, ReversalResponse, VerdictResponse } from './payments.response.js';

/** What makes two requests the same: method, path and the bytes of the body. */
const hashOf = (request: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${request.method}\n${request.raw.url ?? ''}\n`)
    .update(rawBodyOf(request))
    .digest();

function keyOf(request: FastifyRequest): TerminalKey {
  invariant(request.terminalKey !== undefined, 'A terminal route without its terminal.');
  return request.terminalKey;
}

@ApiTags('terminal')
@Controller('v1/payments')
@Access('terminal')
export class PaymentsController {
  constructor(
    private readonly authorization: AuthorizePayment,
    private readonly payments: FindPayments,
    private readonly reversal: ReversePayment,
    private readonly capturing: CapturePayment,
    private readonly metrics: Metrics,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: VerdictResponse })
  async authorize(
    @Body() body: PaymentRequest,
    @Req() request: FastifyRequest,
  ): Promise<VerdictResponse> {
    const begun = performance.now();
    const payment = await this.authorization.authorize({
      terminalKey: keyOf(request),
      orderNumber: body.orderNumber,
      hash: hashOf(request),
      sequence: body.sequence,
      instrument: body.instrument,
      amount: body.amount === undefined ? undefined : fromWireAmount(body.amount),
      occurredAt: new Date(body.occurredAt),
    });
    this.metrics.decideSeconds.observe((performance.now() - begun) / 1000);
    this.metrics.sales.inc({ verdict: payment.verdict, reason: payment.reason ?? 'none' });
    return presentVerdict(payment);
  }

  @Get(':orderNumber')
  @ApiOkResponse({ type: VerdictResponse })
  async find(
    @Param() { orderNumber }: OrderNumberParameter,
    @Req() request: FastifyRequest,
  ): Promise<VerdictResponse> {
    const { terminal } = keyOf(request);
    return presentVerdict(await this.payments.byOrderNumber(terminal.id, orderNumber));
  }

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
