import { ApiProperty } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { directions, type Direction } from '../gate.js';

/** Lower-case UUIDv7: one order has one spelling. */
const orderNumberPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;
const sequenceMax = 2_147_483_647;

export class GateInstrument {
  @ApiProperty({ enum: ['code', 'signed_qr'] })
  @IsIn(['code', 'signed_qr'])
  type: 'code' | 'signed_qr';

  @ApiProperty({
    required: false,
    description: 'As the scanner gave it',
    example: '97185965475126865312',
  })
  @ValidateIf(({ type }: GateInstrument) => type === 'code')
  @IsString()
  @Length(1, 512)
  code?: string;

  @ApiProperty({ required: false })
  @ValidateIf(({ type }: GateInstrument) => type === 'signed_qr')
  @IsString()
  @MaxLength(1024)
  text?: string;
}

export class PassageRequestBody {
  @ApiProperty({ description: "The gate's own number of this scan, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  orderNumber: string;

  @ApiProperty({ type: 'integer', description: "The gate's count of its scans" })
  @IsInt()
  @Min(1)
  @Max(sequenceMax)
  sequence: number;

  @ApiProperty({ type: GateInstrument, description: 'What was scanned' })
  @IsObject()
  @ValidateNested()
  @Type(() => GateInstrument)
  instrument: GateInstrument;

  @ApiProperty({ enum: directions })
  @IsIn(directions)
  direction: Direction;

  @ApiProperty({
    description: "When it was scanned, by the gate's clock",
    example: '2026-11-22T04:00:00.000Z',
  })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  occurredAt: string;
}

export class PassageParameter {
  @ApiProperty()
  @Matches(orderNumberPattern)
  orderNumber: string;
}
