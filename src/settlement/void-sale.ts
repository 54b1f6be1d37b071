/** The cashier takes a mistake back: in the same shift and soon, above an amount with a supervisor's word. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { paymentsProblems } from '../payments/payments.errors.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { FollowEvents } from '../platform/events/follow-events.js';
import { RelayEvents } from '../platform/events/relay-events.js';
import { hashOfSupervision } from '../staff/give-supervision.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { settlementProblems } from './settlement.errors.js';

export type Void = {
  readonly terminalKey: Pick<TerminalKey, 'terminal' | 'generation'>;
  /** Lower-case UUIDv7: the terminal's own number of the void. */
  readonly voidNumber: string;
  /** Of the sale. */
  readonly orderNumber: string;
  /** Over method, path and raw body: what makes a retry the same request. */
  readonly hash: Buffer;
  readonly supervision: string | undefined;
};

export type VoidOutcome =
  'voided' | 'released' | 'already_voided' | 'already_reversed' | 'was_declined';

export type VoidLine = {
  readonly number: string;
  readonly orderNumber: string;
  readonly payment: string;
  readonly shortNumber: string;
  readonly terminal: string;
  readonly outcome: VoidOutcome;
  readonly returned: bigint;
  readonly cashier: string | null;
  readonly supervisor: string | null;
  readonly supervisorName: string | null;
  readonly voidedAt: Date;
};

const linesMax = 500;

const refusals = {
  terminal_revoked: () => new Refusal(terminalsProblems, 'terminal_revoked'),
  reused: () => new Refusal(paymentsProblems, 'order_number_reused'),
  order_unknown: () => new Refusal(paymentsProblems, 'order_unknown'),
  order_number_reversed: () => new Refusal(paymentsProblems, 'order_number_reversed'),
  not_attended: () => new Refusal(settlementProblems, 'void_not_attended'),
  too_late: () => new Refusal(settlementProblems, 'void_too_late'),
  supervision_needed: () => new Refusal(settlementProblems, 'supervision_needed'),
  supervision_invalid: () => new Refusal(settlementProblems, 'supervision_invalid'),
} as const;

const isRefused = (outcome: string): outcome is keyof typeof refusals =>
  Object.hasOwn(refusals, outcome);

@Injectable()
export class VoidSale {
  constructor(
    private readonly database: DataSource,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
  ) {}

  /**
   * Once for each number; the same request again is answered as before.
   * @returns what was done and how many fen went back
   * @throws {Refusal} terminal_revoked, order_number_reused, order_unknown, order_number_reversed, void_not_attended,
   * void_too_late, supervision_needed, supervision_invalid
   */
  async void(request: Void): Promise<{ outcome: VoidOutcome; returned: bigint }> {
    const { terminal, generation } = request.terminalKey;
    type Row = { outcome: VoidOutcome | keyof typeof refusals; returned: string };
    const [row] = await this.database.query<Row[]>(
      'select * from settlement.void_sale($1, $2, $3, $4, $5, $6)',
      [
        terminal.id.toString(),
        generation,
        request.voidNumber,
        request.orderNumber,
        request.hash,
        request.supervision === undefined ? null : hashOfSupervision(request.supervision),
      ],
    );
    invariant(row !== undefined, 'settlement.void_sale answered nothing.');
    if (isRefused(row.outcome)) throw refusals[row.outcome]();
    this.relay.wake();
    this.followers.wake();
    return { outcome: row.outcome, returned: BigInt(row.returned) };
  }

  /** What was voided, the newest first: of a day in campus time, of a terminal, or lately. */
  async list(of: {
    date?: string | undefined;
    terminal?: string | undefined;
  }): Promise<VoidLine[]> {
    type Row = Omit<VoidLine, 'returned'> & { returned: string };
    const rows = await this.database.query<Row[]>(
      `select v.number, v.order_no as "orderNumber", v.payment::text as payment, p.short_number as "shortNumber",
         v.terminal::text as terminal, v.outcome, v.returned::text as returned, v.cashier,
         v.supervisor::text as supervisor, m.display_name as "supervisorName", v.voided_at as "voidedAt"
       from settlement.void v
       join payments.payment p on p.id = v.payment
       left join staff.member m on m.id = v.supervisor
       where ($1::date is null or platform.business_date(v.voided_at) = $1::date)
         and ($2::bigint is null or v.terminal = $2::bigint)
       order by v.voided_at desc limit ${linesMax}`,
      [of.date ?? null, of.terminal ?? null],
    );
    return rows.map((row) => ({ ...row, returned: BigInt(row.returned) }));
  }
}
