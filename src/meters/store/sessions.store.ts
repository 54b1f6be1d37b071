import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPayments } from '../../payments/find-payments.js';
import type { Payment } from '../../payments/payment.js';
import { FollowEvents } from '../../platform/events/follow-events.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import type { Progress } from '../note-progress.js';
import type { DeviceAlarm, Session, SessionEnd, SessionUnit, SignedReading } from '../session.js';

type Fields = Readonly<Record<string, string | number | null>>;

/** As `meters.start_session` reads it; ids and amounts as decimal strings. */
export type SessionStart = { readonly sale: Fields; readonly session: Fields };

export type StartOutcome =
  'decided' | 'known' | 'reused' | 'reversed' | 'terminal_revoked' | 'busy' | 'due';

export type NoteOutcome =
  | 'noted'
  | 'late'
  | 'reused'
  | 'unknown'
  | 'not_begun'
  | 'out_of_order'
  | 'fell'
  | 'terminal_revoked';

type Row = {
  id: string;
  order_no: string;
  terminal: string;
  place: string;
  payment: string;
  card_number: string;
  programme: string | null;
  programme_zh: string | null;
  programme_en: string | null;
  unit: SessionUnit;
  unit_price: string;
  held: string;
  charged: string | null;
  captured: string;
  reading: string;
  reported_at: Date | null;
  began_at: Date;
  expires_at: Date;
  stop_asked_at: Date | null;
  ended_at: Date | null;
  end_reason: SessionEnd | null;
};

type AlarmRow = {
  id: string;
  kind: DeviceAlarm['kind'];
  terminal_code: string;
  session: string;
  short_number: string;
  reading: string;
  amount: string;
  raised_at: Date;
};

type SignedRow = {
  last_key: string;
  last_base: Buffer;
  last_signature: Buffer;
  last_body: Buffer;
  algorithm: string;
  public_key: Buffer;
};

const select = `select s.id, s.order_no, s.terminal, s.place, s.payment, c.number as card_number, s.programme, s.programme_zh,
    s.programme_en, s.unit, s.unit_price, s.amount as held,
    s.charged, p.captured, s.last_reading as reading,
    s.reported_at, s.began_at, s.expires_at, s.stop_asked_at, s.ended_at, s.end_reason
  from meters.session s
  join cards.card c on c.id = s.card
  cross join lateral (
    select x.captured from payments.payment x where x.id = s.payment and x.decided_at = s.payment_decided_at limit 1
  ) p`;

const uniqueViolation = '23505';

@Injectable()
export class SessionsStore {
  constructor(
    private readonly database: DataSource,
    private readonly relay: RelayEvents,
    private readonly followers: FollowEvents,
    private readonly payments: FindPayments,
  ) {}

  /** What is due at the device is ended first, by its own rule. */
  async start({ sale, session }: SessionStart): Promise<StartOutcome> {
    const call = async (): Promise<StartOutcome> => {
      const [row] = await this.database.query<{ outcome: StartOutcome }[]>(
        'select meters.start_session($1, $2) as outcome',
        [JSON.stringify(sale), JSON.stringify(session)],
      );
      return row?.outcome ?? 'busy';
    };
    let outcome = await call().catch((error: unknown) => {
      // Another wrote the same order number, or began at the same device: the second look finds it.
      if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
      return call();
    });
    if (outcome === 'due') {
      await this.database.query('select meters.end_due_at($1)', [session['terminal']]);
      outcome = await call();
    }
    this.wake();
    return outcome;
  }

  /** What this very request was answered before; undefined when its order number never arrived. */
  async recall(
    { terminal, generation }: TerminalKey,
    orderNumber: string,
    hash: Buffer,
  ): Promise<StartOutcome | undefined> {
    const [row] = await this.database.query<{ outcome: StartOutcome }[]>(
      'select r.outcome from payments.recall_for_terminal($1, $2, $3, $4) r',
      [terminal.id.toString(), generation, orderNumber, hash],
    );
    return row?.outcome;
  }

  /** Its number was used, though nothing is known of it. */
  async noteRefused(terminal: bigint, orderNumber: string): Promise<void> {
    await this.database.query('select payments.note_refused($1, $2)', [
      terminal.toString(),
      orderNumber,
    ]);
  }

  async note(
    { terminal, generation }: { readonly terminal: bigint; readonly generation: number },
    orderNumber: string,
    progress: Progress,
  ): Promise<NoteOutcome> {
    const { progressNumber, sequence, reading, final, occurredAt, signed } = progress;
    const [row] = await this.database.query<{ outcome: NoteOutcome }[]>(
      'select meters.note_progress($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as outcome',
      [
        terminal.toString(),
        generation,
        orderNumber,
        progressNumber,
        sequence,
        reading.toString(),
        final,
        occurredAt,
        signed.keyId,
        Buffer.from(signed.base),
        Buffer.from(signed.signature),
        Buffer.from(signed.body),
      ],
    );
    this.wake();
    return row?.outcome ?? 'unknown';
  }

