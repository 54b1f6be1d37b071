/** Whoever owes for a sale without a network, or whose phone was ended by one, is told why and what to do. */
import { Injectable } from '@nestjs/common';
import { SendMessage } from '../messages/send-message.js';
import { formatYuan, toWireAmount } from '../money/amount.js';
import type { Tx } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import type { OfflineSalesEvents } from './offline-sales.events.js';

@Injectable()
export class TellOwner {
  constructor(private readonly messages: SendMessage) {}

  async tellOwed(
    tx: Tx,
    { cardholder, card }: { cardholder: bigint; card: bigint },
    { payment, owed }: { payment: bigint; owed: bigint },
  ): Promise<void> {
    await appendEvent(tx, 'owed.raised', {
      cardholder: cardholder.toString(),
      card: card.toString(),
      payment: payment.toString(),
      amount: toWireAmount(owed),
    } satisfies OfflineSalesEvents['owed.raised']);
    const amount = formatYuan(owed);
    await this.messages.send(tx, {
      cardholder,
      purpose: 'service',
      kind: 'offline-owed',
      dedupeKey: `offline-owed ${payment}`,
      title: { zh: '无网消费余额不足', en: 'A purchase without a network was not fully paid' },
      body: {
        zh: `一笔无网消费到账时余额不足，尚欠 ${amount}，下次有钱入账时自动补扣。手机联网同步前，不能再无网付款。`,
        en: `The card lacked ${amount} when a purchase without a network was settled. It is taken from the next money that comes in. Until your phone has synchronised, it cannot pay without a network.`,
      },
      link: null,
    });
  }

  async tellEnded(tx: Tx, cardholder: bigint, credential: bigint): Promise<void> {
    await this.messages.send(tx, {
      cardholder,
      purpose: 'service',
      kind: 'phone-ended',
      dedupeKey: `phone-ended ${credential}`,
      title: { zh: '此手机已停用付款', en: 'This phone can no longer pay' },
      body: {
        zh: '此手机用同一编号签发了两个不同的付款码，已被解绑。请联系卡务中心，核实后重新绑定手机。',
        en: 'This phone signed two different codes under one number, and was unbound. Please contact the card office, then bind your phone again.',
      },
      link: null,
    });
  }
}
