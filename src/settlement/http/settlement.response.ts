import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const fen = { type: 'integer', description: 'Fen' } as const;

export class TotalResponse {
  @ApiProperty({ type: 'integer' })
  count: number;

  @ApiProperty(fen)
  amount: number;
}

export class SalesTotalsResponse {
  @ApiProperty()
  sales: TotalResponse;

  @ApiProperty()
  reversals: TotalResponse;
}

export class ShiftTotalsResponse extends SalesTotalsResponse {
  @ApiPropertyOptional({
    type: TotalResponse,
    description: 'Only where the report told them; otherwise they are among the reversals',
  })
  voids?: TotalResponse;
}

export class ShiftOpeningResponse {
  @ApiProperty()
  shiftNumber: string;

  @ApiProperty({ format: 'date-time' })
  openedAt: string;
}

export class VoidResponse {
  @ApiProperty()
  voidNumber: string;

  @ApiProperty()
  orderNumber: string;

  @ApiProperty({
    enum: ['voided', 'released', 'already_voided', 'already_reversed', 'was_declined'],
  })
  outcome: string;

  @ApiProperty(fen)
  returned: number;
}

export class SupervisorOnScreen {
  @ApiProperty({ example: '李*' })
  maskedName: string;
}

export class SupervisionResponse {
  @ApiProperty({ description: 'One word for this terminal, good once' })
  supervision: string;

  @ApiProperty({ type: SupervisorOnScreen })
  supervisor: SupervisorOnScreen;

  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

export class VoidLineResponse extends VoidResponse {
  @ApiProperty({ example: '123' })
  paymentId: string;

  @ApiProperty({ example: 'B3-0427' })
  shortNumber: string;

  @ApiProperty({ example: '12' })
  terminalId: string;

  @ApiProperty({ type: String, nullable: true, example: '101', description: 'As the till said' })
  cashier: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The member of staff who agreed' })
  supervisorId: string | null;

  @ApiProperty({ type: String, nullable: true })
  supervisorName: string | null;

  @ApiProperty({ format: 'date-time' })
  voidedAt: string;
}

export class VoidsResponse {
  @ApiProperty({ type: [VoidLineResponse] })
  voids: VoidLineResponse[];
}

export class ShiftResponse {
  @ApiProperty()
  shiftNumber: string;

  @ApiProperty({ description: 'Whether terminal and service counted the same' })
  agrees: boolean;

  @ApiProperty({ description: 'What the service counted' })
  service: ShiftTotalsResponse;
}

export class NameResponse {
  @ApiProperty({ example: '第一食堂' })
  zh: string;

  @ApiProperty({ example: 'First Canteen' })
  en: string;
}

export class DayTotalResponse extends SalesTotalsResponse {
  @ApiProperty({ description: 'What cashiers took back' })
  voids: TotalResponse;

  @ApiProperty({ description: 'What the office refunded on this day, whenever it was sold' })
  refunds: TotalResponse;

  @ApiProperty({ ...fen, description: 'Sales less reversals, voids and refunds, fen' })
  net: number;
}

export class MerchantDayResponse extends DayTotalResponse {
  @ApiProperty({ example: '1' })
  merchantId: string;

  @ApiProperty()
  name: NameResponse;
}

export class SealOnSheetResponse {
  @ApiProperty({ example: '12', description: 'Number of the newest block' })
  block: string;

  @ApiProperty({ example: '48213', description: 'Entries in all blocks up to it' })
  total: string;

  @ApiProperty({ description: 'SHA-256, lower-case hexadecimal' })
  hash: string;

  @ApiProperty({ format: 'date-time' })
  sealedAt: string;
}

export class BusinessDayResponse {
  @ApiProperty({ example: '2026-11-22' })
  date: string;

  @ApiProperty({ enum: ['open', 'closed'] })
  state: 'open' | 'closed';

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The member of staff who closed it' })
  closedBy: string | null;

  @ApiProperty({ format: 'date-time', description: 'Movements from here on belong to the day' })
  beginsAt: string;

  @ApiProperty({ format: 'date-time', description: 'until before here' })
  endsAt: string;

  @ApiProperty({ type: [MerchantDayResponse] })
  merchants: MerchantDayResponse[];

  @ApiProperty()
  total: DayTotalResponse;

  @ApiProperty({ description: 'Money still set aside; it counts on the day of its capture' })
  openHolds: TotalResponse;

  @ApiProperty({
    ...fen,
    description:
      'What moved in a closed day beyond its kept totals, fen; 0 unless something is off',
  })
  afterClose: number;

  @ApiProperty({
    type: SealOnSheetResponse,
    nullable: true,
    description: 'The newest head of the seal when the sheet was read: on paper it is an anchor',
  })
  seal: SealOnSheetResponse | null;
}

export class TrialBalanceLineResponse {
  @ApiProperty({ example: 'cash' })
  kind: string;

  @ApiProperty({ type: 'integer' })
  accounts: number;

  @ApiProperty({
    ...fen,
    description: 'Fen; what we owe is positive, what the bank holds negative',
  })
  balance: number;

  @ApiProperty({ ...fen, description: 'The part that is set aside, fen' })
  held: number;
}

export class TrialBalanceResponse {
  @ApiProperty({ type: [TrialBalanceLineResponse] })
  lines: TrialBalanceLineResponse[];

  @ApiProperty({ ...fen, description: '0, or the books are wrong' })
  total: number;

  @ApiProperty()
  balanced: boolean;
}
