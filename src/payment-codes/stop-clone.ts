import { Injectable } from '@nestjs/common';
import { FreezeCard } from '../cards/freeze-card.js';
import { SendMessage } from '../messages/send-message.js';
import type { Tx } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import { PhonesStore, type Phone } from './store/phones.store.js';

/** A seed that is held twice ends at once: its phone is closed, the card is frozen, its owner and the office are told. */
@Injectable()
export class StopClone {
  constructor(
    private readonly phones: PhonesStore,
    private readonly freezing: FreezeCard,
    private readonly messages: SendMessage,
  ) {}

  /** In the caller's transaction, which holds the card's lock. */
  async stop(tx: Tx, phone: Phone, cardholder: bigint): Promise<void> {
    await this.phones.close(tx, phone, cardholder);
    await this.freezing.freezeWithin(tx, phone.card, { kind: 'service', id: phone.id });
    await this.phones.raiseAlarm(tx, 'phone_cloned', phone.id);
    const about = { credential: phone.id.toString(), card: phone.card.toString() };
    await appendEvent(tx, 'credential.cloned', { ...about, cardholder: cardholder.toString() });
    await this.messages.send(tx, {
      cardholder,
      purpose: 'service',
      kind: 'phone-cloned',
      dedupeKey: `phone-cloned ${phone.id}`,
      title: { zh: '校园卡已自动冻结', en: 'Your card was frozen' },
      body: {
        zh: '有两台设备使用了同一部手机的密钥。校园卡已冻结，此手机已解绑。请联系卡务中心，重新绑定手机后再解冻。',
        en: "Two devices used one phone's key. Your card is frozen and the phone is no longer bound. Please contact the card office, bind your phone again and then unfreeze the card.",
      },
      link: null,
    });
  }
}
