import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../../platform/errors/problem.js';
import { maskName } from '../../cardholders/mask-name.js';
import type { Words } from '../../messages/send-message.js';
import { receiptProblems } from '../receipts.errors.js';

export type Receipt = {
  readonly payment: bigint;
  readonly cardholder: bigint;
  readonly card: bigint;
  readonly placeId: bigint;
  readonly place: Words;
  readonly amount: bigint;
  readonly returned: bigint;
  readonly shortNumber: string;
  readonly state: 'paid' | 'reversed';
  readonly paidAt: Date;
  readonly maskedName: string;
};

type Row = {
  payment: string;
  cardholder: string;
  card: string;
  place: string;
  amount: string;
  returned: string;
  short_number: string;
  state: 'paid' | 'reversed';
  paid_at: Date;
  name: string;
  name_zh: string;
  name_en: string;
};

@Injectable()
export class ReceiptsStore {
  constructor(private readonly database: DataSource) {}

  /** @throws {Refusal} receipt_unknown */
  async find(token: string): Promise<Receipt> {
    const [row] = await this.database.query<Row[]>(
      `select r.payment, r.cardholder, r.card, r.place, r.amount, r.returned, r.short_number, r.state, r.paid_at,
         h.name, l.name_zh, l.name_en
       from receipts.receipt r
       join cardholders.cardholder h on h.id = r.cardholder
       join places.place l on l.id = r.place
       where r.token = $1`,
      [token],
    );
    if (row === undefined) throw new Refusal(receiptProblems, 'receipt_unknown');
    return {
      payment: BigInt(row.payment),
      cardholder: BigInt(row.cardholder),
      card: BigInt(row.card),
      placeId: BigInt(row.place),
      place: { zh: row.name_zh, en: row.name_en },
      amount: BigInt(row.amount),
      returned: BigInt(row.returned),
      shortNumber: row.short_number,
      state: row.state,
      paidAt: row.paid_at,
      maskedName: maskName(row.name),
    };
  }
}
