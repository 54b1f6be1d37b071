import { ApiProperty } from '@nestjs/swagger';
import { recordDecisions, type RecordDecision } from '../store/records.js';

export class OfflineWordsResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

export class OfflineDecisionResponse {
  @ApiProperty({ type: 'integer', description: "The record's; of an unreadable one, its place" })
  sequence: number;
  @ApiProperty({ type: String, nullable: true })
  orderNumber: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'B3-0427' })
  shortNumber: string | null;
  @ApiProperty({ enum: recordDecisions })
  decision: RecordDecision;
  @ApiProperty({ type: String, nullable: true, example: 'record_gap' })
  reason: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The sale it became, or is the same as',
  })
  paymentId: string | null;
  @ApiProperty({ type: OfflineWordsResponse })
  message: OfflineWordsResponse;
}

export class OfflineSalesResponse {
  @ApiProperty({
    type: 'integer',
    description: 'Every record of this upload up to this sequence is kept and may be forgotten',
  })
  acknowledged: number;
  @ApiProperty({ type: [OfflineDecisionResponse] })
  decisions: OfflineDecisionResponse[];
}

export class OfflineRecordResponse extends OfflineDecisionResponse {
  @ApiProperty()
  id: string;
  @ApiProperty()
  terminalId: string;
  @ApiProperty()
  terminalCode: string;
  @ApiProperty()
  merchantId: string;
  @ApiProperty({ type: String, nullable: true })
  cardNumber: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Fen' })
  amount: number | null;
  @ApiProperty({ type: 'integer', description: 'Fen that the cardholder owed for it then' })
  owed: number;
  @ApiProperty({ type: String, nullable: true, enum: ['cardholder', 'merchant', 'house'] })
  bears: string | null;
  @ApiProperty({ type: 'integer', description: 'Fen that the house paid the merchant for it' })
  paid: number;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  occurredAt: string | null;
  @ApiProperty({ format: 'date-time' })
  receivedAt: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The proposal that waits, or decided it',
  })
  approvalId: string | null;
  @ApiProperty({ description: 'As the terminal signed it, base64' })
  text: string;
}

export class OfflineRecordsResponse {
  @ApiProperty({ type: [OfflineRecordResponse] })
  records: OfflineRecordResponse[];
}

export class StoppedTerminalResponse {
  @ApiProperty()
  terminalId: string;
  @ApiProperty()
  terminalCode: string;
  @ApiProperty({ description: 'What was wrong', example: 'record_gap' })
  fault: string;
  @ApiProperty({ type: OfflineWordsResponse })
  message: OfflineWordsResponse;
  @ApiProperty({ type: 'integer', description: 'Of the record at which it was found' })
  sequence: number;
  @ApiProperty({
    type: [Number],
    description: 'Sequences below it of which no record came; the first hundred',
  })
  missing: number[];
  @ApiProperty({ format: 'date-time' })
  stoppedAt: string;
  @ApiProperty({ type: 'integer', description: 'Records of it that wait for two people' })
  waiting: number;
}

export class StoppedTerminalsResponse {
  @ApiProperty({ type: [StoppedTerminalResponse] })
  terminals: StoppedTerminalResponse[];
}

export class OfflineTotalResponse {
  @ApiProperty({ enum: recordDecisions })
  decision: RecordDecision;
  @ApiProperty({ type: 'integer' })
  count: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ type: 'integer', description: 'Fen that cardholders owed for it then' })
  owed: number;
  @ApiProperty({ type: 'integer', description: 'Fen that the house bore' })
  paid: number;
}

export class OfflineTotalsResponse {
  @ApiProperty({ example: '2026-11-22' })
  date: string;
  @ApiProperty({ type: [OfflineTotalResponse] })
  totals: OfflineTotalResponse[];
}

export class ProposedResponse {
  @ApiProperty({ description: 'What the second person consents to' })
  approvalId: string;
}

export class OwedSaleResponse {
  @ApiProperty()
  paymentId: string;
  @ApiProperty({ example: 'B3-0427' })
  shortNumber: string;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ type: 'integer', description: 'Fen that the card lacked then' })
  owed: number;
  @ApiProperty({ format: 'date-time' })
  occurredAt: string;
}

export class OwedResponse {
  @ApiProperty({ type: 'integer', description: 'Fen that the card owes now' })
  amount: number;
  @ApiProperty({ type: [OwedSaleResponse], description: 'What it came from, the newest first' })
  sales: OwedSaleResponse[];
}
