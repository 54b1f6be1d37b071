import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { FindCard } from '../../cards/find-card.js';
import { Access } from '../../platform/access/access.js';
import { IssuePlastic } from '../issue-plastic.js';
import { StopStaticCredentials } from '../stop-static-credentials.js';

class CardNumberParameter {
  @ApiProperty({ example: '1002600001' })
  @Matches(/^\d{6,20}$/)
  number: string;
}

class PlasticRequest {
  @ApiProperty({ example: 'P0012345', description: 'As it is printed on the card' })
  @Matches(/^[0-9A-Za-z]{6,20}$/)
  printedNumber: string;

  @ApiProperty({ example: '04A3B2C1D4E5F6', description: "The chip's number as hex digits" })
  @Matches(/^(?:[0-9A-Fa-f]{2}){4,10}$/)
  chipNumber: string;
}

class PlasticResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ description: 'How the printed number ends: two characters; the rest is not kept' })
  printedEnd: string;
  @ApiProperty({ enum: ['active', 'lost', 'replaced'] })
  status: string;
  @ApiProperty({ format: 'date-time' })
  issuedAt: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  endedAt: string | null;
}

class PlasticsResponse {
  @ApiProperty({ type: [PlasticResponse], description: 'The newest first, at most fifty' })
  plastics: PlasticResponse[];
}

/** The card office's plastic cards: one in use for each card. */
@ApiTags('staff')
@Controller('v1/staff/cards/:number')
export class StaffPlasticController {
  constructor(
    private readonly cards: FindCard,
    private readonly plastics: IssuePlastic,
    private readonly stopping: StopStaticCredentials,
  ) {}

  @Get('plastic')
  @Access('staff', 'cards.read')
  @ApiOkResponse({ type: PlasticsResponse })
  async list(@Param() { number }: CardNumberParameter): Promise<PlasticsResponse> {
    const { id } = await this.cards.byNumber(number);
    const plastics = await this.plastics.list(id);
    return {
      plastics: plastics.map((each) => ({
        id: each.id.toString(),
        printedEnd: each.printedEnd,
        status: each.status,
        issuedAt: each.issuedAt.toISOString(),
        endedAt: each.endedAt?.toISOString() ?? null,
      })),
    };
  }

  /** The one before, if there is one in use, is replaced. */
  @Post('plastic')
  @HttpCode(200)
  @Access('staff', 'cards.plastic')
  @ApiOkResponse({ type: PlasticsResponse })
  async issue(
    @Param() parameter: CardNumberParameter,
    @Body() { printedNumber, chipNumber }: PlasticRequest,
  ): Promise<PlasticsResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.plastics.issue(id, { printed: printedNumber, chip: chipNumber });
    return this.list(parameter);
  }

  @Post('plastic/loss')
  @HttpCode(200)
  @Access('staff', 'cards.status')
  @ApiOkResponse({ type: PlasticsResponse })
  async reportLoss(@Param() parameter: CardNumberParameter): Promise<PlasticsResponse> {
    const { id } = await this.cards.byNumber(parameter.number);
    await this.plastics.reportLoss(id);
    return this.list(parameter);
  }

  /** For a cardholder who calls: what the phone's "this was not me" does. */
  @Post('static-credentials/stop')
  @HttpCode(200)
  @Access('staff', 'cards.status')
  @ApiOkResponse({ type: PlasticsResponse })
  async stop(@Param() parameter: CardNumberParameter): Promise<PlasticsResponse> {
    const { cardholder } = await this.cards.byNumber(parameter.number);
    await this.stopping.stop(cardholder);
    return this.list(parameter);
  }
}
