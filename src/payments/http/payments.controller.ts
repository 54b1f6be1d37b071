import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { fromWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { rawBodyOf } from '../../terminals/check-signature.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { AuthorizePayment } from '../authorize-payment.js';
import { FindPayments } from '../find-payments.js';
import { OrderNumberParameter, PaymentRequest } from './payments.request.js';
import { VerdictResponse } from './payments.response.js';
import { ShowSale } from './show-sale.js';

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
    private readonly metrics: Metrics,
    private readonly show: ShowSale,
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
    return this.show.present(payment, keyOf(request).terminal);
  }

  @Get(':orderNumber')
  @ApiOkResponse({ type: VerdictResponse })
  async find(
    @Param() { orderNumber }: OrderNumberParameter,
    @Req() request: FastifyRequest,
  ): Promise<VerdictResponse> {
    const { terminal } = keyOf(request);
    return this.show.present(await this.payments.byOrderNumber(terminal.id, orderNumber), terminal);
  }
}
