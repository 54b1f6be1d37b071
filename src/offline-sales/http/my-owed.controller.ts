import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindCard } from '../../cards/find-card.js';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { ReadOfflineSales } from '../read-offline-sales.js';
import { OwedResponse } from './offline-sales.response.js';

@ApiTags('student')
@Controller('v1/me/owed')
export class MyOwedController {
  constructor(
    private readonly cards: FindCard,
    private readonly sales: ReadOfflineSales,
  ) {}

  /** What sales without a network left owing; it is taken from the next money that comes in. */
  @Get()
  @Access('cardholder')
  @ApiOkResponse({ type: OwedResponse })
  async read(@CurrentCaller() caller: Caller): Promise<OwedResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    const { amount, sales } = await this.sales.owed(card.id);
    return {
      amount: toWireAmount(amount),
      sales: sales.map((sale) => ({
        paymentId: sale.payment.toString(),
        shortNumber: sale.shortNumber,
        amount: toWireAmount(sale.amount),
        owed: toWireAmount(sale.owed),
        occurredAt: sale.occurredAt.toISOString(),
      })),
    };
  }
}
