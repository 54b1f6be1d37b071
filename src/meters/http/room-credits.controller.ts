import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { BuyCredit, type CreditOrder } from '../buy-credit.js';
import { IssueTicket } from '../issue-ticket.js';
import { TakeReadings } from '../take-readings.js';
import { presentOrder, presentReading } from './rooms.presenter.js';
import { MeterReadingsRequest, OrderParameter, RoomCreditRequest } from './rooms.request.js';
import { RoomCreditResponse, TakenReadingsResponse } from './rooms.response.js';

function keyOf({ terminalKey }: FastifyRequest): TerminalKey {
  invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
  return terminalKey;
}

@ApiTags('terminal')
@Controller('v1')
@Access('terminal')
export class RoomCreditsController {
  constructor(
    private readonly credit: BuyCredit,
    private readonly tickets: IssueTicket,
    private readonly readings: TakeReadings,
  ) {}

  /** Says, before a sale, for which meter it is; the sale delivers it. */
  @Post('room-credits')
  @HttpCode(200)
  @ApiOkResponse({ type: RoomCreditResponse })
  async order(
    @Body() { orderNumber, meterNumber }: RoomCreditRequest,
    @Req() request: FastifyRequest,
  ): Promise<RoomCreditResponse> {
    return this.present(await this.credit.order(keyOf(request), orderNumber, BigInt(meterNumber)));
  }

  @Get('room-credits/:orderNumber')
  @ApiOkResponse({ type: RoomCreditResponse })
  async find(
    @Param() { orderNumber }: OrderParameter,
    @Req() request: FastifyRequest,
  ): Promise<RoomCreditResponse> {
    return this.present(await this.credit.find(keyOf(request).terminal.id, orderNumber));
  }

  /** What meters of the terminal's place show. */
  @Post('meter-readings')
  @HttpCode(200)
  @ApiOkResponse({ type: TakenReadingsResponse })
  async take(
    @Body() { readings }: MeterReadingsRequest,
    @Req() request: FastifyRequest,
  ): Promise<TakenReadingsResponse> {
    const taken = await this.readings.ofTerminal(
      keyOf(request),
      readings.map(({ meterNumber, reading, takenAt }) => ({
        device: BigInt(meterNumber),
        value: BigInt(reading),
        takenAt: new Date(takenAt),
      })),
    );
    return { readings: taken.map(presentReading) };
  }

  private async present(order: CreditOrder): Promise<RoomCreditResponse> {
    const { credited, meter } = order;
    return presentOrder(order, credited === null ? undefined : await this.tickets.newest(meter));
  }
}
