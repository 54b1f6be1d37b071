import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindCard } from '../find-card.js';
import { FreezeCard } from '../freeze-card.js';
import { SetLimits } from '../set-limits.js';
import { LimitsBody, presentLimits, readLimits } from './limits.request.js';
import { presentSpent, SpentResponse } from './limits.response.js';

class CardNumberParameter {
  @ApiProperty({ example: '1002600001' })
  @Matches(/^\d{6,20}$/)
  number: string;
}

class StaffCardResponse {
  @ApiProperty()
  id: string;
  @ApiProperty()
  number: string;
  @ApiProperty()
  cardholderId: string;
  @ApiProperty({ enum: ['active', 'frozen', 'lost', 'closed'] })
  status: string;
  @ApiProperty({ example: 'student' })
  group: string;
  @ApiProperty({ type: LimitsBody, description: 'What counts for this card; null is no limit' })
  limits: LimitsBody;
  @ApiProperty({ type: LimitsBody, description: "Its own figures; null is its group's" })
  ownLimits: LimitsBody;
  @ApiProperty({ type: SpentResponse, description: 'What counts towards the limits now' })
  spent: SpentResponse;
}

/** The office helps who cannot help themselves: a phone is gone, a card was found. */
@ApiTags('staff')
@Controller('v1/staff/cards/:number')
export class StaffCardsController {
  constructor(
    private readonly cards: FindCard,
    private readonly freezing: FreezeCard,
    private readonly limits: SetLimits,
  ) {}

  @Get()
  @Access('staff', 'cards.read')
  @ApiOkResponse({ type: StaffCardResponse })
  async read(@Param() { number }: CardNumberParameter): Promise<StaffCardResponse> {
    const card = await this.cards.byNumber(number);
    return {
      id: card.id.toString(),
      number: card.number,
      cardholderId: card.cardholder.toString(),
      status: card.status,
      group: card.group,
      limits: presentLimits(card.limits),
      ownLimits: presentLimits(card.ownLimits),
      spent: presentSpent(await this.cards.spent(card.id)),
    };
  }

  @Post('freeze')
  @HttpCode(200)
  @Access('staff', 'cards.status')
  @ApiOkResponse({ type: StaffCardResponse })
  async freeze(
    @Param() parameter: CardNumberParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<StaffCardResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.freezing.freeze(id, { kind: 'staff', id: caller.id });
    return this.read(parameter);
  }

  @Post('unfreeze')
  @HttpCode(200)
  @Access('staff', 'cards.status')
  @ApiOkResponse({ type: StaffCardResponse })
  async unfreeze(
    @Param() parameter: CardNumberParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<StaffCardResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.freezing.unfreeze(id, { kind: 'staff', id: caller.id });
    return this.read(parameter);
  }

  @Post('loss')
  @HttpCode(200)
  @Access('staff', 'cards.status')
  @ApiOkResponse({ type: StaffCardResponse })
  async reportLoss(
    @Param() parameter: CardNumberParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<StaffCardResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.freezing.reportLoss(id, { kind: 'staff', id: caller.id });
    return this.read(parameter);
  }

  @Post('recovery')
  @HttpCode(200)
  @Access('staff', 'cards.status')
  @ApiOkResponse({ type: StaffCardResponse })
  async recover(
    @Param() parameter: CardNumberParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<StaffCardResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.freezing.recover(id, { kind: 'staff', id: caller.id });
    return this.read(parameter);
  }

  /** Gives the card figures of its own, all seven at once; the next sale knows. */
  @Put('limits')
  @Access('staff', 'cards.limits')
  @ApiOkResponse({ type: StaffCardResponse })
  async setLimits(
    @Param() parameter: CardNumberParameter,
    @Body() body: LimitsBody,
  ): Promise<StaffCardResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.limits.setForCard(id, readLimits(body));
    return this.read(parameter);
  }
}
