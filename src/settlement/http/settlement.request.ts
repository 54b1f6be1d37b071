import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { pinPattern } from '../../platform/pin/pin.js';

const countMax = 1_000_000;
const amountMax = 1_000_000_000_000;
const numberPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const idPattern = /^[1-9]\d{0,17}$/;
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
  @Matches(numberPattern)
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

  @ApiPropertyOptional({
    type: CountedTotal,
    description: 'Sales that the cashier took back; left out, they are among the reversals',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => CountedTotal)
  voids?: CountedTotal;
}

export class ShiftOpeningRequestBody {
  @ApiProperty({ description: "The terminal's own number of this shift, a lower-case UUIDv7" })
  @Matches(numberPattern)
  shiftNumber: string;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  openedAt: string;

  @ApiPropertyOptional({ example: '101', description: 'Who stands there, up to eight digits' })
  @ValidateIf((_, value) => value !== undefined)
  @Matches(/^\d{1,8}$/)
  cashier?: string;
}

export class VoidRequestBody {
  @ApiProperty({ description: "The terminal's own number of this void, a lower-case UUIDv7" })
  @Matches(numberPattern)
  voidNumber: string;

  @ApiProperty({ description: 'Of the sale' })
  @Matches(numberPattern)
  orderNumber: string;

  @ApiPropertyOptional({ description: "A supervisor's word" })
  @ValidateIf((_, value) => value !== undefined)
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  supervision?: string;
}

export class SupervisionRequestBody {
  @ApiProperty({ example: '101' })
  @Matches(/^\d{3,8}$/)
  supervisor: string;

  @ApiProperty({ format: 'password', description: 'Six digits' })
  @Matches(pinPattern)
  pin: string;
}

export class VoidsQuery {
  @ApiPropertyOptional({ example: '2026-11-22', description: 'On which they were voided' })
  @IsOptional()
  @Matches(/^20\d{2}-\d{2}-\d{2}$/)
  date?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(idPattern)
  terminal?: string;
}
