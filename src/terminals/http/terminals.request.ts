import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';

export class TerminalEnrolmentRequest {
  @ApiProperty({ example: '7F3K-M2QX-9TBD' })
  @IsString()
  @Matches(/^[0-9A-Za-z-]{8,24}$/)
  enrolmentCode: string;

  @ApiProperty({ enum: ['ed25519', 'ecdsa-p256-sha256'] })
  @IsIn(['ed25519', 'ecdsa-p256-sha256'])
  algorithm: 'ed25519' | 'ecdsa-p256-sha256';

  @ApiProperty({ description: 'The raw public key in base64url' })
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{40,100}$/)
  publicKey: string;

  @ApiProperty()
  @IsString()
  @Length(1, 60)
  model: string;

  @ApiProperty()
  @IsString()
  @Length(1, 60)
  softwareVersion: string;
}

export class NewKeyRequest {
  @ApiProperty({ enum: ['ed25519', 'ecdsa-p256-sha256'] })
  @IsIn(['ed25519', 'ecdsa-p256-sha256'])
  algorithm: 'ed25519' | 'ecdsa-p256-sha256';

  @ApiProperty({ description: 'The new raw public key in base64url' })
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{40,100}$/)
  publicKey: string;

  @ApiProperty({ description: "The new key's signature over its proof, in base64url" })
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{86}$/)
  proof: string;
}

export class HeartbeatRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 60)
  softwareVersion: string;

  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  queuedReversals: number;
}

export class NewTerminalRequest {
  @ApiProperty({ description: 'Stands in every short number', example: 'B3' })
  @IsString()
  @Matches(/^[A-Z][A-Z0-9]{0,5}$/)
  code: string;

  @ApiProperty()
  @IsString()
  @Matches(/^[1-9]\d{0,17}$/)
  placeId: string;

  @ApiProperty()
  @IsString()
  @MaxLength(40)
  nameZh: string;

  @ApiProperty()
  @IsString()
  @MaxLength(60)
  nameEn: string;
}
