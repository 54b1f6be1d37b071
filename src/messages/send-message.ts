/** One thing is said to a cardholder once: always in the inbox, and on the phone while its owner allows it. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import { WechatApi } from '../platform/wechat/wechat-api.js';

export type Words = { readonly zh: string; readonly en: string };

export type Message = {
  readonly cardholder: bigint;
  /** Marketing reaches only who granted it, and only in the inbox. */
  readonly purpose: 'service' | 'marketing';
  /** What it is about, such as `receipt`. */
  readonly kind: string;
  /** Whatever says the same thing carries the same key: it is said once. */
  readonly dedupeKey: string;
  readonly title: Words;
  readonly body: Words;
  /** Where it leads, as a path of this service. */
  readonly link: string | null;
  /** The same as a subscribe message, for service messages that a template fits. */
  readonly wechat?: {
    readonly template: string;
    readonly page: string;
    readonly data: Readonly<Record<string, string>>;
  };
};

export type Said = {
  /** Null when it was said before, or when it may not be said. */
  readonly message: bigint | null;
  /** True when it goes to the phone as well. */
  readonly queued: boolean;
};

/** News of a payment is of use for a while; after that the inbox is the better place. */
const deliverWithinSeconds = 2 * 60 * 60;

@Injectable()
export class SendMessage {
  constructor(private readonly wechat: WechatApi) {}

  /** Writes within the caller's transaction and calls nobody: whatever the channel does happens afterwards. */
  async send(tx: Tx, message: Message): Promise<Said> {
    const { wechat, ...inbox } = message;
    const said = {
      ...inbox,
      cardholder: message.cardholder.toString(),
      deliverWithinSeconds,
      ...(wechat !== undefined && this.wechat.isConfigured ? { wechat } : {}),
    };
    const rows = (await tx.query('select message, queued from messages.say($1)', [
      JSON.stringify(said),
    ])) as { message: string; queued: boolean }[];
    const [row] = rows;
    if (row === undefined) return { message: null, queued: false };
    await appendEvent(tx, 'message.said', {
      message: row.message,
      cardholder: said.cardholder,
      kind: message.kind,
    });
    return { message: BigInt(row.message), queued: row.queued };
  }
}
