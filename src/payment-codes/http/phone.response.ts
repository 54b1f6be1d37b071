import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OfflineRightResponse } from './offline-right.response.js';

export class PhoneEnrolmentResponse {
  @ApiProperty()
  credentialId: string;
  @ApiProperty()
  cardNumber: string;
  @ApiProperty({ description: 'X25519, base64url' })
  servicePublicKey: string;
  @ApiProperty({ description: 'base64url' })
  serverRandom: string;
  @ApiProperty()
  issuerKeyId: string;
  @ApiProperty({ description: 'Ed25519, base64url' })
  signature: string;
  @ApiProperty({ type: 'integer' })
  aliasSeconds: number;
  @ApiProperty()
  prefix: string;
  @ApiProperty({ format: 'date-time' })
  usableUntil: string;
  @ApiProperty({ format: 'date-time' })
  serverTime: string;
  @ApiPropertyOptional({ description: 'Only where it was asked for; browsers get a cookie' })
  signInToken?: string;
}

export class IssuerKeyResponse {
  @ApiProperty()
  keyId: string;
  @ApiProperty({ description: 'Ed25519, base64url' })
  publicKey: string;
}

export class PhoneSettingsResponse {
  @ApiProperty({ type: [IssuerKeyResponse] })
  issuerKeys: IssuerKeyResponse[];
  @ApiProperty()
  prefix: string;
  @ApiProperty({ format: 'date-time' })
  serverTime: string;
}

export class SynchronisationResponse {
  @ApiProperty({ format: 'date-time' })
  serverTime: string;
  @ApiProperty({ format: 'date-time' })
  usableUntil: string;
  @ApiProperty({ type: 'integer', description: 'Of the new seed' })
  generation: number;
  @ApiProperty({ description: '32 bytes in base64url' })
  serverRandom: string;
  @ApiProperty({
    type: 'integer',
    description: 'The first step of 30 s whose codes the new seed makes',
  })
  firstStep: number;
  @ApiProperty({ type: 'integer', description: 'Of the new seed' })
  aliasSeconds: number;
  @ApiProperty({
    type: OfflineRightResponse,
    nullable: true,
    description: 'What the phone needs to pay at a terminal without a network',
  })
  offline: OfflineRightResponse | null;
}
