/**
 * Credit is ordered for one meter before it is paid, and comes to the meter when the payment under the same order number is
 * approved: once, whoever paid, and as much as was paid.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Payment } from '../payments/payment.js';
import { paymentsProblems } from '../payments/payments.errors.js';
import { FindPlaces } from '../places/find-places.js';
import { placesProblems } from '../places/places.errors.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { BuyByPhone } from '../purchases/buy-by-phone.js';
import { FindKiosk } from '../terminals/find-kiosk.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { metersProblems } from './meters.errors.js';
import { ReadRooms } from './read-rooms.js';

export type CreditOrder = {
  readonly orderNumber: string;
  readonly meter: bigint;
  readonly device: bigint;
  /** Fen that were delivered; null until then. */
  readonly credited: bigint | null;
  readonly takenBack: bigint;
};

export type PhoneOrder = {
  readonly cardholder: bigint;
  readonly meter: bigint;
  readonly orderNumber: string;
  /** A payment code of the phone that buys. */
  readonly code: string;
  readonly amount: bigint;
};

type Row = {
  order_no: string;
  meter: string;
  device: string;
  credited: string;
  taken_back: string;
  delivered: boolean;
};

@Injectable()
export class BuyCredit {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
    private readonly rooms: ReadRooms,
    private readonly kiosks: FindKiosk,
    private readonly purchases: BuyByPhone,
  ) {}

  /**
   * A terminal says for which meter of its place its next sale is.
   * @throws {Refusal} meter_unknown, order_number_reused, terminal_revoked
   */
  async order(
    { terminal, generation }: TerminalKey,
    orderNumber: string,
    device: bigint,
  ): Promise<CreditOrder> {
    const [row] = await this.database.query<{ outcome: string }[]>(
      'select meters.order_for_terminal($1, $2, $3, $4, $5) as outcome',
      [terminal.id, generation, terminal.place, orderNumber, device].map(String),
    );
    if (row?.outcome === 'terminal_revoked')
      throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (row?.outcome === 'unknown') throw new Refusal(metersProblems, 'meter_unknown');
    if (row?.outcome === 'reused') throw new Refusal(paymentsProblems, 'order_number_reused');
    return this.find(terminal.id, orderNumber);
  }

  /**
   * A resident's phone buys. The same order again is the same payment.
   * @throws {Refusal} meter_unknown, amount_out_of_range, order_number_reused, and those of `BuyByPhone`
   */
  async buy({ cardholder, meter, orderNumber, code, amount }: PhoneOrder): Promise<Payment> {
    const { place: id } = await this.rooms.meterOf(cardholder, meter);
    const place = await this.places.byPlaceId(id);
    invariant(place?.tariff.type === 'entered', 'A meter’s credit is sold at an entered amount.');
    if (amount <= 0n || amount > place.tariff.maximum)
      throw new Refusal(placesProblems, 'amount_out_of_range');
    const { id: kiosk } = await this.kiosks.openAt(id);
    const [row] = await this.database.query<{ outcome: string }[]>(
      'select meters.order_credit($1, $2, $3, $4) as outcome',
      [orderNumber, kiosk.toString(), meter.toString(), cardholder.toString()],
    );
    if (row?.outcome === 'reused') throw new Refusal(paymentsProblems, 'order_number_reused');
    const about = `meter:${meter}`;
    return this.purchases.buy({ cardholder, place: id, orderNumber, code, amount, about });
  }

  /** What became of a phone's order. @throws {Refusal} meter_unknown, order_unknown */
  async ofPhone(
    cardholder: bigint,
    meter: bigint,
    orderNumber: string,
  ): Promise<{ payment: Payment; order: CreditOrder }> {
    const { place } = await this.rooms.meterOf(cardholder, meter);
    const { id: kiosk } = await this.kiosks.ofPlace(place);
    const order = await this.find(kiosk, orderNumber, cardholder);
    return { payment: await this.purchases.find(place, orderNumber), order };
  }

  /** @throws {Refusal} order_unknown */
  async find(
    terminal: bigint,
    orderNumber: string,
    cardholder: bigint | null = null,
  ): Promise<CreditOrder> {
    const [row] = await this.database.query<Row[]>(
      `select p.order_no, p.meter, m.device, p.credited, p.taken_back, p.payment is not null as delivered
       from meters.purchase p join meters.meter m on m.id = p.meter
       where p.order_no = $1 and p.terminal = $2 and p.cardholder is not distinct from $3::bigint`,
      [orderNumber, terminal.toString(), cardholder?.toString() ?? null],
    );
    if (row === undefined) throw new Refusal(paymentsProblems, 'order_unknown');
    return {
      orderNumber: row.order_no,
      meter: BigInt(row.meter),
      device: BigInt(row.device),
      credited: row.delivered ? BigInt(row.credited) : null,
      takenBack: BigInt(row.taken_back),
    };
  }

  /** A payment at a place with meters was approved: whatever it bought is delivered. Hearing it again changes nothing. */
  async deliver(tx: Tx, payment: bigint): Promise<void> {
    await tx.query('select meters.deliver($1)', [payment.toString()]);
  }

  /** Some of a payment went back: so does the credit that is still there. */
  async takeBack(tx: Tx, payment: bigint): Promise<void> {
    await tx.query('select meters.take_back($1)', [payment.toString()]);
  }

  /** What was paid and, whatever the reason, is still not delivered a minute later. */
  async deliverLate(): Promise<void> {
    await inTransaction(this.database, (tx) => tx.query('select meters.deliver_late()'));
  }
}
