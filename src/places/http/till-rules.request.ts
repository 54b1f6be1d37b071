import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const amountMax = 1_000_000_000_000;
const voidMinutesMax = 720;

export class VoidRulesBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: voidMinutesMax })
  @IsInt()
  @Min(1)
  @Max(voidMinutesMax)
  minutes: number;

  @ApiProperty({ type: 'integer', description: 'Fen: above it a supervisor is asked for' })
  @IsInt()
  @Min(0)
  @Max(amountMax)
  supervisorAbove: number;
}

export class TillShowsBody {
  @ApiProperty()
  @IsBoolean()
  maskedName: boolean;

  @ApiProperty({ description: 'Which kinds of purses paid' })
  @IsBoolean()
  purses: boolean;

  @ApiProperty({ description: 'What the card has left' })
  @IsBoolean()
  balance: boolean;
}

/** What is left out stays as it is. */
export class TillRulesRequest {
  @ApiPropertyOptional({ type: Boolean, nullable: true, description: 'Null: as its kind says' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsBoolean()
  attended?: boolean | null;

  @ApiPropertyOptional({ description: 'Whether terminals may sell without a network' })
  @IsOptional()
  @IsBoolean()
  offline?: boolean;

  @ApiPropertyOptional({ type: VoidRulesBody })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => VoidRulesBody)
  voids?: VoidRulesBody;

  @ApiPropertyOptional({ type: TillShowsBody })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TillShowsBody)
  shows?: TillShowsBody;
}
