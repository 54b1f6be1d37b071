import type { ChainEnd } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import { FollowEvents } from '../../platform/events/follow-events.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import type { RecordFault, RecordReason } from '../domain/judge-record.js';
import type {
  RecordDecision,
  Bearer,
  Chain,
  Decided,
  NewRecord,
  FactsRow,
  Waiting,
} from './records.js';

type ChainRow = {
  sequence: string;
  hash: Buffer;
  occurred_at: string | null;
  monotonic: string | null;
  boot: string | null;
  hotlist_version: string;
  stopped_by: RecordFault | null;
};

type DecidedRow = {
  sequence: string;
  order_no: string | null;
  short_number: string | null;
  decision: RecordDecision;
  reason: RecordReason | null;
  bears: Bearer | null;
  payment: string | null;
};

const hex = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : `\\x${Buffer.from(bytes).toString('hex')}`;
const text = (id: bigint | null): string | null => id?.toString() ?? null;

function chainOf(row: ChainRow): Chain {
  const { occurred_at: occurredAt, monotonic, boot } = row;
  const last =
    occurredAt === null || monotonic === null || boot === null
      ? null
      : { occurredAt, monotonic: Number(monotonic), boot };
  return {
    end: { sequence: Number(row.sequence), hash: row.hash, last },
    hotlistVersion: BigInt(row.hotlist_version),
    stoppedBy: row.stopped_by,
  };
}

const decidedOf = (row: DecidedRow): Decided => ({
  sequence: Number(row.sequence),
  orderNumber: row.order_no,
  shortNumber: row.short_number,
  decision: row.decision,
  reason: row.reason,
  bears: row.bears,
  payment: row.payment === null ? null : BigInt(row.payment),
});

/** Records, and where each terminal's end. All writing goes through the functions beside this file. */
@Injectable()
export class OfflineSalesStore {
  constructor(
    private readonly database: DataSource,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
  ) {}

  /** Something happened that phones and consumers want to hear of now. */
  wakeConsumers(): void {
    this.relay.wake();
    this.followers.wake();
  }

  /** Locked until the transaction ends: a terminal's records are taken in one after the other. */
  async openChain(tx: Tx, terminal: bigint): Promise<Chain> {
    const rows: [ChainRow] = await tx.query('select * from offline_sales.open_chain($1)', [
      terminal.toString(),
    ]);
    return chainOf(rows[0]);
  }

  async moveChain(
    tx: Tx,
    terminal: bigint,
    to: {
      readonly sequence: number;
      readonly hash: Uint8Array;
      readonly last: ChainEnd['last'];
      readonly hotlistVersion: number | null;
      readonly fault: RecordFault | null;
    },
  ): Promise<void> {
    await tx.query('select offline_sales.move_chain($1, $2, $3, $4, $5, $6, $7, $8)', [
      terminal.toString(),
      to.sequence,
      Buffer.from(to.hash),
      to.last?.occurredAt ?? null,
      to.last?.monotonic ?? null,
      to.last?.boot ?? null,
      to.hotlistVersion,
      to.fault,
    ]);
  }

  /** What became of the very same bytes, if this terminal brought them before. */
  async findSame(tx: Tx, terminal: bigint, hash: Uint8Array): Promise<Decided | undefined> {
    const rows: DecidedRow[] = await tx.query(
      `select r.sequence, r.order_no, r.short_number, r.decision, r.reason, r.bears, r.payment
       from offline_sales.record r where r.terminal = $1 and r.hash = $2`,
      [terminal.toString(), Buffer.from(hash)],
    );
    return rows[0] === undefined ? undefined : decidedOf(rows[0]);
  }

  async facts(
    tx: Tx,
    about: {
      readonly terminal: bigint;
      readonly merchant: bigint;
      readonly orderNumber: string;
      readonly reference: Uint8Array | null;
      readonly counter: number | null;
      readonly digest: Uint8Array | null;
      readonly occurredAt: string;
    },
  ): Promise<FactsRow> {
    const bytes = (value: Uint8Array | null): Buffer | null => value && Buffer.from(value);
    const rows: [FactsRow] = await tx.query(
      'select * from offline_sales.facts($1, $2, $3, $4, $5, $6, $7)',
      [
        about.terminal.toString(),
        about.merchant.toString(),
        about.orderNumber,
        bytes(about.reference),
        about.counter,
        bytes(about.digest),
        about.occurredAt,
      ],
    );
    return rows[0];
  }

