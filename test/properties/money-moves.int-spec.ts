/** Whatever happens to a card in whatever order, the books say what a model of a few lines says. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { shortNumber } from '@campus-paycode/terminal-protocol';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { FindCard } from '../../src/cards/find-card.js';
import { CapturePayment } from '../../src/payments/capture-payment.js';
import { ReversePayment } from '../../src/payments/reverse-payment.js';
import { PaymentsStore, type Sale } from '../../src/payments/store/payments.store.js';
import { FindPlaces } from '../../src/places/find-places.js';
import { Refusal } from '../../src/platform/errors/problem.js';
import type { Terminal } from '../../src/terminals/terminal.js';
import { brokenProofs, Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';
import { CardModel, type ModelSale } from './card-model.js';

/** Some seconds; a slow machine stops in between and has proved less. */
const runs = 50;
const stepSeconds = 30;
const holdSeconds = 105;
const dayLimit = 50_000;
const start = Date.parse(noon);

let service: TestService;
let given: Given;
let till: TestTerminal;
let common: Pick<Sale, 'place' | 'merchant' | 'merchantAccount' | 'terminal' | 'keyGeneration'>;
let terminal: Terminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  const [place] = await service.get(FindPlaces).all();
  if (place === undefined) throw new Error('There is no place.');
  common = {
    terminal: till.id,
    keyGeneration: 1,
    place: place.id,
    merchant: place.merchant.id,
    merchantAccount: place.merchant.account,
  };
  terminal = { id: till.id, code: till.code, name: place.name, place: place.id, status: 'active' };
});
afterAll(() => service.close());

type Step =
  | { readonly do: 'fund'; readonly amount: number; readonly endsIn: number | null }
  | { readonly do: 'sell' | 'hold'; readonly amount: number }
  | {
      readonly do: 'capture';
      readonly which: number;
      readonly share: number;
      readonly isFinal: boolean;
    }
  | { readonly do: 'reverse' | 'repeat'; readonly which: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'wait' };

const amount = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20_000 }));
const which = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fund'),
      amount,
      endsIn: fc.option(fc.integer({ min: 1, max: 8 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sell'), amount }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold'), amount }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('capture'),
      which,
      share: fc.constantFrom(0, 0.3, 0.5, 1, 1.1),
      isFinal: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse'), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat'), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait') }) },
) as fc.Arbitrary<Step>;

/** One card, its model, and what the service answered about its sales. */
class Run {
  private readonly model = new CardModel(dayLimit);
  private readonly sent: Sale[] = [];
  private merchantBefore = 0n;

  constructor(private readonly student: Student) {}

  async play(steps: readonly Step[]): Promise<void> {
    this.merchantBefore = await balanceOf(common.merchant, 'merchant');
    for (const each of steps) {
      this.model.tick(stepSeconds);
      await service.setTime(new Date(start + this.model.now * 1_000));
      await this.take(each);
    }
    this.model.tick(stepSeconds);
    await service.setTime(new Date(start + this.model.now * 1_000));
    await this.sweep();
    await this.compare();
  }

  private async take(each: Step): Promise<void> {
    if (each.do === 'fund') return this.fund(each.amount, each.endsIn);
    if ('amount' in each) return this.sell(each.amount, each.do === 'hold' ? holdSeconds : null);
    if (each.do === 'sweep') return this.sweep();
    if (each.do === 'wait') return;
    const index = each.which % Math.max(1, this.sent.length);
    const [sale, sent] = [this.model.sales[index], this.sent[index]];
    if (sale === undefined || sent === undefined) return;
    if (each.do === 'capture') return this.capture(sale, sent, each);
    if (each.do === 'reverse') return this.reverse(sale, sent);
    // A repeated request is no news to anybody.
    const again = await service.get(PaymentsStore).decide(sent);
    expect(again).toMatchObject({ outcome: 'known' });
  }

  private async fund(money: number, endsIn: number | null): Promise<void> {
    const until = endsIn === null ? null : this.model.now + endsIn * stepSeconds + stepSeconds / 2;
    this.model.fund(money, until);
    const day = until === null ? null : new Date(start + until * 1_000);
    await given.fund(this.student.card, BigInt(money), day);
  }

  private async sell(money: number, seconds: number | null): Promise<void> {
    const { phone, card } = this.student;
    const sequence = this.sent.length + 1;
    const sale: Sale = {
      ...common,
      orderNumber: till.number(),
      hash: randomBytes(32),
      sequence,
      shortNumber: shortNumber(till.code, sequence),
      purseKinds: ['subsidy', 'cash'],
      holdSeconds: seconds,
      amount: BigInt(money),
      occurredAt: service.clock.now(),
      payer: {
        card,
        credential: phone.credential,
        counter: BigInt(Math.floor(service.clock.unixSeconds() / 30) * 4),
        name: '张*',
      },
    };
    this.sent.push(sale);
    const expected = this.model.sell(money, seconds);
    const decision = await service.get(PaymentsStore).decide(sale);
    if (!('payment' in decision)) throw new Error(decision.outcome);
    expect(decision.payment.reason).toBe(expected);
    expect(decision.payment.state).toBe(this.model.sales.at(-1)?.state);
  }

  private async capture(
    sale: ModelSale,
    { orderNumber }: Sale,
    { share, isFinal }: { share: number; isFinal: boolean },
  ): Promise<void> {
    const money = Math.ceil((sale.amount - sale.captured) * share);
    const final = isFinal || money === 0;
    const captureNumber = till.number();
    const request = { terminal, orderNumber, captureNumber, amount: BigInt(money), final };
    const outcome = await service
      .get(CapturePayment)
      .capture(request)
      .then(({ state }) => state, codeOf);
    expect(outcome).toBe(this.model.capture(sale, money, final));
  }

  private async reverse(sale: ModelSale, { orderNumber }: Sale): Promise<void> {
    const { outcome } = await service.get(ReversePayment).reverse(till.id, orderNumber, 'timeout');
    expect(outcome).toBe(this.model.reverse(sale));
  }

  private async sweep(): Promise<void> {
    this.model.sweep();
    await service.runJob('end-expired-holds');
  }

  private async compare(): Promise<void> {
    const { card } = this.student;
    const { rows } = await service.owner.query<{
      until: string | null;
      balance: number;
      held: number;
    }>(
      `select extract(epoch from usable_until - $2)::int as until, balance::int, held::int
       from ledger.account_balance where owner = $1 and guarded order by usable_until nulls last`,
      [card.toString(), new Date(start)],
    );
    const byEnd = (a: { until: number | null }, b: { until: number | null }): number =>
      (a.until ?? 0) - (b.until ?? 0);
    const { cash, subsidies, merchant, spent } = this.model;
    expect(rows).toEqual([...[...subsidies].sort(byEnd), cash]);
    const earned = (await balanceOf(common.merchant, 'merchant')) - this.merchantBefore;
    expect(earned).toBe(BigInt(merchant));
    expect(await service.get(FindCard).spentToday(card)).toBe(BigInt(spent));
    expect(await brokenProofs(service)).toEqual([]);
  }
}

const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.code;
  throw error;
};

async function balanceOf(owner: bigint, kind: string): Promise<bigint> {
  const { rows } = await service.owner.query<{ balance: string }>(
    'select balance from ledger.account_balance where owner = $1 and kind = $2',
    [owner.toString(), kind],
  );
  return BigInt(rows[0]?.balance ?? 0);
}

it('keeps every fen through top-ups, sales, holds, captures, reversals and time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      await service.setTime(noon);
      await new Run(await given.student(0n)).play(steps);
    }),
    { numRuns: runs, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
  );
}, 60_000);
