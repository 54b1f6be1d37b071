import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
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

/** What `wx.startSoterAuthentication` gave. */
export class DeviceCheckBody {
  @ApiProperty({ description: '`resultJSON`, as it came' })
  @IsString()
  @Length(2, 4_096)
  resultJson: string;

  @ApiProperty({ description: '`resultJSONSignature`' })
  @IsString()
  @Length(1, 1_024)
  signature: string;
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

  @ApiPropertyOptional({
    description: 'Six digits; needed to confirm without `deviceCheck`',
    example: '402917',
  })
  @ValidateIf(
    ({ decision, pin, deviceCheck }: PhonesWord) =>
      (decision === 'confirm' && deviceCheck === undefined) || pin !== undefined,
  )
  @Matches(pinPattern)
  pin?: string;

  @ApiPropertyOptional({
    type: DeviceCheckBody,
    description: 'In the place of the PIN: made with `proof` as its challenge',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeviceCheckBody)
  deviceCheck?: DeviceCheckBody;
}
