import { MOST_RECORDS_AT_ONCE } from '@campus-paycode/terminal-protocol';
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
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { recordDecisions, type RecordDecision } from '../store/records.js';

/** Longer than a record can be: what a bad disk left of one is kept too. */
const textMax = 4_000;
const signatureMax = 400;
const reasonMax = 200;
const pageMax = 100;
const idPattern = /^[1-9]\d{0,17}$/;

export class SignedRecordBody {
  @ApiProperty({ description: "The record's exact text", maxLength: textMax })
  @IsString()
  @MaxLength(textMax)
  record: string;

  @ApiProperty({ description: "base64url; the terminal's, over `cpc1/record\\0` and the text" })
  @IsString()
  @MaxLength(signatureMax)
  signature: string;
}

export class OfflineSalesRequest {
  @ApiProperty({
    type: [SignedRecordBody],
    minItems: 1,
    maxItems: MOST_RECORDS_AT_ONCE,
    description: 'In the order in which they were made',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_RECORDS_AT_ONCE)
  @ValidateNested({ each: true })
  @Type(() => SignedRecordBody)
  records: SignedRecordBody[];
}

export class OfflineSalesQuery {
  @ApiPropertyOptional({ enum: recordDecisions })
  @IsOptional()
  @IsIn(recordDecisions)
  decision?: RecordDecision;

  @ApiPropertyOptional({ enum: ['true'], description: 'Only what waits for two people' })
  @IsOptional()
  @IsIn(['true'])
  waiting?: 'true';

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(idPattern)
  terminal?: string;

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

export class OfflineWordRequest {
  @ApiProperty({ enum: ['release', 'dismiss'] })
  @IsIn(['release', 'dismiss'])
  word: 'release' | 'dismiss';

  @ApiProperty({ description: 'Why, for the second person', maxLength: reasonMax })
  @IsString()
  @Matches(/\S/, { message: 'reason must say something' })
  @MaxLength(reasonMax)
  reason: string;
}

export class ResumptionRequest {
  @ApiProperty({ description: 'Why, for the second person', maxLength: reasonMax })
  @IsString()
  @Matches(/\S/, { message: 'reason must say something' })
  @MaxLength(reasonMax)
  reason: string;
}
