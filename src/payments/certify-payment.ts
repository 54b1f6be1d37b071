/** A cardholder may have it proved that a payment of their own card stands in the sealed books. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProveInclusion, type Inclusion } from '../ledger/prove-inclusion.js';
import { Refusal } from '../platform/errors/problem.js';
import { FindPayments } from './find-payments.js';
import { paymentsProblems } from './payments.errors.js';

@Injectable()
export class CertifyPayment {
  constructor(
    private readonly database: DataSource,
    private readonly payments: FindPayments,
    private readonly inclusion: ProveInclusion,
  ) {}

  /**
   * One proof for each entry: of the sale or its captures, and of what was given back.
   * @throws {Refusal} payment_unknown, payment_moved_nothing, not_sealed_yet
   */
  async certify(card: bigint, payment: bigint): Promise<Inclusion[]> {
    const row = await this.payments.byId(payment);
    // Whose it is, is nobody else's business.
    if (row.card !== card) throw new Refusal(paymentsProblems, 'payment_unknown');
    const entries = await this.database.query<{ entry: string }[]>(
      'select entry from payments.entries_of($1)',
      [payment.toString()],
    );
    if (entries.length === 0) throw new Refusal(paymentsProblems, 'payment_moved_nothing');
    return Promise.all(entries.map(({ entry }) => this.inclusion.prove(BigInt(entry))));
  }
}
