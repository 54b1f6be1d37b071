import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Batcher } from '../../platform/database/batcher.js';
import { Lane } from '../../platform/database/lane.js';
import { invariant } from '../../platform/errors/problem.js';
import { FollowEvents } from '../../platform/events/follow-events.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { Awaits, DeclineReason, Payment, PaymentState, Verdict } from '../payment.js';
import { columnsOf } from './sale-columns.js';
import { authorizeSigned, columnsOfSigned, type SignedSale } from './signed-sale.js';
import { authorizeStatic, columnsOfStatic, type StaticSale } from './static-sale.js';

/** One sale ready to be decided: whatever could be found out without the database has been. */
export type Sale = {
  readonly terminal: bigint;
  readonly keyGeneration: number;
  readonly orderNumber: string;
  readonly hash: Buffer;
  readonly sequence: number;
  readonly shortNumber: string;
  readonly place: bigint;
  readonly merchant: bigint;
  readonly merchantAccount: bigint;
  readonly purseKinds: readonly string[];
  readonly holdSeconds: number | null;
  readonly amount: bigint;
  readonly occurredAt: Date;
  /** Whose code it is; undefined when nobody's, with the reason to decline for. */
  readonly payer:
    | {
        readonly card: bigint;
        readonly credential: bigint;
        readonly counter: bigint;
        /** Of the seed that made the code. */
        readonly generation: number;
        readonly name: string;
        /** Why this card does not pay here, whatever it has; its code is used up all the same. */
        readonly refused?: DeclineReason;
      }
    | {
        readonly refused: DeclineReason;
        /** Of a wrong code: whom it may have been meant for, as `payment_codes.count_failures` reads it. */
        readonly guessed?: string;
      };
};

export type Decision =
  | { readonly outcome: 'decided' | 'known'; readonly payment: Payment }
  | { readonly outcome: 'reused' | 'reversed' | 'terminal_revoked' };

type AnswerRow = [
  ord: number,
  outcome: 'decided' | 'known' | 'reused' | 'reversed' | 'terminal_revoked',
  serviceNow: Date,
  id: string | null,
  orderNumber: string,
  shortNumber: string,
  verdict: Verdict,
  reason: DeclineReason | null,
  state: PaymentState,
  amount: string,
  captured: string,
  payer: string | null,
  holdUntil: Date | null,
  decidedAt: Date,
  businessDate: string,
];

const answerColumns = `ord, outcome, service_now, payment, order_no, short_number, verdict, reason, state, amount, captured,
  payer, hold_until, decided_at, to_char(business_date, 'YYYY-MM-DD')`;

const authorize = `select ${answerColumns} from payments.authorize(
  $1::bigint[], $2::int[], $3::uuid[], $4::bytea[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
  $10::text[], $11::int[], $12::bigint[], $13::bigint[], $14::bigint[], $15::text[], $16::bigint[], $17::timestamptz[],
  $18::text[], $19::int[], $20::text[])`;

const uniqueViolation = '23505';

function paymentOf(row: AnswerRow): Payment {
  const [, , , id, orderNumber, shortNumber, verdict, reason, state, amount, captured, payer] = row;
  invariant(id !== null, 'A decided order number has no payment.');
  return {
    id: BigInt(id),
    orderNumber,
    shortNumber,
    verdict,
    reason,
    state,
    amount: BigInt(amount),
    captured: BigInt(captured),
    payer,
    holdUntil: row[12],
    decidedAt: row[13],
    businessDate: row[14],
  };
}

function decisionOf(row: AnswerRow): Decision {
  const outcome = row[1];
  return outcome === 'decided' || outcome === 'known'
    ? { outcome, payment: paymentOf(row) }
    : { outcome };
}

/** Of no terminal, so that it is refused before anything is written. */
const nobodysSale: Sale = {
  terminal: 0n,
  keyGeneration: 0,
  orderNumber: '00000000-0000-7000-8000-000000000000',
  hash: Buffer.alloc(32),
  sequence: 0,
  shortNumber: '',
  place: 0n,
  merchant: 0n,
  merchantAccount: 0n,
  purseKinds: [],
  holdSeconds: null,
  amount: 1n,
  occurredAt: new Date(0),
  payer: { refused: 'code_invalid' },
};

/** While one batch's answers are handed out and the next is made ready, another is being decided. */
const laneCount = 2;

/** The one call that decides sales, fed by natural batches over connections of its own. */
@Injectable()
export class PaymentsStore implements OnApplicationShutdown {
  private readonly lanes: readonly [Lane, ...Lane[]];
  private readonly batcher: Batcher<Sale, Decision>;

  @Optional()
  @Inject(Metrics)
  private readonly metrics: Metrics | undefined;

