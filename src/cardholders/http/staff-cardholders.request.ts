import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { LinkPurpose } from '../issue-enrolment-link.js';

const idPattern = /^[1-9]\d{0,17}$/;
const pageMax = 100;

export class CardholderListQuery {
  @ApiPropertyOptional({ description: 'The beginning of a number, or a part of a name.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  search?: string;

  @ApiPropertyOptional({ description: 'The `next` of the page before.' })
  @IsOptional()
  @Matches(idPattern)
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: pageMax, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageMax)
  limit = 50;
}

export class CardholderIdParam {
  @ApiProperty({ example: '17' })
  @Matches(idPattern)
  id: string;
}

export class EnrolmentLinkRequest {
  @ApiPropertyOptional({ enum: ['enrolment', 'sign-in'], default: 'enrolment' })
  @IsOptional()
  @IsIn(['enrolment', 'sign-in'])
  purpose: LinkPurpose = 'enrolment';
}
