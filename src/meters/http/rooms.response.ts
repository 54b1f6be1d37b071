import { ApiProperty } from '@nestjs/swagger';
import { meterKinds, readingOutcomes } from '../meter.js';

export class TicketResponse {
  @ApiProperty({ type: 'integer' })
  number: number;
  @ApiProperty({ type: 'integer', description: 'What its purchase added' })
  units: number;
  @ApiProperty({ format: 'date-time' })
  issuedAt: string;
  @ApiProperty({ format: 'date-time', description: 'Fetch it again for a later end' })
  expiresAt: string;
  @ApiProperty({ description: '200 digits, for a QR code' })
  digits: string;
}

export class RoomCreditResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({ type: 'integer' })
  meterNumber: number;
  @ApiProperty({ enum: ['ordered', 'delivered'] })
  state: 'ordered' | 'delivered';
  @ApiProperty({ type: 'integer', description: 'Fen that came to the meter, less what went back' })
  amount: number;
  @ApiProperty({
    type: TicketResponse,
    nullable: true,
    description: 'Once delivered, of a meter without a network: the newest',
  })
  ticket: TicketResponse | null;
}

export class TakenReadingResponse {
  @ApiProperty({ type: 'integer' })
  meterNumber: number;
  @ApiProperty({ enum: readingOutcomes })
  outcome: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Fen; below zero: used, not paid' })
  credit: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'The last one that was taken' })
  reading: number | null;
}

export class TakenReadingsResponse {
  @ApiProperty({ type: [TakenReadingResponse], description: 'In the order sent' })
  readings: TakenReadingResponse[];
}

export class MeterResponse {
  @ApiProperty()
  meterId: string;
  @ApiProperty({ enum: meterKinds })
  kind: string;
  @ApiProperty({ enum: ['wh', 'liter'] })
  unit: string;
  @ApiProperty({ type: 'integer', description: 'The number on the device' })
  meterNumber: number;
  @ApiProperty()
  networked: boolean;
  @ApiProperty({ type: 'integer', description: 'Fen for `per` units' })
  price: number;
  @ApiProperty({ type: 'integer' })
  per: number;
  @ApiProperty({ type: 'integer', description: 'Fen; below zero: used, not paid' })
  credit: number;
  @ApiProperty({ type: 'integer' })
  warnBelow: number;
  @ApiProperty({ type: 'integer' })
  reading: number;
  @ApiProperty({ format: 'date-time' })
  readAt: string;
}

export class RoomResponse {
  @ApiProperty()
  roomId: string;
  @ApiProperty()
  building: string;
  @ApiProperty()
  number: string;
  @ApiProperty({ type: [MeterResponse] })
  meters: MeterResponse[];
}

export class RoomsResponse {
  @ApiProperty({ type: [RoomResponse] })
  rooms: RoomResponse[];
}

export class BoughtCreditMessage {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

export class BoughtCreditResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({
    enum: ['approved', 'declined', 'pending'],
    description: 'As it stands now: the same request again asks for it',
  })
  verdict: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: BoughtCreditMessage })
  message: BoughtCreditMessage;
  @ApiProperty()
  paymentId: string;
  @ApiProperty({ example: 'APP2-0427' })
  shortNumber: string;
  @ApiProperty({ type: 'integer' })
  amount: number;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'Of a pending one: until when the phone may confirm',
  })
  expiresAt: string | null;
  @ApiProperty({ description: 'Whether the credit has come to the meter' })
  delivered: boolean;
}

export class StatementLineResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: ['purchase', 'take_back', 'reading', 'ticket', 'moved'] })
  kind: string;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ type: 'integer' })
  creditAfter: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Used, or put on a ticket' })
  units: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  reading: number | null;
  @ApiProperty({ type: String, nullable: true })
  paymentId: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  ticketNumber: number | null;
  @ApiProperty({ format: 'date-time' })
  happenedAt: string;
}

export class StatementResponse {
  @ApiProperty({ type: [StatementLineResponse], description: 'Newest first' })
  lines: StatementLineResponse[];
}

export class ResidentResponse {
  @ApiProperty()
  number: string;
  @ApiProperty()
  name: string;
}

export class OfficeMeterResponse extends MeterResponse {
  @ApiProperty()
  placeId: string;
  @ApiProperty({ type: 'integer' })
  dailyMost: number;
}

export class OfficeRoomResponse {
  @ApiProperty()
  roomId: string;
  @ApiProperty()
  building: string;
  @ApiProperty()
  number: string;
  @ApiProperty({ type: [ResidentResponse] })
  residents: ResidentResponse[];
  @ApiProperty({ type: [OfficeMeterResponse] })
  meters: OfficeMeterResponse[];
}

export class MeterIncidentResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: ['paid_back_after_use', 'reading_falls', 'reading_unlikely'] })
  kind: string;
  @ApiProperty()
  meterId: string;
  @ApiProperty({ type: 'integer' })
  meterNumber: number;
  @ApiProperty()
  building: string;
  @ApiProperty()
  roomNumber: string;
  @ApiProperty({ type: String, nullable: true })
  paymentId: string | null;
  @ApiProperty({ type: 'integer', description: 'What was read, or the fen that were used already' })
  value: number;
  @ApiProperty({ format: 'date-time' })
  happenedAt: string;
}

export class MeterIncidentsResponse {
  @ApiProperty({ type: [MeterIncidentResponse], description: 'Newest first' })
  incidents: MeterIncidentResponse[];
}
