import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { collectionStates, type CollectionState } from '../store/collection.row.js';
import { importKinds, type ImportKind } from '../store/import.row.js';

/** Fits the body of one request with room for its escapes. */
const csvMax = 900_000;
const pageMax = 200;
const idPattern = /^[1-9]\d{0,17}$/;

export class ImportRequest {
  @ApiProperty({ enum: importKinds })
  @IsIn(importKinds)
  kind: ImportKind;

  @ApiPropertyOptional({
    description: 'The kind of purse that a subsidy is paid into; `subsidy` when it is left out.',
    example: 'subsidy-breakfast',
  })
  @IsOptional()
  @Matches(/^[a-z][a-z-]{0,31}$/)
  purse?: string;

  @ApiProperty({ description: "The sender's own number of the file; it pays once.", maxLength: 64 })
  @Matches(/^[A-Za-z0-9._-]{1,64}$/)
  batchNumber: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'The end of a subsidy; never without.' })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:\d{2})$/, { message: 'usableUntil must be an instant with its zone' })
  usableUntil?: string;

  @ApiProperty({
    description: 'Header card_number,name,amount; amounts in yuan with at most two decimals.',
    example: 'card_number,name,amount\n202600000001,张伟,50.00\n',
    maxLength: csvMax,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(csvMax)
  csv: string;

  @ApiPropertyOptional({ description: 'Only report; propose nothing.', default: false })
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;
}

class PageQuery {
  @ApiPropertyOptional({ description: 'Those older than this id.' })
  @IsOptional()
  @Matches(idPattern)
  before?: string;

  @ApiPropertyOptional({ type: 'integer', default: 100, minimum: 1, maximum: pageMax })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageMax)
  limit?: number;
}

export class ImportsQuery extends PageQuery {}

export class CollectionsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: collectionStates })
  @IsOptional()
  @IsIn(collectionStates)
  state?: CollectionState;
}

export class ImportParameter {
  @ApiProperty({ type: String, example: '12' })
  @Matches(idPattern)
  id: string;
}
