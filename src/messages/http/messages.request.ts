import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

export const pageSizeMax = 100;
const idShape = /^[1-9]\d{0,17}$/;

export class InboxQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.', example: '812' })
  @IsOptional()
  @Matches(idShape)
  before?: string;

  @ApiPropertyOptional({ type: 'integer', default: 20, minimum: 1, maximum: pageSizeMax })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageSizeMax)
  limit = 20;
}

export class MessageParams {
  @ApiProperty({ example: '812' })
  @Matches(idShape)
  id: string;
}

export class SubscriptionChoice {
  @ApiProperty({ description: 'The id of the template that WeChat asked about.' })
  @IsString()
  @MaxLength(64)
  template: string;

  @ApiProperty({ enum: ['accept', 'reject'] })
  @IsIn(['accept', 'reject'])
  choice: 'accept' | 'reject';
}

export class ReportSubscriptionsRequest {
  @ApiProperty({
    format: 'uuid',
    description: "The phone's own number of this tap; a repeat has the same.",
  })
  @IsUUID()
  tap: string;

  @ApiProperty({ type: [SubscriptionChoice], minItems: 1, maxItems: 5 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => SubscriptionChoice)
  choices: SubscriptionChoice[];
}
