import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const generationMax = 2 ** 31 - 2;

export class PhoneEnrolmentRequest {
  @ApiProperty({ description: 'From the one-time link' })
  @IsString()
  @Matches(/^[\w-]{20,100}$/)
  token: string;

  @ApiProperty({ description: 'X25519, 32 raw bytes in base64url' })
  @Matches(/^[\w-]{43}$/)
  devicePublicKey: string;

  @ApiProperty({ description: '32 random bytes in base64url' })
  @Matches(/^[\w-]{43}$/)
  deviceRandom: string;

  @ApiProperty({ example: 'iPhone' })
  @IsString()
  @Length(1, 60)
  deviceName: string;

  @ApiPropertyOptional({
    enum: ['cookie', 'body'],
    default: 'cookie',
    description: 'Browsers take an HttpOnly cookie; programs without cookies ask for the token.',
  })
  @IsOptional()
  @IsIn(['cookie', 'body'])
  tokenIn?: 'cookie' | 'body';
}

export class SynchronisationRequest {
  @ApiProperty({ example: '12' })
  @Matches(/^[1-9]\d{0,17}$/)
  credentialId: string;

  @ApiProperty({ type: 'integer', description: 'Of the seed that the phone holds', example: 0 })
  @IsInt()
  @Min(0)
  @Max(generationMax)
  generation: number;

  @ApiProperty({
    description: '32 random bytes in base64url; the same again until an answer was heard',
  })
  @Matches(/^[\w-]{43}$/)
  deviceRandom: string;

  @ApiProperty({ description: 'HMAC-SHA-256 under the key for it, base64url' })
  @Matches(/^[\w-]{43}$/)
  proof: string;
}

/** As many as a phone may ever hold. */
const keysMax = 8;

export class ProvenKeyRequest {
  @ApiProperty({
    description: 'Ed25519, 32 raw bytes in base64url; a new one for each certificate',
  })
  @Matches(/^[\w-]{43}$/)
  deviceKey: string;

  @ApiProperty({ description: 'Its signature over challenge and key, base64url' })
  @Matches(/^[\w-]{86}$/)
  proof: string;
}

export class CertificationRequest {
  @ApiProperty({ example: '12' })
  @Matches(/^[1-9]\d{0,17}$/)
  credentialId: string;

  @ApiProperty({ description: 'Of the last synchronization, base64url' })
  @Matches(/^[\w-]{43}$/)
  challenge: string;

  @ApiProperty({
    type: [ProvenKeyRequest],
    description: 'As many as were due, in the order in which they will be used',
  })
  @IsArray()
  @ArrayMaxSize(keysMax)
  @ValidateNested({ each: true })
  @Type(() => ProvenKeyRequest)
  keys: ProvenKeyRequest[];
}
