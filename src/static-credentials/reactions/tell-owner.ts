/** Whoever's plastic card or PIN was used hears of it at once, and where to say that it was somebody else. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SendMessage } from '../../messages/send-message.js';
import { formatYuan } from '../../money/amount.js';
import { FindPlaces } from '../../places/find-places.js';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import type { StaticCredentialsEvents } from '../static-credentials.events.js';

@Injectable()
export class TellOwner implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly messages: SendMessage,
    private readonly places: FindPlaces,
  ) {}

  onModuleInit(): void {
    this.relay.consume('static-credentials', {
      'static-credential.used': (event, tx) => this.tellUse(event, tx),
      'static-credential.stopped': (event, tx) => this.tellStop(event, tx),
      'card.pin-set': (event, tx) => this.tellPin(event, tx),
    });
  }

  private async tellUse({ payload }: DomainEvent, tx: Tx): Promise<void> {
    const used = payload as StaticCredentialsEvents['static-credential.used'];
    const place = (await this.places.byPlaceId(BigInt(used.place)))?.name;
    const at = place ?? { zh: '未知场所', en: 'an unknown place' };
    const amount = formatYuan(BigInt(used.amount));
    const by =
      used.instrument === 'plastic'
        ? { zh: '实体卡', en: 'your plastic card' }
        : { zh: '学号和支付密码', en: 'your number and PIN' };
    await this.messages.send(tx, {
      cardholder: BigInt(used.cardholder),
      purpose: 'service',
      kind: 'static-sale',
      dedupeKey: `static-sale ${used.payment}`,
      title: { zh: `未用手机付款 ${amount}`, en: `${amount} without the phone` },
      body: {
        zh: `${at.zh} 使用${by.zh}付款 ${amount}（${used.shortNumber}）。若非本人操作，请立即停用。`,
        en: `${amount} at ${at.en} by ${by.en} (${used.shortNumber}). If this was not you, stop it now.`,
      },
      link: null,
    });
  }

  private async tellStop({ payload, happenedAt }: DomainEvent, tx: Tx): Promise<void> {
    await this.messages.send(tx, {
      cardholder: BigInt(String(payload['cardholder'])),
      purpose: 'service',
      kind: 'static-stopped',
      dedupeKey: `static-stopped ${String(payload['card'])} ${happenedAt.toISOString()}`,
      title: { zh: '已停用无手机付款', en: 'Paying without the phone is stopped' },
      body: {
        zh: '实体卡已挂失，学号付款已停用。重新设置支付密码后，学号付款可再用；实体卡请到卡务中心补办。',
        en: 'The plastic card is reported lost, and number and PIN are off until you set a new PIN. The card office gives you another plastic card.',
      },
      link: null,
    });
  }

  private async tellPin({ payload, happenedAt }: DomainEvent, tx: Tx): Promise<void> {
    const isHeld = typeof payload['usableFrom'] === 'string';
    await this.messages.send(tx, {
      cardholder: BigInt(String(payload['cardholder'])),
      purpose: 'service',
      kind: 'pin-set',
      dedupeKey: `pin-set ${String(payload['card'])} ${happenedAt.toISOString()}`,
      title: { zh: '支付密码已设置', en: 'A payment PIN was set' },
      body: isHeld
        ? {
            zh: '支付密码 24 小时后生效。若非本人操作，请立即冻结校园卡并联系卡务中心；急用可到卡务中心立即开通。',
            en: 'The PIN works after 24 hours. If this was not you, freeze the card now and call the card office; they can also make a PIN work at once.',
          }
        : {
            zh: '支付密码已生效。若非本人操作，请立即冻结校园卡并联系卡务中心。',
            en: 'The PIN works now. If this was not you, freeze the card now and call the card office.',
          },
      link: null,
    });
  }
}
