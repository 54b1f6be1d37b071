import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { declineReasons, type Payment } from '../../payments/payment.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { Refusal } from '../../platform/errors/problem.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { BuyCredit } from '../buy-credit.js';
import { IssueTicket } from '../issue-ticket.js';
import { metersProblems } from '../meters.errors.js';
import { ReadRooms } from '../read-rooms.js';
import { presentLine, presentRoom, presentTicket } from './rooms.presenter.js';
import { BuyCreditRequest, MyOrderParameter, StatementQuery } from './rooms.request.js';
import {
  BoughtCreditResponse,
  RoomsResponse,
  StatementResponse,
  TicketResponse,
} from './rooms.response.js';

const pageDefault = 50;

const boughtMessages = {
  approved: { zh: '已付款，正在充值', en: 'Paid; the credit is on its way' },
  pending: { zh: '请在手机上确认付款', en: 'Please confirm on the phone' },
};

const presentBought = (payment: Payment, delivered: boolean): BoughtCreditResponse => ({
  orderNumber: payment.orderNumber,
  verdict: payment.verdict,
  reason: payment.reason,
  message:
    payment.verdict === 'declined'
      ? declineReasons[payment.reason ?? 'code_invalid']
      : boughtMessages[payment.verdict],
  shortNumber: payment.shortNumber,
  paymentId: payment.id.toString(),
  amount: toWireAmount(payment.amount),
  expiresAt: payment.verdict === 'pending' ? (payment.holdUntil?.toISOString() ?? null) : null,
  delivered,
});

@ApiTags('student')
@Controller('v1/me')
@Access('cardholder')
export class MyRoomsController {
  constructor(
    private readonly rooms: ReadRooms,
    private readonly credit: BuyCredit,
    private readonly tickets: IssueTicket,
  ) {}

  /** Where the caller lives, and what is left there. */
  @Get('rooms')
  @ApiOkResponse({ type: RoomsResponse })
  async list(@CurrentCaller() caller: Caller): Promise<RoomsResponse> {
    return { rooms: (await this.rooms.ofCardholder(caller.id)).map(presentRoom) };
  }

  /** Whatever is bought here is everybody's in the room. */
  @Post('meters/:id/credits')
  @HttpCode(200)
  @ApiOkResponse({ type: BoughtCreditResponse })
  async buy(
    @Param() { id }: IdParameter,
    @Body() { orderNumber, code, amount }: BuyCreditRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<BoughtCreditResponse> {
    const payment = await this.credit.buy({
      cardholder: caller.id,
      meter: BigInt(id),
      orderNumber,
      code,
      amount: fromWireAmount(amount),
    });
    return presentBought(payment, false);
  }

  @Get('meters/:id/credits/:orderNumber')
  @ApiOkResponse({ type: BoughtCreditResponse })
  async find(
    @Param() { id, orderNumber }: MyOrderParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<BoughtCreditResponse> {
    const { payment, order } = await this.credit.ofPhone(caller.id, BigInt(id), orderNumber);
    return presentBought(payment, order.credited !== null);
  }

  @Get('meters/:id/statement')
  @ApiOkResponse({ type: StatementResponse })
  async statement(
    @Param() { id }: IdParameter,
    @Query() { before, limit = pageDefault }: StatementQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<StatementResponse> {
    const meter = await this.rooms.meterOf(caller.id, BigInt(id));
    const page = { before: before === undefined ? undefined : BigInt(before), limit };
    return { lines: (await this.rooms.statement(meter.id, page)).map(presentLine) };
  }

  /** The newest ticket of a meter without a network. */
  @Get('meters/:id/ticket')
  @ApiOkResponse({ type: TicketResponse })
  async ticket(
    @Param() { id }: IdParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<TicketResponse> {
    const meter = await this.rooms.meterOf(caller.id, BigInt(id));
    const ticket = await this.tickets.newest(meter.id);
    if (ticket === undefined) throw new Refusal(metersProblems, 'ticket_unknown');
    return presentTicket(ticket);
  }
}
