import { ApiProperty } from '@nestjs/swagger';

export class PurseResponse {
  @ApiProperty({ enum: ['cash', 'subsidy'] })
  kind: string;
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
  @ApiProperty({ description: 'Fen that a sale can use now', type: 'integer' })
  available: number;
  @ApiProperty({ type: [PurseResponse] })
  purses: PurseResponse[];
  @ApiProperty({ description: 'Fen; null is no limit', type: 'integer', nullable: true })
  dayLimit: number | null;
  @ApiProperty({ description: 'Fen', type: 'integer' })
  spentToday: number;
}
