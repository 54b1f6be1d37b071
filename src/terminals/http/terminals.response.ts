import { ApiProperty } from '@nestjs/swagger';

export class KeyResponse {
  @ApiProperty({ example: 't-12.1' })
  keyId: string;
  @ApiProperty({ type: 'integer' })
  generation: number;
  @ApiProperty()
  algorithm: string;
  @ApiProperty({ enum: ['active', 'retired'] })
  status: string;
  @ApiProperty({ format: 'date-time' })
  enrolledAt: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  retiredAt: string | null;
}

export class TerminalResponse {
  @ApiProperty()
  id: string;
  @ApiProperty()
  code: string;
  @ApiProperty()
  nameZh: string;
  @ApiProperty()
  nameEn: string;
  @ApiProperty()
  placeId: string;
  @ApiProperty({ enum: ['active', 'revoked'] })
  status: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  revokedAt: Date | null;
  @ApiProperty({ type: String, nullable: true })
  model: string | null;
  @ApiProperty({ type: String, nullable: true })
  softwareVersion: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastSeenAt: Date | null;
  @ApiProperty({ type: 'integer' })
  queuedReversals: number;
  @ApiProperty({ type: [KeyResponse], description: 'The newest first, at most ten' })
  keys: KeyResponse[];
}

export class ModelResponse {
  @ApiProperty({ type: String, nullable: true })
  model: string | null;
  @ApiProperty({ type: String, nullable: true })
  softwareVersion: string | null;
  @ApiProperty({ type: 'integer', description: 'In service' })
  terminals: number;
  @ApiProperty({ type: 'integer', description: 'Of those, heard of in the last ten minutes' })
  heard: number;
}

export class EnrolmentCodeResponse {
  @ApiProperty({ description: 'One enrolment, ten minutes' })
  enrolmentCode: string;
  @ApiProperty()
  serviceName: string;
  @ApiProperty({
    description: "The service's answer key in base64url, for the installer to compare",
  })
  serviceKey: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}
