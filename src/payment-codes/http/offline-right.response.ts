import { ApiProperty } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import type { OfflineRight } from '../certify-keys.js';
import type { PublicIssuerKey } from '../store/issuer-keys.store.js';

export class CertifyingKeyResponse {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 255 })
  keyId: number;
  @ApiProperty({ description: 'Ed25519, base64url' })
  publicKey: string;
  @ApiProperty({ format: 'date-time' })
  notBefore: string;
  @ApiProperty({ format: 'date-time', description: 'The first second at which it is not good' })
  notAfter: string;
}

export class AllowanceResponse {
  @ApiProperty({ type: 'integer', description: 'Fen of the cash that are set aside' })
  amount: number;
  @ApiProperty({ format: 'date-time' })
  endsAt: string;
}

export class OfflineRightResponse {
  @ApiProperty({ type: 'integer', description: 'Of the campus, as in its certificates' })
  scheme: number;
  @ApiProperty({ type: [CertifyingKeyResponse] })
  issuerKeys: CertifyingKeyResponse[];
  @ApiProperty({ description: 'What new keys are proven with: 32 bytes in base64url' })
  challenge: string;
  @ApiProperty({ type: 'integer', description: 'How many keys the phone may have certified now' })
  keysDue: number;
  @ApiProperty({
    type: [String],
    description: '116 bytes each in base64url: all that may be used now or later, by their windows',
  })
  certificates: string[];
  @ApiProperty({ type: AllowanceResponse, nullable: true })
  allowance: AllowanceResponse | null;
}

export class CertificationResponse {
  @ApiProperty({ format: 'date-time' })
  serverTime: string;
  @ApiProperty({ type: OfflineRightResponse, nullable: true })
  offline: OfflineRightResponse | null;
}

export const presentIssuerKey = (key: PublicIssuerKey): CertifyingKeyResponse => ({
  keyId: key.keyId,
  publicKey: key.publicKey.toString('base64url'),
  notBefore: key.notBefore.toISOString(),
  notAfter: key.notAfter.toISOString(),
});

export const presentOfflineRight = (right: OfflineRight): OfflineRightResponse => ({
  scheme: right.scheme,
  issuerKeys: right.issuerKeys.map(presentIssuerKey),
  challenge: right.challenge.toString('base64url'),
  keysDue: right.keysDue,
  certificates: right.certificates.map((bytes) => bytes.toString('base64url')),
  allowance: right.allowance && {
    amount: toWireAmount(right.allowance.amount),
    endsAt: right.allowance.endsAt.toISOString(),
  },
});