  constructor(
    config: AppConfig,
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
  ) {
    const lane = (): Lane => new Lane(config.DATABASE_URL);
    this.lanes = [lane(), ...Array.from({ length: laneCount - 1 }, lane)];
    this.batcher = new Batcher(
      ({ terminal, orderNumber, payer }) => [
        `${terminal} ${orderNumber}`,
        ...('card' in payer ? [`card ${payer.card}`] : []),
      ],
      (sales, lane) => this.decideAll(sales, this.lanes[lane] ?? this.lanes[0]),
      laneCount,
    );
  }

  /** A lane's first call plans all that a sale touches, which takes as long as twenty sales: it is made here, for nobody. */
  async openLanes(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => this.callAuthorize([nobodysSale], lane)));
  }

  decide(sale: Sale): Promise<Decision> {
    return this.batcher.submit(sale);
  }

  /** What became of an order number of this terminal; undefined when it never arrived. */
  async find(terminal: bigint, orderNumber: string): Promise<Decision | undefined> {
    const rows = await this.ask(`select ${answerColumns} from payments.find($1, $2)`, [
      terminal.toString(),
      orderNumber,
    ]);
    return rows[0] === undefined ? undefined : decisionOf(rows[0]);
  }

  /** What this very request was answered before; undefined when its order number never arrived. */
  async recall({
    terminal,
    keyGeneration,
    orderNumber,
    hash,
  }: Pick<Sale, 'terminal' | 'keyGeneration' | 'orderNumber' | 'hash'>): Promise<
    Decision | undefined
  > {
    const rows = await this.ask(
      `select ${answerColumns} from payments.recall_for_terminal($1, $2, $3, $4)`,
      [terminal.toString(), keyGeneration, orderNumber, hash],
    );
    return rows[0] === undefined ? undefined : decisionOf(rows[0]);
  }

  /** Its number was used, though nothing is known of it. */
  async noteRefused(terminal: bigint, orderNumber: string): Promise<void> {
    await this.database.query('select payments.note_refused($1, $2)', [
      terminal.toString(),
      orderNumber,
    ]);
  }

  /** A pending sale with what it waits for; when its time is over, as it will end. */
  async withWait(payment: Payment): Promise<Payment> {
    if (payment.verdict !== 'pending') return payment;
    const [row] = await this.database.query<
      { awaits: Awaits; expires_at: Date; is_over: boolean }[]
    >('select * from payments.awaited($1)', [payment.id.toString()]);
    invariant(row !== undefined, 'A pending sale waits for nothing.');
    const { awaits, expires_at: holdUntil } = row;
    if (!row.is_over) return { ...payment, state: 'held', awaits, holdUntil };
    return {
      ...payment,
      verdict: 'declined',
      state: 'declined',
      reason: 'confirmation_expired',
      holdUntil,
    };
  }

  /** By a code that a phone signed: they are few, and each has a call of its own. */
  decideSigned(sale: SignedSale): Promise<Decision> {
    return this.decideAlone(authorizeSigned, columnsOfSigned(sale));
  }

  /** By what never changes: fewer still. */
  decideStatic(sale: StaticSale): Promise<Decision> {
    return this.decideAlone(authorizeStatic, columnsOfStatic(sale));
  }

  /** Something happened that phones and consumers want to hear of now. */
  wakeConsumers(): void {
    this.relay.wake();
    this.followers.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()));
  }

  private async decideAlone(call: string, columns: unknown[]): Promise<Decision> {
    const [row] = await this.twice(() => this.ask(`select ${answerColumns} from ${call}`, columns));
    invariant(row !== undefined, 'A call that decides answered nothing.');
    this.wakeConsumers();
    return decisionOf(row);
  }

  private async decideAll(sales: readonly Sale[], lane: Lane): Promise<Decision[]> {
    this.metrics?.batchSize.observe(sales.length);
    const rows = await this.callAuthorize(sales, lane);
    const decisions: Decision[] = [];
    for (const row of rows) decisions[row[0] - 1] = decisionOf(row);
    const now = rows[0]?.[2];
    if (now !== undefined) this.clock.learn(now);
    this.wakeConsumers();
    return decisions;
  }

  private callAuthorize(sales: readonly Sale[], lane: Lane): Promise<AnswerRow[]> {
    return this.twice(() =>
      lane.call<AnswerRow>('payments.authorize', authorize, columnsOf(sales)),
    );
  }

  /** What is asked for one by one goes over the pool: a lane is the batches' alone. */
  private async ask(sql: string, values: unknown[]): Promise<AnswerRow[]> {
    const runner = this.database.createQueryRunner();
    try {
      const client = (await runner.connect()) as pg.PoolClient;
      const { rows } = await client.query<AnswerRow>({ text: sql, values, rowMode: 'array' });
      return rows;
    } finally {
      await runner.release();
    }
  }

  /** A reversal or another process may write an order number in between: the second look finds it. */
  private twice(call: () => Promise<AnswerRow[]>): Promise<AnswerRow[]> {
    return call().catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
      return call();
    });
  }
}