  async keep(tx: Tx, record: NewRecord): Promise<bigint> {
    const rows: [{ id: string }] = await tx.query('select offline_sales.keep($1) as id', [
      JSON.stringify({
        terminal: text(record.terminal),
        sequence: record.sequence,
        hash: hex(record.hash),
        text: hex(Buffer.from(record.text, 'utf8')),
        signature: hex(record.signature),
        order_no: record.orderNumber,
        short_number: record.shortNumber,
        amount: text(record.amount),
        occurred_at: record.occurredAt,
        hotlist_version: record.hotlistVersion,
        place: text(record.place),
        merchant: text(record.merchant),
        certificate: text(record.certificate),
        counter: record.counter,
        digest: hex(record.digest),
        card: text(record.card),
        decision: record.decision,
        reason: record.reason,
        bears: record.bears,
        payment: text(record.payment),
      }),
    ]);
    return BigInt(rows[0].id);
  }

  async sell(
    tx: Tx,
    record: bigint,
    sale: {
      readonly saleSequence: number;
      readonly merchantAccount: bigint;
      readonly purseKinds: readonly string[];
      readonly credential: bigint;
      readonly payer: string;
    },
  ): Promise<{ payment: bigint; decision: RecordDecision; owed: bigint }> {
    const rows: [{ payment: string; decision: RecordDecision; owed: string }] = await tx.query(
      'select * from offline_sales.sell($1, $2, $3, $4, $5, $6)',
      [
        record.toString(),
        sale.saleSequence,
        sale.merchantAccount.toString(),
        sale.purseKinds.join(),
        sale.credential.toString(),
        sale.payer,
      ],
    );
    const { payment, decision, owed } = rows[0];
    return { payment: BigInt(payment), decision, owed: BigInt(owed) };
  }

  /** @returns false when it had ended before. */
  async endPhone(tx: Tx, credential: bigint): Promise<boolean> {
    const rows: [{ ended: boolean }] = await tx.query(
      'select offline_sales.end_phone($1) as ended',
      [credential.toString()],
    );
    return rows[0].ended;
  }

  async findWaiting(tx: Tx, record: bigint): Promise<Waiting | undefined> {
    const rows: Waiting[] = await tx.query(
      `select r.id, r.terminal, r.place, r.merchant, r.text, r.decision, r.reason, r.approval
       from offline_sales.record r where r.id = $1 and r.bears is null`,
      [record.toString()],
    );
    return rows[0];
  }

  async ask(tx: Tx, record: bigint, approval: bigint, maker: bigint): Promise<void> {
    await tx.query('select offline_sales.ask($1, $2, $3)', [
      record.toString(),
      approval.toString(),
      maker.toString(),
    ]);
  }

  /** The record that this word is about, locked; nothing when it waits for none any more. */
  async takeWord(tx: Tx, record: string, approval: string): Promise<Waiting | undefined> {
    const rows: Waiting[] = await tx.query(
      `select r.id, r.terminal, r.place, r.merchant, r.text, r.decision, r.reason, r.approval
       from offline_sales.take_word($1, $2) r`,
      [record, approval],
    );
    return rows[0];
  }

  async closeWord(tx: Tx, record: string, checker: string, isReleased: boolean): Promise<void> {
    await tx.query('select offline_sales.close_word($1, $2, $3)', [record, checker, isReleased]);
  }

  async refuse(tx: Tx, record: string, reason: RecordReason | null): Promise<void> {
    await tx.query('select offline_sales.refuse($1, $2)', [record, reason]);
  }

  async bear(tx: Tx, record: string, account: bigint, reason: RecordReason | null): Promise<void> {
    await tx.query('select offline_sales.bear($1, $2, $3)', [record, account.toString(), reason]);
  }

  async resume(tx: Tx, terminal: string, approval: string): Promise<void> {
    await tx.query('select offline_sales.resume($1, $2)', [terminal, approval]);
  }

  async isStopped(tx: Tx, terminal: bigint): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      'select from offline_sales.chain c where c.terminal = $1 and c.stopped_by is not null',
      [terminal.toString()],
    );
    return rows.length > 0;
  }

  /** Every statement that only looks is the reader's; this one is for who asks for money. */
  async owedBy(card: bigint): Promise<bigint> {
    const rows = await this.database.query<[{ owed: string }]>(
      'select offline_sales.owed_by($1) as owed',
      [card.toString()],
    );
    return BigInt(rows[0].owed);
  }
}
