import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';

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
}
