import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { pinPattern } from '../../platform/pin/pin.js';

const decisions = ['confirm', 'refuse'] as const;
const idPattern = /^[1-9]\d{0,17}$/;
const generationMax = 2_147_483_647;

export class CashiersWord {
  @ApiProperty({ enum: decisions })
  @IsIn(decisions)
  decision: (typeof decisions)[number];
}

export class ConfirmationParameter {
  @ApiProperty()
  @Matches(idPattern)
  paymentId: string;
}

export class PhonesWord {
  @ApiProperty({ enum: decisions })
  @IsIn(decisions)
  decision: (typeof decisions)[number];

  @ApiProperty({ description: 'The phone whose code was scanned' })
  @Matches(idPattern)
  credentialId: string;

  @ApiProperty({ type: 'integer', description: 'Of the seed under which the proof was made' })
  @IsInt()
  @Min(0)
  @Max(generationMax)
  generation: number;

  @ApiProperty({
    description: 'base64url of the 32 bytes of the proof, see `confirmationProof` of paycode',
  })
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  proof: string;

  @ApiPropertyOptional({ description: 'Six digits; needed to confirm', example: '402917' })
  @ValidateIf(({ decision, pin }: PhonesWord) => decision === 'confirm' || pin !== undefined)
  @Matches(pinPattern)
  pin?: string;
}
