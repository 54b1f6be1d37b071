import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindCard } from '../find-card.js';
import { FreezeCard } from '../freeze-card.js';

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
  @ApiProperty({ type: 'integer', nullable: true, description: 'Fen; null is no limit' })
  dayLimit: number | null;
}

/** The office helps who cannot help themselves: a phone is gone, a card was found. */
@ApiTags('staff')
@Controller('v1/staff/cards/:number')
export class StaffCardsController {
  constructor(
    private readonly cards: FindCard,
    private readonly freezing: FreezeCard,
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
      dayLimit: card.dayLimit === null ? null : toWireAmount(card.dayLimit),
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
}
