import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  charges,
  gateGroups,
  passbackModes,
  type Charge,
  type GateRule,
  type Passback,
} from '../gate.js';

const timeShape = /^([01]\d|2[0-3]):[0-5]\d$/;
const untilShape = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const dayShape = /^20\d{2}-\d{2}-\d{2}$/;
const idShape = /^[1-9]\d{0,17}$/;
const amountMax = 1_000_000_000_000;
const rulesMax = 72;
const passPlacesMax = 50;
const usesMax = 10_000;
const minutesMax = 1_440;
const keptDaysMin = 30;
const keptDaysMax = 1_100;
const capacityMax = 100_000;

export class GateRuleRequest {
  @ApiProperty({ enum: gateGroups })
  @IsIn(gateGroups)
  group: GateRule['group'];

  @ApiProperty({ example: '06:00', description: 'HH:MM in campus time' })
  @Matches(timeShape)
  from: string;

  @ApiProperty({ example: '22:00', description: 'HH:MM in campus time, 24:00 at the latest' })
  @Matches(untilShape)
  until: string;

  @ApiProperty({ enum: charges })
  @IsIn(charges)
  charge: Charge;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Fen. entry: the price; time: the most that a visit costs',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Fen for each minute begun; time alone' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(amountMax)
  minutePrice?: number;
}

export class GateRequest {
  @ApiProperty({
    enum: passbackModes,
    description: 'What becomes of whoever is inside and comes in again',
  })
  @IsIn(passbackModes)
  passback: Passback;

  @ApiPropertyOptional({ type: 'integer', description: 'Of `timed` alone' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(minutesMax)
  passbackMinutes?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'As many as come when it is left out' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(capacityMax)
  capacity?: number;

  @ApiProperty({ example: '06:00' })
  @Matches(timeShape)
  opens: string;

  @ApiProperty({ example: '22:00' })
  @Matches(untilShape)
  closes: string;

  @ApiProperty({ description: 'Whether a sensor says that somebody went through' })
  @IsBoolean()
  hasSensor: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'Fen that a visit by time costs when nobody ended it',
  })
  @IsInt()
  @Min(0)
  @Max(amountMax)
  forgottenAmount: number;

  @ApiProperty({ type: [GateRuleRequest], description: 'All of them; what is left out is gone.' })
  @IsArray()
  @ArrayMaxSize(rulesMax)
  @ValidateNested({ each: true })
  @Type(() => GateRuleRequest)
  rules: GateRuleRequest[];
}

export class KeptVisitsRequest {
  @ApiProperty({ type: 'integer', description: 'How long it is kept who was where', example: 180 })
  @IsInt()
  @Min(keptDaysMin)
  @Max(keptDaysMax)
  keepDays: number;
}

export class PassRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 32)
  cardNumber: string;

  @ApiProperty({ type: [String], description: 'Ids of places with a gate' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(passPlacesMax)
  @Matches(idShape, { each: true })
  places: string[];

  @ApiProperty({ example: '2026-11-01' })
  @IsISO8601({ strict: true })
  @Matches(dayShape)
  firstDay: string;

  @ApiProperty({ example: '2026-11-30' })
  @IsISO8601({ strict: true })
  @Matches(dayShape)
  lastDay: string;

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

  @ApiPropertyOptional({
    description: 'The sale that paid for it; given for nothing when it is left out',
  })
  @IsOptional()
  @Matches(idShape)
  paymentId?: string;
}
