import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import { platformProblems } from '../platform/errors/platform.errors.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { paymentsProblems } from './payments.errors.js';
import { PaymentsStore } from './store/payments.store.js';

export type CaptureRequest = {
  readonly terminalKey: Pick<TerminalKey, 'terminal' | 'generation'>;
  readonly orderNumber: string;
  readonly captureNumber: string;
  /** Fen; zero only gives the rest back. */
  readonly amount: bigint;
  readonly final: boolean;
};

export type Captured = {
  readonly captured: bigint;
  readonly released: bigint;
  readonly state: 'captured' | 'held' | 'released';
};

type Row = {
  outcome:
    | 'captured'
    | 'known'
    | 'reused'
    | 'unknown'
    | 'not_held'
    | 'expired'
    | 'exceeds'
    | 'terminal_revoked';
  captured: string;
  released: string;
  state: Captured['state'];
};

/** A device takes from the hold what was used; its final word gives the rest back to the purses it came from. */
@Injectable()
export class CapturePayment {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
    private readonly store: PaymentsStore,
  ) {}

  /** @throws {Refusal} malformed_request, terminal_revoked, order_unknown, not_held, hold_expired, capture_exceeds_hold, capture_number_reused */
  async capture(request: CaptureRequest): Promise<Captured> {
    if (request.amount === 0n && !request.final)
      throw new Refusal(platformProblems, 'malformed_request', {
        errors: [{ pointer: '/amount', message: 'amount may be 0 only when final is true' }],
      });
    const { terminal, generation } = request.terminalKey;
    const place = await this.places.byPlaceId(terminal.place);
    invariant(place !== undefined, 'A terminal stands at a place that is not there.');
    const [row] = await this.database.query<Row[]>(
      'select * from payments.capture_for_terminal($1, $2, $3, $4, $5, $6, $7)',
      [
        terminal.id.toString(),
        generation,
        request.orderNumber,
        request.captureNumber,
        request.amount.toString(),
        request.final,
        place.merchant.account.toString(),
      ],
    );
    invariant(row !== undefined, 'payments.capture answered nothing.');
    if (row.outcome === 'terminal_revoked')
      throw new Refusal(terminalsProblems, 'terminal_revoked');
    const refusal = (
      {
        unknown: 'order_unknown',
        not_held: 'not_held',
        expired: 'hold_expired',
        exceeds: 'capture_exceeds_hold',
        reused: 'capture_number_reused',
      } as const
    )[row.outcome as 'unknown'];
    if (refusal !== undefined) throw new Refusal(paymentsProblems, refusal);
    this.store.wakeConsumers();
    return { captured: BigInt(row.captured), released: BigInt(row.released), state: row.state };
  }
}