  /** The sale that holds its money. @throws {Refusal} order_unknown */
  payment(terminal: bigint, orderNumber: string): Promise<Payment> {
    return this.payments.byOrderNumber(terminal, orderNumber);
  }

  async find(terminal: bigint, orderNumber: string): Promise<Session | undefined> {
    const [row] = await this.database.query<Row[]>(
      `${select} where s.terminal = $1 and s.order_no = $2`,
      [terminal.toString(), orderNumber],
    );
    return row && sessionOf(row);
  }

  async ofCardholder(cardholder: bigint, limit: number): Promise<readonly Session[]> {
    const rows = await this.database.query<Row[]>(
      `${select} where s.cardholder = $1 order by s.id desc limit $2`,
      [cardholder.toString(), limit],
    );
    return rows.map(sessionOf);
  }

  /** Undefined when it is not this cardholder's, or its device has not said anything. */
  async signedReading(session: bigint, cardholder: bigint): Promise<SignedReading | undefined> {
    const [row] = await this.database.query<SignedRow[]>(
      `select s.last_key, s.last_base, s.last_signature, s.last_body, k.algorithm, k.public_key
       from meters.session s
       join terminals.terminal_key k on k.terminal = s.terminal and k.generation = split_part(s.last_key, '.', 2)::int
       where s.id = $1 and s.cardholder = $2`,
      [session.toString(), cardholder.toString()],
    );
    return (
      row && {
        keyId: row.last_key,
        algorithm: row.algorithm,
        publicKey: row.public_key,
        base: row.last_base,
        signature: row.last_signature,
        body: row.last_body,
      }
    );
  }

  async list(
    { place, running }: { readonly place?: bigint; readonly running: boolean },
    limit: number,
  ): Promise<readonly Session[]> {
    const rows = await this.database.query<Row[]>(
      `${select} where ($1::bigint is null or s.place = $1) and (not $2 or s.ended_at is null)
       order by s.id desc limit $3`,
      [place?.toString() ?? null, running, limit],
    );
    return rows.map(sessionOf);
  }

  async alarms(limit: number): Promise<readonly DeviceAlarm[]> {
    const rows = await this.database.query<AlarmRow[]>(
      `select a.id, a.kind, t.code as terminal_code, a.session, p.short_number, a.reading, a.amount, a.raised_at
       from meters.device_alarm a
       join meters.session s on s.id = a.session
       join terminals.terminal t on t.id = a.terminal
       cross join lateral (
         select x.short_number from payments.payment x where x.id = s.payment and x.decided_at = s.payment_decided_at limit 1
       ) p
       order by a.id desc limit $1`,
      [limit],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      kind: row.kind,
      terminalCode: row.terminal_code,
      session: BigInt(row.session),
      shortNumber: row.short_number,
      reading: BigInt(row.reading),
      amount: BigInt(row.amount),
      raisedAt: row.raised_at,
    }));
  }

  /** Phones and consumers want to hear of it now. */
  private wake(): void {
    this.relay.wake();
    this.followers.wake();
  }
}

/** As `meters.price` has it, and never more than what is held. */
function priceOf({ programme, held, unit_price, reading }: Row): bigint {
  const used = BigInt(reading);
  if (programme !== null) return used > 0n ? BigInt(held) : 0n;
  const price = (used * BigInt(unit_price)) / 1_000n;
  return price < BigInt(held) ? price : BigInt(held);
}

const sessionOf = (row: Row): Session => ({
  id: BigInt(row.id),
  orderNumber: row.order_no,
  terminal: BigInt(row.terminal),
  place: BigInt(row.place),
  payment: BigInt(row.payment),
  cardNumber: row.card_number,
  programme:
    row.programme === null
      ? null
      : { code: row.programme, name: { zh: row.programme_zh ?? '', en: row.programme_en ?? '' } },
  unit: row.unit,
  unitPrice: BigInt(row.unit_price),
  held: BigInt(row.held),
  amount: row.charged === null ? priceOf(row) : BigInt(row.charged),
  captured: BigInt(row.captured),
  reading: BigInt(row.reading),
  reportedAt: row.reported_at,
  beganAt: row.began_at,
  expiresAt: row.expires_at,
  stopAskedAt: row.stop_asked_at,
  endedAt: row.ended_at,
  endReason: row.end_reason,
});
