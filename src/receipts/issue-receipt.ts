/** Every payment that took money has one receipt, and its cardholder is told of it once. */
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AppConfig } from '../platform/config/app-config.js';
import type { Tx } from '../platform/database/transaction.js';
import { SendMessage, type Message, type Words } from '../messages/send-message.js';
import { formatYuan } from '../money/amount.js';

type PaidRow = {
  cardholder: string;
  card: string;
  place: string;
  captured: string;
  short_number: string;
  decided_at: Date;
  paid_on: string;
  name_zh: string;
  name_en: string;
};

type Paid = {
  readonly payment: bigint;
  readonly cardholder: bigint;
  readonly amount: bigint;
  readonly shortNumber: string;
  readonly place: Words;
  /** In campus time, `2026-11-22 11:58`. */
  readonly paidOn: string;
  readonly token: string;
};

/** The longest text that a `thing` of a template holds. */
const thingMax = 20;
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

@Injectable()
export class IssueReceipt {
  constructor(
    private readonly messages: SendMessage,
    private readonly config: AppConfig,
  ) {}

  /** For a payment whose amount is final; nothing happens when it took none, or has its receipt already. */
  async issue(tx: Tx, payment: bigint): Promise<void> {
    const paid = await this.write(tx, payment);
    if (paid !== undefined) await this.messages.send(tx, this.messageOf(paid));
  }

  /** The money came back: the page says so, and the inbox does; a phone's allowance is kept for a payment. */
  async takeBack(tx: Tx, payment: bigint): Promise<void> {
    const [[receipt]] = (await tx.query(
      `update receipts.receipt r set state = 'reversed', returned = p.returned
       from payments.payment p
       where r.payment = $1 and p.id = r.payment and p.state = 'reversed' and r.state <> 'reversed'
       returning r.cardholder, r.returned, r.short_number, r.token`,
      [payment.toString()],
    )) as [{ cardholder: string; returned: string; short_number: string; token: string }[], number];
    if (receipt === undefined) return;
    const amount = formatYuan(BigInt(receipt.returned));
    await this.messages.send(tx, {
      cardholder: BigInt(receipt.cardholder),
      purpose: 'service',
      kind: 'reversal',
      dedupeKey: `reversal ${payment}`,
      title: { zh: `已退回 ${amount}`, en: `Returned ${amount}` },
      body: {
        zh: `${receipt.short_number} 已撤销，款项已退回校园卡`,
        en: `${receipt.short_number} was undone; the money is back on the card`,
      },
      link: `/r/${receipt.token}`,
    });
  }

  /** Part of the money, or all of it, came back from the office. */
  async refund(
    tx: Tx,
    payment: bigint,
    { refund, amount }: { refund: string; amount: bigint },
  ): Promise<void> {
    const [[receipt]] = (await tx.query(
      `update receipts.receipt r set returned = p.returned
       from payments.payment p where r.payment = $1 and p.id = r.payment
       returning r.cardholder, r.short_number, r.token`,
      [payment.toString()],
    )) as [{ cardholder: string; short_number: string; token: string }[], number];
    if (receipt === undefined) return;
    const yuan = formatYuan(amount);
    await this.messages.send(tx, {
      cardholder: BigInt(receipt.cardholder),
      purpose: 'service',
      kind: 'refund',
      dedupeKey: `refund ${refund}`,
      title: { zh: `已退款 ${yuan}`, en: `Refunded ${yuan}` },
      body: {
        zh: `${receipt.short_number} 的退款已退回校园卡`,
        en: `A refund of ${receipt.short_number} is back on the card`,
      },
      link: `/r/${receipt.token}`,
    });
  }

  private async write(tx: Tx, payment: bigint): Promise<Paid | undefined> {
    const [row] = (await tx.query(
      `select p.cardholder, p.card, p.place, p.captured, p.short_number, p.decided_at, l.name_zh, l.name_en,
         to_char(p.decided_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI') as paid_on
       from payments.payment p join places.place l on l.id = p.place cross join platform.campus c
       where p.id = $1 and p.verdict = 'approved' and p.captured > 0`,
      [payment.toString()],
    )) as PaidRow[];
    if (row === undefined) return undefined;
    const token = randomBytes(16).toString('base64url');
    const written = (await tx.query(
      `insert into receipts.receipt (payment, token, cardholder, card, place, amount, short_number, paid_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (payment) do nothing returning payment`,
      [
        payment.toString(),
        token,
        row.cardholder,
        row.card,
        row.place,
        row.captured,
        row.short_number,
        row.decided_at,
      ],
    )) as unknown[];
    if (written.length === 0) return undefined;
    return {
      payment,
      cardholder: BigInt(row.cardholder),
      amount: BigInt(row.captured),
      shortNumber: row.short_number,
      place: { zh: row.name_zh, en: row.name_en },
      paidOn: row.paid_on,
      token,
    };
  }

  private messageOf({
    payment,
    cardholder,
    amount,
    shortNumber,
    place,
    paidOn,
    token,
  }: Paid): Message {
    const yuan = formatYuan(amount);
    return {
      cardholder,
      purpose: 'service',
      kind: 'receipt',
      dedupeKey: `receipt ${payment}`,
      title: { zh: `消费 ${yuan}`, en: `Paid ${yuan}` },
      body: { zh: `${place.zh} · ${shortNumber}`, en: `${place.en} · ${shortNumber}` },
      link: `/r/${token}`,
      wechat: {
        template: this.config.WECHAT_RECEIPT_TEMPLATE,
        page: `pages/receipt/index?t=${token}`,
        data: {
          amount1: yuan,
          thing2: fitThing(place.zh),
          time3: paidOn,
          character_string4: shortNumber,
        },
      },
    };
  }
}

/** WeChat refuses an empty text, control characters and more than twenty: cut between what a reader sees as one. */
export function fitThing(text: string): string {
  let fitted = '';
  for (const { segment } of graphemes.segment(text.replaceAll(/\p{Cc}+/gu, ' ').trim())) {
    if (Array.from(fitted + segment).length > thingMax) break;
    fitted += segment;
  }
  return fitted === '' ? '校园' : fitted;
}
