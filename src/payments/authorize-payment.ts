import { shortNumber } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { PlanSpending } from '../cards/plan-spending.js';
import { CheckScan } from '../payment-codes/check-scan.js';
import { FindPlaces } from '../places/find-places.js';
import { quotePrice } from '../places/quote-price.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import type { Payment } from './payment.js';
import { paymentsProblems } from './payments.errors.js';
import { isStatic, ReadInstrument, type Instrument } from './read-instrument.js';
import { PaymentsStore, type Decision, type Sale } from './store/payments.store.js';
import type { SignedSale } from './store/signed-sale.js';
import type { StaticSale } from './store/static-sale.js';

export type SaleRequest = {
  readonly terminalKey: Pick<TerminalKey, 'terminal' | 'generation'>;
  readonly orderNumber: string;
  /** Over method, path and raw body: what makes a retry the same request. */
  readonly hash: Buffer;
  readonly sequence: number;
  readonly instrument: Instrument;
  readonly amount: bigint | undefined;
  readonly occurredAt: Date;
  /** Of a sale at a kiosk: who buys, and at the seller's price, whatever the place's tariff is. */
  readonly purchase?: { readonly card: bigint; readonly amount: bigint };
};

/**
 * A scan becomes a verdict, once and for ever: approved, or declined for a reason that is kept. The code is looked up and
 * the price quoted in memory; everything that decides is judged in one call to the database.
 */
@Injectable()
export class AuthorizePayment {
  constructor(
    private readonly scans: CheckScan,
    private readonly places: FindPlaces,
    private readonly spending: PlanSpending,
    private readonly store: PaymentsStore,
    private readonly instruments: ReadInstrument,
  ) {}

  /** Before the doors open: the first student of the day waits no longer than the others. */
  openLanes(): Promise<void> {
    return this.store.openLanes();
  }

  /**
   * @throws {Refusal} code_malformed, code_foreign, instrument_unsupported, the price's and the index's refusals,
   *   order_number_reused, order_number_reversed, terminal_revoked,
   *   terminal_paused
   */
  async authorize(request: SaleRequest): Promise<Payment> {
    const decision = await this.decide(
      request.instrument.type === 'plastic' ? this.instruments.seal(request) : request,
    );
    if ('payment' in decision)
      return decision.payment.verdict === 'pending'
        ? this.store.withWait(decision.payment)
        : decision.payment;
    if (decision.outcome === 'terminal_revoked')
      throw new Refusal(terminalsProblems, 'terminal_revoked');
    throw new Refusal(
      paymentsProblems,
      decision.outcome === 'reused' ? 'order_number_reused' : 'order_number_reversed',
    );
  }

  /** A known order number is answered before anybody asks what its code and price are worth today. */
  private async decide(request: SaleRequest): Promise<Decision> {
    let sale: Sale | SignedSale | StaticSale;
    try {
      sale = await this.prepare(request);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { orderNumber, hash, terminalKey } = request;
      const known = await this.store.recall({
        terminal: terminalKey.terminal.id,
        keyGeneration: terminalKey.generation,
        orderNumber,
        hash,
      });
      if (known !== undefined) return known;
      if (refusal.problem.retryable !== true)
        await this.store.noteRefused(terminalKey.terminal.id, orderNumber);
      throw refusal;
    }
    if ('reference' in sale) return this.store.decideSigned(sale);
    if ('static' in sale) return this.decideStatic(sale);
    const decision = await this.store.decide(sale);
    if (decision.outcome === 'decided')
      await this.scans.count(sale.terminal, !('card' in sale.payer));
    return decision;
  }

  private async decideStatic(sale: StaticSale): Promise<Decision> {
    const decision = await this.store.decideStatic(sale);
    if (decision.outcome === 'decided') {
      const { reason } = decision.payment;
      const isWrong = reason === 'plastic_invalid' || reason === 'pin_check_invalid';
      await this.scans.count(sale.terminal, isWrong);
    }
    return decision;
  }

  private async prepare(request: SaleRequest): Promise<Sale | SignedSale | StaticSale> {
    const { instrument } = request;
    const code = isStatic(instrument) ? instrument : this.instruments.read(instrument);
    const { terminal } = request.terminalKey;
    const place = await this.places.byPlaceId(terminal.place);
    invariant(place !== undefined, `Terminal ${terminal.id} stands at a place that is not there.`);
    const { purchase } = request;
    const { amount, holdSeconds } =
      purchase === undefined
        ? quotePrice(place, request.amount)
        : { amount: purchase.amount, holdSeconds: null };
    const sale = {
      terminal: terminal.id,
      keyGeneration: request.terminalKey.generation,
      orderNumber: request.orderNumber,
      hash: request.hash,
      sequence: request.sequence,
      shortNumber: shortNumber(terminal.code, request.sequence),
      place: place.id,
      merchant: place.merchant.id,
      merchantAccount: place.merchant.account,
      holdSeconds,
      amount,
      occurredAt: request.occurredAt,
    };
    if (isStatic(code)) {
      this.scans.requireNotPaused(terminal.id);
      const { group, ...payer } = await this.instruments.findStatic(terminal, code);
      return { ...sale, ...this.spending.planSale(group, place, amount), static: payer };
    }
    if (code.form === 'signed') {
      const { group, card: _, ...signed } = await this.instruments.findSigner(code);
      return { ...sale, ...this.spending.planSale(group, place, amount), ...signed };
    }
    // Whoever types wrong codes on a phone must not stop everybody else's at the same kiosk.
    const scanned = await this.scans.check(purchase === undefined ? terminal.id : null, code);
    if ('guessed' in scanned)
      return { ...sale, purseKinds: [], payer: { refused: 'code_invalid', ...scanned } };
    const { card, credential, counter, generation, group, payer: name } = scanned;
    if (purchase !== undefined && purchase.card !== card)
      return { ...sale, purseKinds: [], payer: { refused: 'code_invalid' } };
    const refused = await this.spending.refuse(card, group, place);
    return {
      ...sale,
      ...this.spending.planSale(group, place, amount),
      payer: { card, credential, counter, generation, name, ...(refused && { refused }) },
    };
  }
}
