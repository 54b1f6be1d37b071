/** Sales ready to be decided, without HTTP and signatures: for tests of what the one call does. */
import { shortNumber } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type { Payment } from '../../src/payments/payment.js';
import type { Decision, Sale } from '../../src/payments/store/payments.store.js';
import { FindPlaces } from '../../src/places/find-places.js';
import type { Place } from '../../src/places/place.js';
import type { Terminal } from '../../src/terminals/terminal.js';
import type { Student } from './given.js';
import type { TestService } from './service.js';
import type { TestTerminal } from './test-terminal.js';

type Payer = Pick<Student, 'card'> & { readonly phone: Pick<Student['phone'], 'credential'> };

export type Order = {
  readonly amount: bigint;
  /** Left out: captured at once. */
  readonly holdSeconds?: number;
};

const stepSeconds = 30;
const countersInStep = 4;

export class Counter {
  private sequence = 0;
  /** The newest counter that each phone has shown. */
  private readonly shown = new Map<bigint, bigint>();

  private constructor(
    private readonly service: TestService,
    private readonly till: TestTerminal,
    private readonly place: Place,
    readonly terminal: Terminal,
  ) {}

  static async at(service: TestService, till: TestTerminal): Promise<Counter> {
    const { rows } = await service.owner.query<{ place: string }>(
      'select place from terminals.terminal where id = $1',
      [till.id.toString()],
    );
    const placeId = BigInt(rows[0]?.place ?? 0);
    const place = await service.get(FindPlaces).byPlaceId(placeId);
    if (place === undefined) throw new Error('The till stands nowhere.');
    const { id, code } = till;
    const terminal: Terminal = { id, code, name: place.name, place: placeId, status: 'active' };
    return new Counter(service, till, place, terminal);
  }

  /** A sale to somebody whose phone shows its next code. */
  sale(payer: Payer, { amount, holdSeconds }: Order): Sale {
    const { service, till, place } = this;
    const sequence = (this.sequence += 1);
    const { credential } = payer.phone;
    return {
      terminal: till.id,
      keyGeneration: 1,
      orderNumber: till.number(),
      hash: randomBytes(32),
      sequence,
      shortNumber: shortNumber(till.code, sequence),
      place: place.id,
      merchant: place.merchant.id,
      merchantAccount: place.merchant.account,
      purseKinds: ['subsidy', 'cash'],
      holdSeconds: holdSeconds ?? null,
      amount,
      occurredAt: service.clock.now(),
      payer: {
        card: payer.card,
        credential,
        counter: this.nextCounter(credential),
        generation: 0,
        name: '张*',
      },
    };
  }

  private nextCounter(credential: bigint): bigint {
    const step = BigInt(Math.floor(this.service.clock.unixSeconds() / stepSeconds));
    const oldest = (step - 1n) * BigInt(countersInStep);
    const last = this.shown.get(credential) ?? 0n;
    const next = last + 1n > oldest ? last + 1n : oldest;
    this.shown.set(credential, next);
    return next;
  }
}

/** What was decided; for a test that knows that something was. */
export function paymentOf(decision: Decision): Payment {
  if (!('payment' in decision)) throw new Error(`The sale ended as ${decision.outcome}.`);
  return decision.payment;
}
