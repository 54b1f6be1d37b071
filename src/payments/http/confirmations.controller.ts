import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { toWireAmount } from '../../money/amount.js';
import { FindPlaces } from '../../places/find-places.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { Clock } from '../../platform/clock/clock.js';
import { invariant } from '../../platform/errors/problem.js';
import { ConfirmByPhone } from '../confirm-by-phone.js';
import { ConfirmPayment, type Word } from '../confirm-payment.js';
import { CashiersWord, ConfirmationParameter, PhonesWord } from './confirmations.request.js';
import { AskedSalesResponse, ConfirmationResponse } from './confirmations.response.js';
import { messageOfEnd, nowhere } from './payments.presenter.js';
import { OrderNumberParameter } from './payments.request.js';
import { VerdictResponse } from './payments.response.js';
import { ShowSale } from './show-sale.js';

const wordOf = (decision: 'confirm' | 'refuse'): Word =>
  decision === 'confirm' ? 'confirmed' : 'refused';

@Controller('v1')
export class ConfirmationsController {
  constructor(
    private readonly confirmation: ConfirmPayment,
    private readonly phones: ConfirmByPhone,
    private readonly places: FindPlaces,
    private readonly clock: Clock,
    private readonly show: ShowSale,
  ) {}

  /** What the cardholder's phones are asked about now. A hint says when to look; polling does as well. */
  @Get('me/confirmations')
  @ApiTags('student')
  @Access('cardholder')
  @ApiOkResponse({ type: AskedSalesResponse })
  async asked(@CurrentCaller() caller: Caller): Promise<AskedSalesResponse> {
    const asked = await this.phones.asked(caller.id);
    return {
      confirmations: await Promise.all(
        asked.map(async (sale) => ({
          paymentId: sale.payment.toString(),
          credentialId: sale.credential.toString(),
          terminalId: sale.terminal.toString(),
          place: (await this.places.byPlaceId(sale.place))?.name ?? nowhere,
          shortNumber: sale.shortNumber,
          amount: toWireAmount(sale.amount),
          expiresAt: sale.expiresAt.toISOString(),
        })),
      ),
      serverTime: this.clock.now().toISOString(),
    };
  }

  @Post('me/confirmations/:paymentId')
  @HttpCode(200)
  @ApiTags('student')
  @Access('cardholder')
  @ApiOkResponse({ type: ConfirmationResponse })
  async answer(
    @CurrentCaller() caller: Caller,
    @Param() { paymentId }: ConfirmationParameter,
    @Body() body: PhonesWord,
  ): Promise<ConfirmationResponse> {
    const outcome = await this.phones.answer({
      cardholder: caller.id,
      payment: BigInt(paymentId),
      word: wordOf(body.decision),
      credential: BigInt(body.credentialId),
      generation: body.generation,
      proof: Buffer.from(body.proof, 'base64url'),
      pin: body.pin,
      deviceCheck: body.deviceCheck,
    });
    return { paymentId, outcome, message: messageOfEnd(outcome) };
  }

  @Post('payments/:orderNumber/confirmation')
  @HttpCode(200)
  @ApiTags('terminal')
  @Access('terminal')
  @ApiOkResponse({ type: VerdictResponse })
  async confirm(
    @Param() { orderNumber }: OrderNumberParameter,
    @Body() { decision }: CashiersWord,
    @Req() { terminalKey }: FastifyRequest,
  ): Promise<VerdictResponse> {
    invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
    const { terminal } = terminalKey;
    return this.show.present(
      await this.confirmation.byCashier(terminal.id, orderNumber, wordOf(decision)),
      terminal,
    );
  }
}
