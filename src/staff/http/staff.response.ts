import { ApiProperty } from '@nestjs/swagger';
import { roleNames } from '../domain/roles.js';
import { approvalStates, type ApprovalState } from '../store/approvals.store.js';

export class LogInResponse {
  @ApiProperty({ description: 'For programs: send as `Authorization: Bearer …`.' })
  token: string;

  @ApiProperty({
    format: 'date-time',
    description: 'Ends at the latest; earlier after 30 min idle.',
  })
  expiresAt: string;

  @ApiProperty({ example: '1' })
  memberId: string;

  @ApiProperty({ example: '王丽' })
  displayName: string;

  @ApiProperty({ enum: roleNames, isArray: true })
  roles: readonly string[];
}

export class MemberResponse {
  @ApiProperty({ example: '1' })
  id: string;

  @ApiProperty({ example: 'wang.li' })
  name: string;

  @ApiProperty({ example: '王丽' })
  displayName: string;

  @ApiProperty({ enum: roleNames, isArray: true })
  roles: readonly string[];

  @ApiProperty({ enum: ['active', 'closed'] })
  status: 'active' | 'closed';

  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class MembersResponse {
  @ApiProperty({ type: [MemberResponse] })
  members: MemberResponse[];
}

export class CreatedMemberResponse {
  @ApiProperty({ example: '2' })
  id: string;

  @ApiProperty({ description: 'Base32, for typing into an authenticator. Shown this once.' })
  totpSecret: string;

  @ApiProperty({ description: '`otpauth://…`, to be drawn as a QR code. Shown this once.' })
  totpUri: string;
}

export class ApprovalResponse {
  @ApiProperty({ example: '7' })
  id: string;

  @ApiProperty({ example: 'funding.import' })
  kind: string;

  @ApiProperty({ description: "The proposing module's own id." })
  subject: string;

  @ApiProperty({ description: 'What will happen on consent.' })
  summary: string;

  @ApiProperty({ example: '1' })
  maker: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt: string;

  @ApiProperty({ enum: approvalStates })
  state: ApprovalState;

  @ApiProperty({ type: String, nullable: true, example: '2' })
  checker: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}

export class ApprovalsResponse {
  @ApiProperty({ type: [ApprovalResponse] })
  approvals: ApprovalResponse[];
}

export class DeedResponse {
  @ApiProperty({ example: '311' })
  id: string;

  @ApiProperty({ type: String, nullable: true, example: '1' })
  staffId: string | null;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ example: 'POST' })
  method: string;

  @ApiProperty({ example: '/v1/staff/approvals/:id/consent' })
  route: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  target: Readonly<Record<string, string>>;

  @ApiProperty({ description: 'HTTP status of the outcome.', example: 200 })
  status: number;

  @ApiProperty()
  requestId: string;
}

export class AuditResponse {
  @ApiProperty({ type: [DeedResponse] })
  deeds: DeedResponse[];
}
