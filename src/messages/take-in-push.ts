/** What WeChat tells of a phone is taken in once, in whatever order and however often it comes. */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import type { PushEvent } from '../platform/wechat/push-event.js';

type Item = PushEvent['items'][number];

const digestOf = ({ event, openid, createTime, items }: PushEvent): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([event, openid, createTime, items]))
    .digest();

@Injectable()
export class TakeInPush {
  constructor(private readonly database: DataSource) {}

  async takeIn(push: PushEvent): Promise<void> {
    await inTransaction(this.database, async (tx) => {
      const fresh = (await tx.query(
        `insert into messages.push (digest, event, openid) values ($1, $2, $3)
         on conflict do nothing returning event`,
        [digestOf(push), push.event, push.openid],
      )) as unknown[];
      if (fresh.length === 0) return;
      for (const item of push.items) await this.apply(tx, push, item);
    });
  }

  private async apply(tx: Tx, { event, openid }: PushEvent, item: Item): Promise<void> {
    const template = item['TemplateId'] ?? '';
    if (event === 'subscribe_msg_sent_event') return this.settle(tx, openid, item);
    if (event !== 'subscribe_msg_popup_event' && event !== 'subscribe_msg_change_event') return;
    if (item['SubscribeStatusString'] === 'reject')
      await tx.query('select messages.end_allowance($1, $2, true)', [openid, template]);
    // Allowing again in the settings gives no message; only a tap in the dialog does.
    else if (event === 'subscribe_msg_popup_event')
      await tx.query('select messages.take_in_accept($1, $2, null)', [openid, template]);
  }

  private async settle(tx: Tx, openid: string, item: Item): Promise<void> {
    const { TemplateId = '', MsgID = '', ErrorCode = '', ErrorStatus = '' } = item;
    await tx.query('select messages.take_in_sent($1, $2, $3, $4, $5)', [
      openid,
      TemplateId,
      MsgID,
      ErrorCode === '0',
      ErrorStatus,
    ]);
  }
}
