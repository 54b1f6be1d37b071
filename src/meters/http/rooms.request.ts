import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { meterKinds, type MeterKind } from '../meter.js';

/** Lower-case UUIDv7: one order has one spelling. */
const orderNumberPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;
const idPattern = /^[1-9]\d{0,17}$/;
const deviceMax = 4_294_967_295;
const readingMax = 100_000_000_000;
const amountMax = 1_000_000_000_000;
const priceMax = 1_000_000;
const unitsMax = 1_000_000_000;
const readingsMax = 200;
const residentsMax = 50;
const pageMax = 200;
/** Fits the body of one request with room for its escapes. */
const csvMax = 500_000;

export class RoomCreditRequest {
  @ApiProperty({ description: 'Of the sale that follows, a lower-case UUIDv7' })
  @Matches(orderNumberPattern)
  orderNumber: string;

  @ApiProperty({ type: 'integer', description: "The number on the meter's device" })
  @IsInt()
  @Min(1)
  @Max(deviceMax)
  meterNumber: number;
}

export class OrderParameter {
  @ApiProperty()
  @Matches(orderNumberPattern)
  orderNumber: string;
}

export class MeterReadingRequest {
  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(1)
  @Max(deviceMax)
  meterNumber: number;

  @ApiProperty({ type: 'integer', description: 'Watt-hours or liters that the meter shows' })
  @IsInt()
  @Min(0)
  @Max(readingMax)
  reading: number;

  @ApiProperty({ format: 'date-time' })
  @Matches(instantPattern)
  takenAt: string;
}

export class MeterReadingsRequest {
  @ApiProperty({ type: [MeterReadingRequest] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(readingsMax)
  @ValidateNested({ each: true })
  @Type(() => MeterReadingRequest)
  readings: MeterReadingRequest[];
}

export class BuyCreditRequest {
  @ApiProperty({ description: "The phone's own number of this purchase, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  orderNumber: string;

  @ApiProperty({ description: 'A payment code of the phone that buys' })
  @Matches(/^\d{20}$/)
  code: string;

  @ApiProperty({ type: 'integer', description: 'Fen' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;
}

export class MyOrderParameter extends OrderParameter {
  @ApiProperty()
  @Matches(idPattern)
  id: string;
}

export class StatementQuery {
  @ApiPropertyOptional({ description: 'Those older than this id.' })
  @IsOptional()
  @Matches(idPattern)
  before?: string;

  @ApiPropertyOptional({ type: 'integer', default: 50, minimum: 1, maximum: pageMax })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageMax)
  limit?: number;
}

export class RoomsQuery {
  @ApiPropertyOptional({ description: 'The beginning of a building or number; a meter number' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  search?: string;

  @ApiPropertyOptional({ description: 'The last id of the page before.' })
  @IsOptional()
  @Matches(idPattern)
  after?: string;

  @ApiPropertyOptional({ type: 'integer', default: 50, minimum: 1, maximum: pageMax })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageMax)
  limit?: number;
}

export class MeterRequest {
  @ApiProperty({ enum: meterKinds })
  @IsIn(meterKinds)
  kind: MeterKind;

  @ApiProperty({ description: 'Sells the credit; its terminals bring the readings' })
  @Matches(idPattern)
  placeId: string;

  @ApiProperty({ type: 'integer', description: 'The number on the device' })
  @IsInt()
  @Min(1)
  @Max(deviceMax)
  meterNumber: number;

  @ApiProperty({ description: 'Without a network it takes tickets and counts down by itself' })
  @IsBoolean()
  networked: boolean;

  @ApiProperty({ type: 'integer', description: 'Fen for `per` watt-hours or liters', example: 55 })
  @IsInt()
  @Min(1)
  @Max(priceMax)
  price: number;

  @ApiProperty({ type: 'integer', example: 1000 })
  @IsInt()
  @Min(1)
  @Max(unitsMax)
  per: number;

  @ApiProperty({ type: 'integer', description: 'Units of a day above which nothing is believed' })
  @IsInt()
  @Min(1)
  @Max(unitsMax)
  dailyMost: number;

  @ApiProperty({ type: 'integer', description: 'Fen of credit below which residents are told' })
  @IsInt()
  @Min(0)
  @Max(unitsMax)
  warnBelow: number;

  @ApiProperty({ type: 'integer', description: 'What it showed when it was put in' })
  @IsInt()
  @Min(0)
  @Max(readingMax)
  reading: number;
}

export class RoomRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 64)
  building: string;

  @ApiProperty()
  @IsString()
  @Length(1, 32)
  number: string;

  @ApiProperty({ type: [String], description: 'Numbers of cardholders: all who live there' })
  @IsArray()
  @ArrayMaxSize(residentsMax)
  @IsString({ each: true })
  @Length(1, 32, { each: true })
  residents: string[];

  @ApiProperty({ type: [MeterRequest], description: 'One of a kind; what is left out stays' })
  @IsArray()
  @ArrayMaxSize(meterKinds.length)
  @ValidateNested({ each: true })
  @Type(() => MeterRequest)
  meters: MeterRequest[];
}

export class ReplacementRequest {
  @ApiProperty({ type: 'integer', description: 'What the old device shows' })
  @IsInt()
  @Min(0)
  @Max(readingMax)
  lastReading: number;

  @ApiProperty({ type: 'integer', description: 'The number on the new device' })
  @IsInt()
  @Min(1)
  @Max(deviceMax)
  meterNumber: number;

  @ApiProperty({ type: 'integer', description: 'What the new device shows' })
  @IsInt()
  @Min(0)
  @Max(readingMax)
  firstReading: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'What an old device without a network still had to give',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(deviceMax)
  unitsLeft?: number;
}

export class ReadingsFileRequest {
  @ApiProperty({
    description: 'Header meter_number,reading,taken_at; whole watt-hours or liters.',
    example: 'meter_number,reading,taken_at\n30412,1250300,2026-11-22T12:00:00+08:00\n',
    maxLength: csvMax,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(csvMax)
  csv: string;

  @ApiPropertyOptional({
    description: 'Take readings that are far above what a room can use',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  isSure?: boolean;
}
