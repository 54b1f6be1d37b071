/** A scan at a gate lets one person through, once: what it costs, and who is inside, are decided in one transaction. */
import { CERTIFICATE_FLAGS, type ParsedCode, type ParsedSignedQr } from '@campus-paycode/paycode';
import { shortNumber } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { PlanSpending } from '../cards/plan-spending.js';
import { CheckScan } from '../payment-codes/check-scan.js';
import { paymentsProblems } from '../payments/payments.errors.js';
import { ReadInstrument, type Instrument } from '../payments/read-instrument.js';
import { FindPlaces } from '../places/find-places.js';
import type { Place } from '../places/place.js';
import { placesProblems } from '../places/places.errors.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import type { Direction, Passage } from './gate.js';
import { gatesProblems } from './gates.errors.js';
import {
  GatesStore,
  type Scan,
  type ScanOutcome,
  type SettleOutcome,
} from './store/gates.store.js';

export type PassageRequest = {
  readonly terminalKey: TerminalKey;
  readonly orderNumber: string;
  /** Over method, path and raw body: what makes a retry the same request. */
  readonly hash: Buffer;
  readonly sequence: number;
  readonly instrument: Extract<Instrument, { readonly type: 'code' | 'signed_qr' }>;
  readonly direction: Direction;
  readonly occurredAt: Date;
};

@Injectable()
export class PassGate {
  constructor(
    private readonly scans: CheckScan,
    private readonly instruments: ReadInstrument,
    private readonly places: FindPlaces,
    private readonly spending: PlanSpending,
    private readonly store: GatesStore,
  ) {}

  /**
   * @throws {Refusal} code_malformed, code_foreign, place_closed, gate_unknown, the index's
   *   refusals, order_number_reused, order_number_reversed, terminal_revoked, terminal_paused
   */
  async pass(request: PassageRequest): Promise<Passage> {
    const outcome = await this.decide(request);
    if (outcome === 'terminal_revoked') throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (outcome === 'no_gate') throw new Refusal(gatesProblems, 'gate_unknown');
    if (outcome === 'reused') throw new Refusal(paymentsProblems, 'order_number_reused');
    if (outcome === 'reversed') throw new Refusal(paymentsProblems, 'order_number_reversed');
    return this.find(request.terminalKey.terminal.id, request.orderNumber);
  }

  /** @throws {Refusal} passage_unknown */
  async find(terminal: bigint, orderNumber: string): Promise<Passage> {
    const passage = await this.store.find(terminal, orderNumber);
    if (passage === undefined) throw new Refusal(gatesProblems, 'passage_unknown');
    return passage;
  }

  /**
   * What the sensor says: went through, or did not. That nobody did succeeds for an unknown number too, and bars it.
   * @throws {Refusal} passage_unknown, terminal_revoked
   */
  async settle(
    { terminal, generation }: Pick<TerminalKey, 'terminal' | 'generation'>,
    orderNumber: string,
    isPassed: boolean,
  ): Promise<SettleOutcome> {
    const outcome = await this.store.settle(terminal.id, generation, orderNumber, isPassed);
    if (outcome === 'terminal_revoked') throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (outcome === 'unknown') throw new Refusal(gatesProblems, 'passage_unknown');
    return outcome;
  }

  /** A known order number is answered before anybody asks what its code is worth today. */
  private async decide(request: PassageRequest): Promise<ScanOutcome> {
    const { terminal } = request.terminalKey;
    let scan: Scan;
    try {
      scan = await this.prepare(request);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const known = await this.store.recall(terminal.id, request.orderNumber, request.hash);
      if (known !== undefined) return known;
      if (refusal.problem.retryable !== true)
        await this.store.noteRefused(terminal.id, request.orderNumber);
      throw refusal;
    }
    const outcome = await this.store.decide(scan, request.direction);
    // Nobody guesses a signature: signed codes count neither way.
    if (outcome === 'decided' && scan['digest'] === undefined)
      await this.scans.count(terminal.id, scan['card'] === undefined);
    return outcome;
  }

  private async prepare(request: PassageRequest): Promise<Scan> {
    const { terminal, generation } = request.terminalKey;
    const code = this.instruments.read(request.instrument);
    const place = await this.places.byPlaceId(terminal.place);
    invariant(place !== undefined, `Terminal ${terminal.id} stands at a place that is not there.`);
    if (!place.isOpen && request.direction === 'entry')
      throw new Refusal(placesProblems, 'place_closed');
    return {
      terminal: terminal.id.toString(),
      generation,
      order_no: request.orderNumber,
      hash: request.hash.toString('hex'),
      sequence: request.sequence,
      short_number: shortNumber(terminal.code, request.sequence),
      place: place.id.toString(),
      merchant: place.merchant.id.toString(),
      credit: place.merchant.account.toString(),
      occurred_at: request.occurredAt.toISOString(),
      ...(code.form === 'signed'
        ? await this.signedBy(code, place)
        : await this.heldBy(code, place, terminal.id)),
    };
  }

  /** What the scan says when a phone's code was shown. */
  private async heldBy(code: ParsedCode, place: Place, terminal: bigint): Promise<Scan> {
    const scanned = await this.scans.check(terminal, code);
    if ('guessed' in scanned) return { guessed: scanned.guessed };
    return {
      kinds: this.spending.plan(scanned.group, place).join(),
      card: scanned.card.toString(),
      credential: scanned.credential.toString(),
      counter: scanned.counter.toString(),
      code_generation: scanned.generation,
      payer: scanned.payer,
      group_code: scanned.group,
    };
  }

  /** What the scan says when a phone signed it; no card when issuer or phone did not. */
  private async signedBy(code: ParsedSignedQr, place: Place): Promise<Scan> {
    const signed = await this.instruments.findSigner(code);
    const { card, reference, payer, group } = signed;
    const { time, counter, digest } = signed.code;
    const said = { digest: digest.toString('hex'), counter, code_time: time.toISOString() };
    if (card === null || reference === null || group === null) return said;
    return {
      ...said,
      kinds: this.spending.plan(group, place).join(),
      card: card.toString(),
      reference: reference.toString('hex'),
      opens_gates: (code.certificate.flags & CERTIFICATE_FLAGS.gates) !== 0,
      payer,
      group_code: group,
    };
  }
}
