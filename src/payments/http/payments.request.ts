import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  Equals,
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
export const orderNumberPattern =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** ISO 8601 allows more spellings than clocks can read; this one is everybody's. */
const instantPattern = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;

const amountMax = 1_000_000_000_000;
const sequenceMax = 2_147_483_647;

export class CodeInstrument {
  @ApiProperty({ enum: ['code'] })
  @Equals('code')
  type: 'code';

  @ApiProperty({ description: 'As the scanner gave it', example: '97185965475126865312' })
  @IsString()
  @Length(1, 512)
  code: string;
}

export class SignedQrInstrument {
  @ApiProperty({ enum: ['signed_qr'] })
  @Equals('signed_qr')
  type: 'signed_qr';

  @ApiProperty()
  @IsString()
  @MaxLength(1024)
  text: string;
}

export class PlasticInstrument {
  @ApiProperty({ enum: ['plastic'] })
  @Equals('plastic')
  type: 'plastic';

  @ApiProperty({ description: "The chip's number in hex, or the printed number" })
  @IsString()
  @Length(1, 64)
  number: string;
}

export class NumberPinInstrument {
  @ApiProperty({ enum: ['number_pin'] })
  @Equals('number_pin')
  type: 'number_pin';

  @ApiProperty({ description: 'Of the PIN check: 32 bytes in base64url' })
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  token: string;
}

export class UnknownInstrument {
  @ApiProperty()
  @IsIn(['code', 'signed_qr', 'plastic', 'number_pin'])
  type: string;
}

export type AnyInstrument =
  CodeInstrument | SignedQrInstrument | PlasticInstrument | NumberPinInstrument;

export class PaymentRequest {
  @ApiProperty({ description: "The terminal's own number of this sale, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  orderNumber: string;

  @ApiProperty({ type: 'integer', description: "The terminal's count of its sales" })
  @IsInt()
  @Min(1)
  @Max(sequenceMax)
  sequence: number;

  @ApiProperty({ description: 'What was scanned' })
  @IsObject()
  @ValidateNested()
  @Type(() => UnknownInstrument, {
    keepDiscriminatorProperty: true,
    discriminator: {
      property: 'type',
      subTypes: [
        { name: 'code', value: CodeInstrument },
        { name: 'signed_qr', value: SignedQrInstrument },
        { name: 'plastic', value: PlasticInstrument },
        { name: 'number_pin', value: NumberPinInstrument },
      ],
    },
  })
  instrument: AnyInstrument;

  @ApiPropertyOptional({ type: 'integer', description: 'Fen; only where the tariff is `entered`' })
  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount?: number;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantPattern)
  occurredAt: string;
}

export class ReversalRequest {
  @ApiProperty({ enum: ['timeout', 'device'] })
  @IsIn(['timeout', 'device'])
  reason: 'timeout' | 'device';
}

export class CaptureRequestBody {
  @ApiProperty({ description: "The terminal's own number of this capture, a lower-case UUIDv7" })
  @Matches(orderNumberPattern)
  captureNumber: string;

  @ApiProperty({ type: 'integer', description: 'Fen; 0 only when final' })
  @IsInt()
  @Min(0)
  @Max(amountMax)
  amount: number;

  @ApiProperty()
  @IsBoolean()
  final: boolean;
}

export class OrderNumberParameter {
  @ApiProperty()
  @Matches(orderNumberPattern)
  orderNumber: string;
}

export class PaymentsQuery {
  @ApiPropertyOptional({ example: '2026-11-22' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  date?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/)
  terminal?: string;

  @ApiPropertyOptional({ enum: ['approved', 'declined', 'pending'] })
  @IsOptional()
  @IsIn(['approved', 'declined', 'pending'])
  verdict?: 'approved' | 'declined' | 'pending';

  @ApiPropertyOptional({ description: 'The last id of the page before' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/)
  before?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;
}
