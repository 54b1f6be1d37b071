import { toWireAmount } from '../../money/amount.js';
import type { CreditOrder } from '../buy-credit.js';
import type { ShownTicket } from '../issue-ticket.js';
import { unitOf, type Meter, type Room } from '../meter.js';
import type { Incident, StatementLine } from '../read-rooms.js';
import type { TakenReading } from '../take-readings.js';
import type {
  MeterIncidentResponse,
  MeterResponse,
  OfficeMeterResponse,
  RoomCreditResponse,
  RoomResponse,
  StatementLineResponse,
  TakenReadingResponse,
  TicketResponse,
} from './rooms.response.js';

const numberOrNull = (value: bigint | null): number | null =>
  value === null ? null : Number(value);

export const presentTicket = (ticket: ShownTicket): TicketResponse => ({
  number: ticket.number,
  units: Number(ticket.units),
  issuedAt: ticket.issuedAt.toISOString(),
  expiresAt: ticket.expiresAt.toISOString(),
  digits: ticket.digits,
});

export const presentOrder = (
  order: CreditOrder,
  ticket: ShownTicket | undefined,
): RoomCreditResponse => ({
  orderNumber: order.orderNumber,
  meterNumber: Number(order.device),
  state: order.credited === null ? 'ordered' : 'delivered',
  amount: toWireAmount((order.credited ?? 0n) - order.takenBack),
  ticket: ticket === undefined ? null : presentTicket(ticket),
});

export const presentReading = (taken: TakenReading): TakenReadingResponse => ({
  meterNumber: Number(taken.device),
  outcome: taken.outcome,
  credit: taken.credit === null ? null : toWireAmount(taken.credit),
  reading: numberOrNull(taken.reading),
});

const fieldsOf = (meter: Meter) => ({
  meterId: meter.id.toString(),
  kind: meter.kind,
  unit: unitOf(meter.kind),
  meterNumber: Number(meter.device),
  networked: meter.networked,
  price: toWireAmount(meter.price),
  per: Number(meter.per),
  credit: toWireAmount(meter.credit),
  warnBelow: toWireAmount(meter.warnBelow),
  reading: Number(meter.reading),
  readAt: meter.readAt.toISOString(),
});

const presentMeter = (meter: Meter): MeterResponse => fieldsOf(meter);

export const presentOfficeMeter = (meter: Meter): OfficeMeterResponse => ({
  ...fieldsOf(meter),
  placeId: meter.place.toString(),
  dailyMost: Number(meter.dailyMost),
});

export const presentRoom = (room: Room): RoomResponse => ({
  roomId: room.id.toString(),
  building: room.building,
  number: room.number,
  meters: room.meters.map(presentMeter),
});

export const presentLine = (line: StatementLine): StatementLineResponse => ({
  id: line.id.toString(),
  kind: line.kind,
  amount: toWireAmount(line.amount),
  creditAfter: toWireAmount(line.creditAfter),
  units: numberOrNull(line.units),
  reading: numberOrNull(line.reading),
  paymentId: line.payment?.toString() ?? null,
  ticketNumber: numberOrNull(line.ticketNumber),
  happenedAt: line.happenedAt.toISOString(),
});

export const presentIncident = (incident: Incident): MeterIncidentResponse => ({
  id: incident.id.toString(),
  kind: incident.kind,
  meterId: incident.meter.toString(),
  meterNumber: Number(incident.device),
  building: incident.building,
  roomNumber: incident.roomNumber,
  paymentId: incident.payment?.toString() ?? null,
  value: Number(incident.value),
  happenedAt: incident.happenedAt.toISOString(),
});
