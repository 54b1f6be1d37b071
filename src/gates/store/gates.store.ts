import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FollowEvents } from '../../platform/events/follow-events.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import type { Direction, Passage, PassageReason, PassageState } from '../gate.js';

/** What one scan says, as `gates.decide` reads it; ids and amounts as decimal strings. */
export type Scan = Readonly<Record<string, string | number | boolean | null>>;

export type ScanOutcome =
  'decided' | 'known' | 'reused' | 'reversed' | 'terminal_revoked' | 'no_gate';

export type SettleOutcome =
  | 'passed'
  | 'not_passed'
  | 'too_late'
  | 'was_declined'
  | 'already_passed'
  | 'never_seen'
  | 'unknown'
  | 'terminal_revoked';

type Row = {
  order_no: string;
  short_number: string;
  direction: Direction;
  verdict: Passage['verdict'];
  reason: PassageReason | null;
  state: PassageState;
  amount: string;
  payer: string | null;
  expires_at: Date | null;
  decided_at: Date;
  visit: string | null;
  charge: NonNullable<Passage['visit']>['charge'];
  entered_at: Date;
  closes_at: Date;
  payment: string | null;
  uses_left: number | null;
};

/** Another wrote the same order number meanwhile, or took the gate out of service: the second look finds it. */
const worthASecondLook = ['23505', '40001'];

@Injectable()
export class GatesStore {
  constructor(
    private readonly database: DataSource,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
  ) {}

  async decide(scan: Scan, direction: Direction): Promise<ScanOutcome> {
    const call = async (): Promise<ScanOutcome> => {
      const [row] = await this.database.query<{ outcome: ScanOutcome }[]>(
        'select gates.decide($1, $2) as outcome',
        [JSON.stringify(scan), direction],
      );
      return row?.outcome ?? 'no_gate';
    };
    const outcome = await call().catch((error: unknown) => {
      if (!worthASecondLook.includes(String((error as { code?: unknown }).code))) throw error;
      return call();
    });
    this.wake();
    return outcome;
  }

  /** What this very scan was answered before; undefined when its order number never arrived. */
  async recall(
    terminal: bigint,
    orderNumber: string,
    hash: Buffer,
  ): Promise<ScanOutcome | undefined> {
    const [row] = await this.database.query<{ outcome: ScanOutcome | null }[]>(
      'select gates.recall($1, $2, $3) as outcome',
      [terminal.toString(), orderNumber, hash],
    );
    return row?.outcome ?? undefined;
  }

  /** Its number was used, though nothing is known of it. */
  async noteRefused(terminal: bigint, orderNumber: string): Promise<void> {
    await this.database.query('select payments.note_refused($1, $2)', [
      terminal.toString(),
      orderNumber,
    ]);
  }

  async settle(
    terminal: bigint,
    generation: number,
    orderNumber: string,
    isPassed: boolean,
  ): Promise<SettleOutcome> {
    const [row] = await this.database.query<{ outcome: SettleOutcome }[]>(
      'select gates.settle_for_terminal($1, $2, $3, $4) as outcome',
      [terminal.toString(), generation, orderNumber, isPassed],
    );
    this.wake();
    return row?.outcome ?? 'unknown';
  }

  /** A passage as it stands now: what lapsed is void, whether anybody has swept or not. */
  async find(terminal: bigint, orderNumber: string): Promise<Passage | undefined> {
    const [row] = await this.database.query<Row[]>(
      `select p.order_no, p.short_number, p.direction, p.verdict, p.reason, p.amount, p.payer, p.expires_at, p.decided_at,
         case when p.state = 'authorized' and p.expires_at <= platform.now() then 'voided' else p.state end as state,
         v.id as visit, v.charge, v.entered_at, v.closes_at, v.payment, s.uses - s.used as uses_left
       from gates.passage p
       left join gates.visit v on v.id = p.visit
       left join gates.pass s on s.id = v.pass
       where p.terminal = $1 and p.order_no = $2 and p.hash is not null`,
      [terminal.toString(), orderNumber],
    );
    return row && passageOf(row);
  }

  /** Phones and consumers want to hear of it now. */
  private wake(): void {
    this.relay.wake();
    this.followers.wake();
  }
}

const passageOf = (row: Row): Passage => ({
  orderNumber: row.order_no,
  shortNumber: row.short_number,
  direction: row.direction,
  verdict: row.verdict,
  reason: row.reason,
  state: row.state,
  amount: BigInt(row.amount),
  payer: row.payer,
  visit:
    row.visit === null
      ? null
      : {
          id: BigInt(row.visit),
          charge: row.charge,
          enteredAt: row.entered_at,
          closesAt: row.closes_at,
          payment: row.payment === null ? null : BigInt(row.payment),
          usesLeft: row.uses_left,
        },
  expiresAt: row.expires_at,
  decidedAt: row.decided_at,
});
