import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** Lower-case UUIDv7: one order has one spelling. */
const orderNumberPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;
const programmePattern = /^[a-z0-9][a-z0-9-]{0,31}$/;
const sequenceMax = 2_147_483_647;
const readingMax = 1_000_000_000_000;
const amountMax = 1_000_000_000_000;
const programmesMax = 20;
const atOnceMax = 100;
const programmeSecondsMin = 30;
const programmeSecondsMax = 86_400;

export class SessionInstrument {
  @ApiProperty({ enum: ['code', 'signed_qr', 'plastic', 'number_pin'] })
  @IsIn(['code', 'signed_qr', 'plastic', 'number_pin'])
  type: string;

  @ApiPropertyOptional({
    description: 'As the scanner gave it',
    example: '97185965475126865312',
  })
  @ValidateIf(({ type }: SessionInstrument) => type === 'code')
  @IsString()
  @Length(1, 512)
  code?: string;
}

export class SessionRequest {
  @ApiProperty({ description: "The device's own number of this sale, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  orderNumber: string;

  @ApiProperty({ type: 'integer', description: "The device's count of its sales" })
  @IsInt()
  @Min(1)
  @Max(sequenceMax)
  sequence: number;

  @ApiProperty({ type: SessionInstrument, description: 'What was scanned' })
  @IsObject()
  @ValidateNested()
  @Type(() => SessionInstrument)
  instrument: SessionInstrument;

  @ApiPropertyOptional({ description: 'Where the place has a price list', example: 'quick-wash' })
  @IsOptional()
  @Matches(programmePattern)
  programme?: string;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  occurredAt: string;
}

export class ProgressRequest {
  @ApiProperty({ description: "The device's own number of this report, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  progressNumber: string;

  @ApiProperty({ type: 'integer', description: "The device's count of its reports, from 1" })
  @IsInt()
  @Min(1)
  @Max(sequenceMax)
  sequence: number;

  @ApiProperty({
    type: 'integer',
    description: 'Thousandths of the unit since the session began; never falls',
    example: 27_400,
  })
  @IsInt()
  @Min(0)
  @Max(readingMax)
  reading: number;

  @ApiProperty({ description: 'Whether the session is over with it' })
  @IsBoolean()
  final: boolean;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  occurredAt: string;
}

export class SessionParameter {
  @ApiProperty()
  @Matches(orderNumberPattern)
  orderNumber: string;
}

export class ProgrammeNameBody {
  @ApiProperty({ example: '快洗' })
  @IsString()
  @Length(1, 40)
  zh: string;

  @ApiProperty({ example: 'Quick wash' })
  @IsString()
  @Length(1, 60)
  en: string;
}

export class ProgrammeBody {
  @ApiProperty({ example: 'quick-wash' })
  @MaxLength(32)
  @Matches(programmePattern)
  code: string;

  @ApiProperty({ type: ProgrammeNameBody })
  @IsObject()
  @ValidateNested()
  @Type(() => ProgrammeNameBody)
  name: ProgrammeNameBody;

  @ApiProperty({ type: 'integer', description: 'Fen' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;

  @ApiProperty({ type: 'integer', description: 'The longest that it may take' })
  @IsInt()
  @Min(programmeSecondsMin)
  @Max(programmeSecondsMax)
  seconds: number;
}

export class ProgrammesBody {
  @ApiProperty({ type: [ProgrammeBody], description: 'All of them; none: by the unit' })
  @IsArray()
  @ArrayMaxSize(programmesMax)
  @ValidateNested({ each: true })
  @Type(() => ProgrammeBody)
  programmes: ProgrammeBody[];
}

export class SessionPolicyBody {
  @ApiProperty({ type: 'integer', description: 'Devices that one card may run at a time' })
  @IsInt()
  @Min(1)
  @Max(atOnceMax)
  atOnce: number;
}

export class SessionsQuery {
  @ApiPropertyOptional({ description: 'A place' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/)
  place?: string;

  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Only those that have not ended' })
  @IsOptional()
  @IsIn(['true', 'false'])
  running?: 'true' | 'false';
}
