import { makeOrderNumber, shortNumber } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Sale } from '../../src/payments/store/payments.store.js';
import type { CampusClock } from '../campus/campus-clock.js';
import { amountOf, codeOf, isHot, purseKinds, type CampusSize } from '../campus/campus-plan.js';
import type { CodeCounters } from '../campus/code-counters.js';

/** Where sales are made: all at one merchant, or spread over many. */
export type Merchants = 'hot' | 'spread';

type Stand = Pick<Sale, 'terminal' | 'place' | 'merchant' | 'merchantAccount'>;

const randomPool = 65_536;
const perOrder = 10;

/** Makes sales as they are when everything that needs no database is done: the code is read, the price quoted. */
export class SaleMaker {
  private random = Buffer.alloc(0);
  private sequence = 0;

  private constructor(
    private readonly stands: Record<Merchants, readonly Stand[]>,
    private readonly counters: CodeCounters,
    private readonly clock: CampusClock,
  ) {}

  static async of(
    owner: pg.Pool,
    around: { size: CampusSize; counters: CodeCounters; clock: CampusClock },
  ): Promise<SaleMaker> {
    const { rows } = await owner.query<{
      [Column in 'id' | 'place' | 'merchant' | 'account']: string;
    }>(
      `select t.id, t.place, p.merchant, ledger.account_of(p.merchant, 'merchant') as account
       from terminals.terminal t join places.place p on p.id = t.place order by t.id`,
    );
    const stands = rows.map(({ id, place, merchant, account }) => ({
      terminal: BigInt(id),
      place: BigInt(place),
      merchant: BigInt(merchant),
      merchantAccount: BigInt(account),
    }));
    const hot = ({ terminal }: Stand): boolean => isHot(Number(terminal), around.size);
    return new SaleMaker(
      { hot: stands.filter(hot), spread: stands.filter((stand) => !hot(stand)) },
      around.counters,
      around.clock,
    );
  }

  next(merchants: Merchants): Sale {
    const { card, counter } = this.counters.next();
    this.sequence += 1;
    const stands = this.stands[merchants];
    const stand = stands[this.sequence % stands.length];
    if (stand === undefined) throw new Error(`There is no terminal of the ${merchants} kind.`);
    const nowMs = this.clock.nowMs();
    return {
      ...stand,
      keyGeneration: 1,
      orderNumber: makeOrderNumber(nowMs, this.randomBytes(perOrder)),
      hash: Buffer.from(this.randomBytes(32)),
      sequence: this.sequence,
      shortNumber: shortNumber(codeOf(Number(stand.terminal)), this.sequence),
      purseKinds,
      holdSeconds: null,
      amount: amountOf(card),
      occurredAt: new Date(nowMs),
      payer: {
        card: BigInt(card),
        credential: BigInt(card),
        counter: BigInt(counter),
        generation: 0,
        name: '学*',
      },
    };
  }

  /** Asking the system for ten bytes at a time would cost more than the rest of the sale. */
  private randomBytes(count: number): Buffer {
    if (this.random.length < count) this.random = randomBytes(randomPool);
    const taken = this.random.subarray(0, count);
    this.random = this.random.subarray(count);
    return taken;
  }
}
