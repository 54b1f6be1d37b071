import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { gateGroups, type GateRule } from '../gate.js';

const orderNumberPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timeShape = /^([01]\d|2[0-3]):[0-5]\d$/;
const untilShape = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const idShape = /^[1-9]\d{0,17}$/;
const nameMax = 64;
const placesMax = 50;
const daysMax = 400;
const usesMax = 10_000;
const amountMax = 1_000_000_000_000;

export class OfferNameRequest {
  @ApiProperty({ example: '月卡' })
  @IsString()
  @Length(1, nameMax)
  zh: string;

  @ApiProperty({ example: 'Month' })
  @IsString()
  @Length(1, nameMax)
  en: string;
}

export class OfferRequest {
  @ApiProperty({ type: OfferNameRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => OfferNameRequest)
  name: OfferNameRequest;

  @ApiPropertyOptional({
    type: [String],
    description:
      'Where the pass is good, the selling place among them; that one alone when left out',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(placesMax)
  @Matches(idShape, { each: true })
  places?: string[];

  @ApiProperty({ enum: gateGroups, isArray: true, description: 'Who may buy it' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(gateGroups, { each: true })
  groups: GateRule['group'][];

  @ApiProperty({ type: 'integer', description: 'The day of the purchase included', example: 30 })
  @IsInt()
  @Min(1)
  @Max(daysMax)
  days: number;

  @ApiProperty({ example: '06:00' })
  @Matches(timeShape)
  from: string;

  @ApiProperty({ example: '22:00' })
  @Matches(untilShape)
  until: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Entries; any number when it is left out' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(usesMax)
  uses?: number;

  @ApiProperty({ type: 'integer', description: 'Fen' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;
}

export class PassOrderRequest {
  @ApiProperty({ description: 'Of an offer' })
  @Matches(idShape)
  offerId: string;

  @ApiProperty({ description: "The phone's own number of this purchase, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  orderNumber: string;

  @ApiProperty({
    description: 'A payment code of the phone that buys',
    example: '97185965475126865312',
  })
  @Matches(/^\d{20}$/)
  code: string;
}
