import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class SessionTextResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

export class SessionCardholder {
  @ApiProperty({ example: '张*' })
  maskedName: string;
}

export class ProgrammeResponse {
  @ApiProperty({ example: 'quick-wash' })
  code: string;
  @ApiProperty({ type: SessionTextResponse })
  name: SessionTextResponse;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ type: 'integer', description: 'The longest that it may take' })
  seconds: number;
}

export class ProgrammesResponse {
  @ApiProperty({ type: [ProgrammeResponse], description: 'None: by the unit' })
  programmes: ProgrammeResponse[];
}

export class RunningProgrammeResponse {
  @ApiProperty()
  code: string;
  @ApiProperty({ type: SessionTextResponse })
  name: SessionTextResponse;
}

/** What a device knows of its session, and a student of theirs. */
export class SessionStateResponse {
  @ApiProperty({ enum: ['running', 'ended'] })
  state: string;
  @ApiProperty({ enum: ['liter', 'kwh', 'minute'] })
  unit: string;
  @ApiProperty({ type: 'integer', description: 'Fen for one unit' })
  unitPrice: number;
  @ApiProperty({ type: RunningProgrammeResponse, nullable: true })
  programme: RunningProgrammeResponse | null;
  @ApiProperty({ type: 'integer', description: 'Fen; the most that it costs' })
  held: number;
  @ApiProperty({ type: 'integer', description: 'Thousandths of the unit, as last reported' })
  reading: number;
  @ApiProperty({ type: 'integer', description: 'Fen; so far, or in the end' })
  amount: number;
  @ApiProperty({ description: 'Whether the device has to stop now' })
  stop: boolean;
  @ApiProperty({ format: 'date-time', description: 'When the clock ends it' })
  expiresAt: string;
  @ApiProperty({
    enum: ['final', 'expired', 'office', 'taken_back', 'declined'],
    nullable: true,
  })
  endReason: string | null;
}

export class SessionVerdictResponse {
  @ApiProperty()
  paymentId: string;
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({ example: 'D1-0427' })
  shortNumber: string;
  @ApiProperty({ enum: ['approved', 'declined', 'pending'] })
  verdict: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: SessionTextResponse })
  message: SessionTextResponse;
  @ApiProperty({ type: 'integer', description: 'Fen; what is held' })
  amount: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  captured: number;
  @ApiProperty({ enum: ['captured', 'held', 'released', 'declined', 'reversed'] })
  state: string;
  @ApiPropertyOptional({ enum: ['phone', 'cashier'] })
  awaits?: string;
  @ApiProperty({ type: SessionCardholder, nullable: true })
  cardholder: SessionCardholder | null;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'When the clock ends the session; while it is pending, the wait',
  })
  expiresAt: string | null;
  @ApiProperty({ format: 'date-time' })
  decidedAt: string;
  @ApiProperty({ example: '2026-11-22' })
  businessDate: string;
  @ApiProperty({ type: SessionStateResponse, nullable: true })
  session: SessionStateResponse | null;
}

export class SessionOfOrderResponse extends SessionStateResponse {
  @ApiProperty()
  orderNumber: string;
}

export class ProgressResponse extends SessionOfOrderResponse {
  @ApiProperty()
  progressNumber: string;
  @ApiProperty({ enum: ['noted', 'late'], description: 'late: after the end; it changed nothing' })
  outcome: string;
  @ApiProperty({ type: 'integer', description: 'Fen; what the sale has taken by now' })
  captured: number;
}

export class MySessionResponse extends SessionStateResponse {
  @ApiProperty()
  sessionId: string;
  @ApiProperty()
  paymentId: string;
  @ApiProperty({ type: SessionTextResponse })
  place: SessionTextResponse;
  @ApiProperty({ format: 'date-time' })
  beganAt: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  reportedAt: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  endedAt: string | null;
}

export class MySessionsResponse {
  @ApiProperty({ type: [MySessionResponse], description: 'Newest first' })
  sessions: MySessionResponse[];
}

export class SignedReadingResponse {
  @ApiProperty({ example: 't-12.1' })
  keyId: string;
  @ApiProperty({ enum: ['ed25519', 'ecdsa-p256-sha256'] })
  algorithm: string;
  @ApiProperty({ description: 'base64url of the raw key' })
  publicKey: string;
  @ApiProperty({
    description: 'The signed bytes as text, RFC 9421; they name the digest of `body`',
  })
  base: string;
  @ApiProperty({ description: 'base64url' })
  signature: string;
  @ApiProperty({ description: 'The report as it was sent' })
  body: string;
}

export class StaffSessionResponse extends MySessionResponse {
  @ApiProperty()
  terminalId: string;
  @ApiProperty()
  orderNumber: string;
  @ApiProperty()
  cardNumber: string;
}

export class StaffSessionsResponse {
  @ApiProperty({ type: [StaffSessionResponse], description: 'Newest first' })
  sessions: StaffSessionResponse[];
}

export class DeviceAlarmResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: ['silent', 'late_progress', 'over_hold', 'reading_fell', 'hold_lost'] })
  kind: string;
  @ApiProperty()
  terminalCode: string;
  @ApiProperty()
  sessionId: string;
  @ApiProperty()
  shortNumber: string;
  @ApiProperty({ type: 'integer', description: 'What the device said, thousandths of the unit' })
  reading: number;
  @ApiProperty({ type: 'integer', description: 'Fen beyond what was paid' })
  amount: number;
  @ApiProperty({ format: 'date-time' })
  raisedAt: string;
}

export class DeviceAlarmsResponse {
  @ApiProperty({ type: [DeviceAlarmResponse], description: 'Newest first' })
  alarms: DeviceAlarmResponse[];
}

export class SessionPolicyResponse {
  @ApiProperty({ type: 'integer', description: 'Devices that one card may run at a time' })
  atOnce: number;
}
