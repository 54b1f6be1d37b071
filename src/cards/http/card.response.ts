import { ApiProperty } from '@nestjs/swagger';
import { LimitsBody } from './limits.request.js';
import { SpentResponse } from './limits.response.js';
import { GoodForResponse, PurseNameResponse } from './purse-rules.response.js';

export class PurseResponse {
  @ApiProperty({
    example: 'cash',
    description: '`cash`, `subsidy`, or a kind that the office made',
  })
  kind: string;
  @ApiProperty({ type: PurseNameResponse })
  name: PurseNameResponse;
  @ApiProperty({ type: GoodForResponse })
  goodFor: GoodForResponse;
  @ApiProperty({ description: 'Fen', type: 'integer' })
  balance: number;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  usableUntil: string | null;
}

export class CardResponse {
  @ApiProperty()
  number: string;
  @ApiProperty()
  holderName: string;
  @ApiProperty({ enum: ['active', 'frozen', 'lost', 'closed'] })
  status: string;
  @ApiProperty({ description: 'Fen in all purses, with what is held', type: 'integer' })
  balance: number;
  @ApiProperty({
    description: 'Fen that sales can use now, each purse where it is good',
    type: 'integer',
  })
  available: number;
  @ApiProperty({
    description: 'Fen of what is available that is set aside for sales without a network',
    type: 'integer',
  })
  allowance: number;
  @ApiProperty({ type: [PurseResponse], description: 'In the order in which they pay' })
  purses: PurseResponse[];
  @ApiProperty({ type: LimitsBody, description: 'What counts for this card; null is no limit' })
  limits: LimitsBody;
  @ApiProperty({ type: SpentResponse, description: 'What counts towards the limits now' })
  spent: SpentResponse;
  @ApiProperty({ description: 'Fen; null is no limit', type: 'integer', nullable: true })
  dayLimit: number | null;
  @ApiProperty({ description: 'Fen', type: 'integer' })
  spentToday: number;
}
