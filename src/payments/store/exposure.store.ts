import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../../platform/errors/problem.js';
import { terminalsProblems } from '../../terminals/terminals.errors.js';

export type Counted = { readonly count: number; readonly amount: number };

/** Amounts in fen. */
export type Exposure = {
  readonly since: Date;
  readonly revokedAt: Date | null;
  readonly lastSeenAt: Date | null;
  /** Reversals that the terminal still had to send when it was last heard of: they stay with it. */
  readonly queuedReversals: number;
  readonly approved: Counted;
  readonly declined: number;
  /** Taken back by the terminal since then: whoever holds it may have pocketed what was handed over. */
  readonly reversed: Counted;
  /** What it could still have taken back, had it not been revoked. */
  readonly reversible: Counted;
  /** What is set aside for it and not taken yet; it goes back by itself when the hold ends. */
  readonly held: Counted;
};

export type SequenceReport = {
  readonly terminalId: string;
  readonly lastSequence: string;
  readonly missing: number;
  readonly breaks: readonly {
    /** Null: a passage that cost nothing. */
    readonly paymentId: string | null;
    readonly orderNumber: string;
    readonly sequence: number;
    readonly expected: number;
    readonly decidedAt: string;
  }[];
};

const dayMs = 86_400_000;
const reversalWindow = '72 hours';
const terminalsMax = 5_000;
const breaksMax = 20;

/** From one day earlier: the business date of the first moment may be the one before. */
const exposure = `
  with sale as (
    select p.*, exists (select from payments.reversal r where r.payment = p.id) as undone
    from payments.payment p
    where p.terminal = $1 and p.business_date >= platform.business_date(least($2, platform.now() - interval '72 hours')) - 1
  )
  select $2::timestamptz as since, t.revoked_at, h.seen_at, coalesce(h.queued_reversals, 0) as queued,
    (count(s.id) filter (where s.verdict = 'approved' and s.decided_at >= $2))::int as approved_count,
    (coalesce(sum(s.amount) filter (where s.verdict = 'approved' and s.decided_at >= $2), 0))::text as approved_amount,
    (count(s.id) filter (where s.verdict = 'declined' and s.decided_at >= $2))::int as declined,
    (select count(*)::int from payments.reversal r join sale x on x.id = r.payment where r.reversed_at >= $2) as reversed_count,
    (select coalesce(sum(r.returned), 0)::text from payments.reversal r join sale x on x.id = r.payment
     where r.reversed_at >= $2) as reversed_amount,
    (count(s.id) filter (where s.state = 'captured' and not s.undone and s.captured > s.returned
      and s.decided_at > platform.now() - interval '${reversalWindow}' and not payments.is_settled(s.decided_at)))::int
      as reversible_count,
    (coalesce(sum(s.captured - s.returned) filter (where s.state = 'captured' and not s.undone
      and s.decided_at > platform.now() - interval '${reversalWindow}' and not payments.is_settled(s.decided_at)), 0))::text
      as reversible_amount,
    (count(s.id) filter (where s.state = 'held' and s.hold_until > platform.now()))::int as held_count,
    (coalesce(sum(s.amount - s.captured) filter (where s.state = 'held' and s.hold_until > platform.now()), 0))::text
      as held_amount
  from terminals.terminal t
  left join terminals.heartbeat h on h.terminal = t.id
  left join sale s on true
  where t.id = $1
  group by t.id, h.terminal`;

const sequences = `
  select w.terminal as "terminalId", w.last_sequence as "lastSequence", w.missing::int as missing,
    coalesce((select json_agg(json_build_object('paymentId', b.payment::text, 'orderNumber', b.order_no,
        'sequence', b.sequence, 'expected', b.expected, 'decidedAt', b.decided_at) order by b.decided_at desc)
      from (select * from payments.sequence_break x where x.terminal = w.terminal order by x.decided_at desc
        limit ${breaksMax}) b), '[]') as breaks
  from payments.sequence_watch w order by w.terminal limit ${terminalsMax}`;

type Row = {
  since: Date;
  revoked_at: Date | null;
  seen_at: Date | null;
  queued: number;
  approved_count: number;
  approved_amount: string;
  declined: number;
  reversed_count: number;
  reversed_amount: string;
  reversible_count: number;
  reversible_amount: string;
  held_count: number;
  held_amount: string;
};

/** When a terminal is stolen, the office reads what it did since it was last known to be in good hands, and what it could. */
@Injectable()
export class ExposureStore {
  constructor(private readonly database: DataSource) {}

  /** @param since a day ago, when nobody says. @throws {Refusal} terminal_not_found */
  async ofTerminal(terminal: bigint, since: Date | undefined, now: Date): Promise<Exposure> {
    const from = since ?? new Date(now.getTime() - dayMs);
    const [row] = await this.database.query<Row[]>(exposure, [terminal.toString(), from]);
    if (row === undefined) throw new Refusal(terminalsProblems, 'terminal_not_found');
    const counted = (count: number, amount: string): Counted => ({ count, amount: Number(amount) });
    return {
      since: row.since,
      revokedAt: row.revoked_at,
      lastSeenAt: row.seen_at,
      queuedReversals: row.queued,
      approved: counted(row.approved_count, row.approved_amount),
      declined: row.declined,
      reversed: counted(row.reversed_count, row.reversed_amount),
      reversible: counted(row.reversible_count, row.reversible_amount),
      held: counted(row.held_count, row.held_amount),
    };
  }

  /** Every terminal's count of its sales and passages: what never came, and where it went back. */
  sequences(): Promise<SequenceReport[]> {
    return this.database.query<SequenceReport[]>(sequences);
  }
}
