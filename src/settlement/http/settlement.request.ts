import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsObject, Matches, Max, Min, ValidateNested } from 'class-validator';

const countMax = 1_000_000;
const amountMax = 1_000_000_000_000;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;

export class CountedTotal {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: countMax })
  @IsInt()
  @Min(0)
  @Max(countMax)
  count: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: amountMax, description: 'Fen' })
  @IsInt()
  @Min(0)
  @Max(amountMax)
  amount: number;
}

export class ShiftRequestBody {
  @ApiProperty({ description: "The terminal's own number of this shift, a lower-case UUIDv7" })
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  shiftNumber: string;

  @ApiProperty({ format: 'date-time', description: 'When the shift before it was closed' })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  openedAt: string;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  closedAt: string;

  @ApiProperty({ description: 'Sales that were approved, metered ones by what was captured' })
  @IsObject()
  @ValidateNested()
  @Type(() => CountedTotal)
  sales: CountedTotal;

  @ApiProperty({ description: 'Sales that were taken back, with what was returned' })
  @IsObject()
  @ValidateNested()
  @Type(() => CountedTotal)
  reversals: CountedTotal;
}
