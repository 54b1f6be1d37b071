import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { refundStates, type RefundState } from '../store/refunds.store.js';
import { orderNumberPattern } from './payments.request.js';

const amountMax = 1_000_000_000_000;
const reasonMax = 200;
const pageMax = 100;
const idPattern = /^[1-9]\d{0,17}$/;

export class RefundRequest {
  @ApiProperty({ description: "The proposer's own number of this refund, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  refundNumber: string;

  @ApiProperty({ example: '1207' })
  @Matches(idPattern)
  paymentId: string;

  @ApiProperty({ type: 'integer', description: 'Fen; at most what has not gone back yet' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;

  @ApiProperty({ description: 'Why, for the second person', maxLength: reasonMax })
  @IsString()
  @Matches(/\S/, { message: 'reason must say something' })
  @MaxLength(reasonMax)
  reason: string;
}

export class RefundsQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(idPattern)
  payment?: string;

  @ApiPropertyOptional({ enum: refundStates })
  @IsOptional()
  @IsIn(refundStates)
  state?: RefundState;

  @ApiPropertyOptional({ description: 'The last id of the page before' })
  @IsOptional()
  @Matches(idPattern)
  before?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: pageMax })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageMax)
  limit = 20;
}
