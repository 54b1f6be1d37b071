import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class LocalTextResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

export class PurseOnScreen {
  @ApiProperty({ example: 'cash' })
  kind: string;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
}

export class CardholderOnScreen {
  @ApiProperty({ example: '张**', description: '`*` where the place shows no name' })
  maskedName: string;
  @ApiPropertyOptional({
    type: [PurseOnScreen],
    description: 'What each kind of purse paid or holds, where the place shows it',
  })
  purses?: PurseOnScreen[];
  @ApiPropertyOptional({
    type: 'integer',
    description: 'What the card can still spend, fen, where the place shows it',
  })
  balance?: number;
}

export class VerdictResponse {
  @ApiProperty()
  paymentId: string;
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({ example: 'B3-0427' })
  shortNumber: string;
  @ApiProperty({ enum: ['approved', 'declined', 'pending'] })
  verdict: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: LocalTextResponse })
  message: LocalTextResponse;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  captured: number;
  @ApiProperty({ enum: ['captured', 'held', 'released', 'declined', 'reversed'] })
  state: string;
  @ApiPropertyOptional({
    enum: ['phone', 'cashier'],
    description: 'Only while the verdict is `pending`: whose word it waits for, until `expiresAt`',
  })
  awaits?: string;
  @ApiProperty({ type: CardholderOnScreen, nullable: true })
  cardholder: CardholderOnScreen | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  expiresAt: string | null;
  @ApiProperty({ format: 'date-time' })
  decidedAt: string;
  @ApiProperty({ example: '2026-11-22' })
  businessDate: string;
}

export class ReversalResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({
    enum: ['reversed', 'released', 'never_seen', 'already_reversed', 'was_declined'],
  })
  outcome: string;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  returned: number;
}

export class CaptureResponse {
  @ApiProperty()
  captureNumber: string;
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  captured: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  released: number;
  @ApiProperty({ enum: ['captured', 'held', 'released'] })
  state: string;
}

export class StatementLineResponse {
  @ApiProperty()
  id: string;
  @ApiProperty()
  shortNumber: string;
  @ApiProperty({ type: LocalTextResponse })
  place: LocalTextResponse;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  captured: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  returned: number;
  @ApiProperty({ enum: ['approved', 'declined', 'pending'] })
  verdict: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: LocalTextResponse })
  message: LocalTextResponse;
  @ApiProperty()
  state: string;
  @ApiProperty({
    enum: ['terminal', 'cashier'],
    nullable: true,
    description:
      'Who took it back: a terminal that was unsure, or the cashier; null when nobody did',
  })
  takenBackBy: 'terminal' | 'cashier' | null;
  @ApiProperty({ format: 'date-time' })
  decidedAt: string;
}

export class StatementResponse {
  @ApiProperty({ type: [StatementLineResponse] })
  payments: StatementLineResponse[];
}

export class StaffPaymentResponse extends StatementLineResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty()
  terminalId: string;
  @ApiProperty()
  merchantId: string;
  @ApiProperty({ type: String, nullable: true })
  cardholderId: string | null;
  @ApiProperty()
  businessDate: string;
}

export class StaffPaymentsResponse {
  @ApiProperty({ type: [StaffPaymentResponse] })
  payments: StaffPaymentResponse[];
}
