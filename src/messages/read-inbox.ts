/** The inbox is the truth about what was said to a cardholder; a phone's notification is only a hint of it. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { messageProblems } from './messages.errors.js';
import type { Words } from './send-message.js';

export type InboxMessage = {
  readonly id: bigint;
  readonly purpose: 'service' | 'marketing';
  readonly kind: string;
  readonly title: Words;
  readonly body: Words;
  readonly link: string | null;
  readonly saidAt: Date;
  readonly readAt: Date | null;
};

type Row = {
  id: string;
  purpose: 'service' | 'marketing';
  kind: string;
  title_zh: string;
  title_en: string;
  body_zh: string;
  body_en: string;
  link: string | null;
  said_at: Date;
  read_at: Date | null;
};

@Injectable()
export class ReadInbox {
  constructor(private readonly database: DataSource) {}

  /** Newest first, before the last id of the page before. */
  async list(
    cardholder: bigint,
    page: { readonly before?: bigint; readonly limit: number },
  ): Promise<InboxMessage[]> {
    const rows = await this.database.query<Row[]>(
      `select id, purpose, kind, title_zh, title_en, body_zh, body_en, link, said_at, read_at
       from messages.message
       where cardholder = $1 and ($2::bigint is null or id < $2)
       order by id desc limit $3`,
      [cardholder.toString(), page.before?.toString() ?? null, page.limit],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      purpose: row.purpose,
      kind: row.kind,
      title: { zh: row.title_zh, en: row.title_en },
      body: { zh: row.body_zh, en: row.body_en },
      link: row.link,
      saidAt: row.said_at,
      readAt: row.read_at,
    }));
  }

  async countUnread(cardholder: bigint): Promise<number> {
    const [row] = await this.database.query<{ unread: number }[]>(
      'select count(*)::int as unread from messages.message where cardholder = $1 and read_at is null',
      [cardholder.toString()],
    );
    return row?.unread ?? 0;
  }

  /** @throws {Refusal} message_unknown, also for a message of somebody else. */
  async markRead(cardholder: bigint, message: bigint): Promise<void> {
    const [, changed] = await this.database.query<[unknown[], number]>(
      `update messages.message set read_at = coalesce(read_at, platform.now())
       where id = $2 and cardholder = $1`,
      [cardholder.toString(), message.toString()],
    );
    if (changed === 0) throw new Refusal(messageProblems, 'message_unknown');
  }
}
