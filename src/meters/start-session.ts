/** A session begins with money that is set aside for it: the most that it may cost, or the price of the programme. */
import { shortNumber } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { PlanSpending } from '../cards/plan-spending.js';
import { CheckScan } from '../payment-codes/check-scan.js';
import type { Payment } from '../payments/payment.js';
import { paymentsProblems } from '../payments/payments.errors.js';
import { readDigits } from '../payments/read-scan.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Refusal } from '../platform/errors/problem.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { metersProblems } from './meters.errors.js';
import type { Session } from './session.js';
import { SessionsStore, type SessionStart, type StartOutcome } from './store/sessions.store.js';
import { SetProgrammes } from './set-programmes.js';

export type StartRequest = {
  readonly terminalKey: TerminalKey;
  readonly orderNumber: string;
  /** Over method, path and raw body: what makes a retry the same request. */
  readonly hash: Buffer;
  readonly sequence: number;
  readonly instrument: { readonly type: string; readonly code?: string };
  readonly programme: string | undefined;
  readonly occurredAt: Date;
};

/** A declined sale has no session. */
export type Started = { readonly payment: Payment; readonly session: Session | undefined };

@Injectable()
export class StartSession {
  constructor(
    private readonly config: AppConfig,
    private readonly scans: CheckScan,
    private readonly programmes: SetProgrammes,
    private readonly spending: PlanSpending,
    private readonly store: SessionsStore,
  ) {}

  /**
   * @throws {Refusal} code_malformed, code_foreign, instrument_unsupported, place_closed, place_not_metered,
   *   programme_required, programme_unknown, session_running, the index's refusals, order_number_reused,
   *   order_number_reversed, terminal_revoked
   */
  async start(request: StartRequest): Promise<Started> {
    const outcome = await this.decide(request);
    if (outcome === 'terminal_revoked') throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (outcome === 'reused') throw new Refusal(paymentsProblems, 'order_number_reused');
    if (outcome === 'reversed') throw new Refusal(paymentsProblems, 'order_number_reversed');
    if (outcome === 'busy' || outcome === 'due')
      throw new Refusal(metersProblems, 'session_running');
    const { id } = request.terminalKey.terminal;
    return {
      payment: await this.store.payment(id, request.orderNumber),
      session: await this.store.find(id, request.orderNumber),
    };
  }

  /** A known order number is answered before anybody asks what its code and price are worth today. */
  private async decide(request: StartRequest): Promise<StartOutcome> {
    let start: SessionStart;
    try {
      start = await this.prepare(request);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { terminalKey, orderNumber } = request;
      const known = await this.store.recall(terminalKey, orderNumber, request.hash);
      if (known !== undefined) return known;
      if (refusal.problem.retryable !== true)
        await this.store.noteRefused(terminalKey.terminal.id, orderNumber);
      throw refusal;
    }
    const outcome = await this.store.start(start);
    if (outcome === 'decided')
      await this.scans.count(request.terminalKey.terminal.id, start.session['card'] === null);
    return outcome;
  }

  private async prepare(request: StartRequest): Promise<SessionStart> {
    const { terminal, generation } = request.terminalKey;
    const code = readDigits(request.instrument, this.config.CODE_PREFIX);
    const { place, ...quoted } = await this.programmes.quote(terminal.place, request.programme);
    const scanned = await this.scans.check(terminal.id, code);
    const isKnown = 'card' in scanned;
    return {
      sale: {
        generation,
        hash: request.hash.toString('hex'),
        sequence: request.sequence,
        short_number: shortNumber(terminal.code, request.sequence),
        credit: place.merchant.account.toString(),
        hold_seconds: quoted.seconds,
        occurred_at: request.occurredAt.toISOString(),
        ...(isKnown
          ? {
              kinds: this.spending.plan(scanned.group, place).join(),
              credential: scanned.credential.toString(),
              counter: scanned.counter.toString(),
              code_generation: scanned.generation,
              payer: scanned.payer,
            }
          : { kinds: '', guessed: scanned.guessed, refused: 'code_invalid' }),
      },
      session: {
        terminal: terminal.id.toString(),
        order_no: request.orderNumber,
        place: place.id.toString(),
        merchant: place.merchant.id.toString(),
        card: isKnown ? scanned.card.toString() : null,
        programme: quoted.programme?.code ?? null,
        programme_zh: quoted.programme?.name.zh ?? null,
        programme_en: quoted.programme?.name.en ?? null,
        unit: quoted.unit,
        unit_price: quoted.unitPrice.toString(),
        amount: quoted.amount.toString(),
      },
    };
  }
}
