import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindCardholder } from '../../cardholders/find-cardholder.js';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindCard } from '../find-card.js';
import { FreezeCard } from '../freeze-card.js';
import { CardResponse } from './card.response.js';
import { presentLimits } from './limits.request.js';
import { presentSpent } from './limits.response.js';
import { presentGoodFor } from './purse-rules.response.js';

@ApiTags('student')
@Controller('v1/me/card')
@Access('cardholder')
export class CardController {
  constructor(
    private readonly cards: FindCard,
    private readonly freezing: FreezeCard,
    private readonly cardholders: FindCardholder,
  ) {}

  @Get()
  @ApiOkResponse({ type: CardResponse })
  async read(@CurrentCaller() caller: Caller): Promise<CardResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    const [holder, purses, spent] = await Promise.all([
      this.cardholders.byId(caller.id),
      this.cards.purses(card.id),
      this.cards.spent(card.id),
    ]);
    const balance = purses.reduce((sum, purse) => sum + purse.balance, 0n);
    const limits = presentLimits(card.limits);
    const allowance = purses.reduce((sum, purse) => sum + purse.allowance, 0n);
    const held = purses.reduce((sum, purse) => sum + purse.held, 0n) - allowance;
    return {
      number: card.number,
      holderName: holder.name,
      status: card.status,
      balance: toWireAmount(balance),
      available: toWireAmount(balance - held),
      allowance: toWireAmount(allowance),
      purses: purses.map((purse) => ({
        kind: purse.rule.code,
        name: purse.rule.name,
        goodFor: presentGoodFor(purse.rule),
        balance: toWireAmount(purse.balance),
        usableUntil: purse.usableUntil?.toISOString() ?? null,
      })),
      limits,
      dayLimit: limits.dayAmount,
      spent: presentSpent(spent),
      spentToday: toWireAmount(spent.dayAmount),
    };
  }

  @Post('freeze')
  @HttpCode(200)
  @ApiOkResponse({ type: CardResponse })
  async freeze(@CurrentCaller() caller: Caller): Promise<CardResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    await this.freezing.freeze(card.id, { kind: 'cardholder', id: caller.id });
    return this.read(caller);
  }

  @Post('unfreeze')
  @HttpCode(200)
  @ApiOkResponse({ type: CardResponse })
  async unfreeze(@CurrentCaller() caller: Caller): Promise<CardResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    await this.freezing.unfreeze(card.id, { kind: 'cardholder', id: caller.id });
    return this.read(caller);
  }
}
