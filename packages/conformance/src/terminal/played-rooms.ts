/** Credit of rooms in the played service: ordered for a meter, sold as every sale, and delivered some time later. */
import type {
  MeterReading,
  PaymentAnswer,
  RoomCreditAnswer,
} from '@campus-paycode/terminal-protocol';
import { ok, problem, type Asked, type Reply } from './played-wire.js';

/** The meters of the place. */
export const METERS = [30_412, 30_413];

type Book = { find(orderNumber: string): PaymentAnswer | undefined };

export class PlayedRooms {
  /** By order number: for which meter. */
  readonly orders = new Map<string, number>();
  /** In the order in which they came; each once. */
  readonly readings: MeterReading[] = [];
  /** How long after the sale the credit is at the meter. */
  deliveryMillis = 2_500;
  /** What becomes of the next readings. */
  outcome = 'taken';

  constructor(
    private readonly book: Book,
    private readonly now: () => number,
  ) {}

  /** @returns null for what has nothing to do with rooms */
  reply({ route, target, json }: Asked): Reply | null {
    if (route === 'credit') return this.order(json);
    if (route === 'credit_look') return this.look(target.split('/')[3] ?? '');
    return route === 'readings' ? this.take(json) : null;
  }

  private order({ orderNumber, meterNumber }: Asked['json']): Reply {
    const number = String(orderNumber);
    const known = this.orders.get(number);
    if (known !== undefined && known !== meterNumber) return problem('order_number_reused');
    if (!METERS.includes(Number(meterNumber))) return problem('meter_unknown');
    this.orders.set(number, Number(meterNumber));
    return this.look(number);
  }

  private look(orderNumber: string): Reply {
    const meterNumber = this.orders.get(orderNumber);
    if (meterNumber === undefined) return problem('order_unknown');
    const sale = this.book.find(orderNumber);
    const paidAt = Date.parse(sale?.decidedAt ?? '');
    const isThere = sale?.verdict === 'approved' && this.now() >= paidAt + this.deliveryMillis;
    const answer: RoomCreditAnswer = {
      orderNumber,
      meterNumber,
      state: isThere ? 'delivered' : 'ordered',
      amount: isThere ? sale.captured : 0,
      ticket: null,
    };
    return ok(answer);
  }

  private take(json: Asked['json']): Reply {
    const came = json['readings'] as readonly MeterReading[];
    const said = came.map((each) => {
      const isKnown = this.readings.some(
        ({ meterNumber, takenAt }) => meterNumber === each.meterNumber && takenAt === each.takenAt,
      );
      if (!isKnown) this.readings.push(each);
      const { meterNumber, reading } = each;
      return { meterNumber, outcome: isKnown ? 'known' : this.outcome, credit: 2_450, reading };
    });
    return ok({ readings: said });
  }
}
