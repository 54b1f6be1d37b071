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

/** Some seconds; a slow machine stops in between and has proved less. RUNS asks for more, and waits for it. */
const wanted = process.env['RUNS'];
const runs = wanted === undefined ? 30 : Number(wanted);
const limits =
  wanted === undefined ? { interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false } : {};
/** Each costs as much as several of the others. */
const runsOfSeveral = wanted === undefined ? 8 : runs;
const testMs = wanted === undefined ? 180_000 : 3_600_000;
const stepSeconds = 30;
const holdSeconds = 105;
const dayLimit = 50_000;
const start = Date.parse(noon);

let service: TestService;
let other: TestService;
let given: Given;
let till: TestTerminal;
let common: Pick<Sale, 'place' | 'merchant' | 'merchantAccount' | 'terminal' | 'keyGeneration'>;
let terminal: Terminal;

beforeAll(async () => {
  service = await startService();
  other = await startService({ beside: service });
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
afterAll(async () => {
  await other.close();
  await service.close();
});

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
  readonly model = new CardModel(dayLimit);
  private readonly sent: Sale[] = [];

  constructor(
    private readonly student: Student,
    /** The process of the service that the card's requests go to. */
    private readonly service: TestService,
  ) {}

  async take(each: Step): Promise<void> {
    if (each.do === 'fund') return this.fund(each.amount, each.endsIn);
    if ('amount' in each) return this.sell(each.amount, each.do === 'hold' ? holdSeconds : null);
    if (each.do === 'sweep' || each.do === 'wait') return;
    const index = each.which % Math.max(1, this.sent.length);
    const [sale, sent] = [this.model.sales[index], this.sent[index]];
    if (sale === undefined || sent === undefined) return;
    if (each.do === 'capture') return this.capture(sale, sent, each);
    if (each.do === 'reverse') return this.reverse(sale, sent);
    // A repeated request is no news to anybody.
    const again = await this.service.get(PaymentsStore).decide(sent);
    expect(again).toMatchObject({ outcome: 'known' });
  }

  private async fund(money: number, endsIn: number | null): Promise<void> {
    const until = endsIn === null ? null : this.model.now + endsIn * stepSeconds + stepSeconds / 2;
    this.model.fund(money, until);
    const day = until === null ? null : new Date(start + until * 1_000);
    await given.fund(this.student.card, BigInt(money), day);
  }

  private lastCounter = 0;

  private async sell(money: number, seconds: number | null): Promise<void> {
    const { phone, card } = this.student;
    const sequence = this.sent.length + 1;
    // On a slow machine two sales may fall into one step: a phone never shows a counter twice.
    const counter = Math.max(
      Math.floor(service.clock.unixSeconds() / 30) * 4,
      this.lastCounter + 1,
    );
    this.lastCounter = counter;
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
        counter: BigInt(counter),
        generation: 0,
        name: '张*',
      },
    };
    this.sent.push(sale);
    const expected = this.model.sell(money, seconds);
    const decision = await this.service.get(PaymentsStore).decide(sale);
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
    const terminalKey = { terminal, generation: 1 };
    const request = { terminalKey, orderNumber, captureNumber, amount: BigInt(money), final };
    const outcome = await this.service
      .get(CapturePayment)
      .capture(request)
      .then(({ state }) => state, codeOf);
    expect(outcome).toBe(this.model.capture(sale, money, final));
  }

  private async reverse(sale: ModelSale, { orderNumber }: Sale): Promise<void> {
    const { outcome } = await this.service
      .get(ReversePayment)
      .reverse({ terminal, generation: 1 }, orderNumber, 'timeout');
    expect(outcome).toBe(this.model.reverse(sale));
  }

  async compare(): Promise<void> {
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
    const { cash, subsidies, spent } = this.model;
    expect(rows).toEqual([...[...subsidies].sort(byEnd), cash]);
    expect((await service.get(FindCard).spent(card)).dayAmount).toBe(BigInt(spent));
  }
}

/** Step by step: the cards side by side, each card's own steps one after another, and sweeps between the steps. */
async function play(all: readonly Run[], steps: readonly (readonly Step[])[]): Promise<void> {
  const before = await balanceOf(common.merchant, 'merchant');
  const length = Math.max(...steps.map((own) => own.length));
  for (let at = 0; at < length; at += 1) {
    await passTime(all);
    if (steps.some((own) => own[at]?.do === 'sweep')) await sweep(all);
    await Promise.all(all.map((run, card) => run.take(steps[card]?.[at] ?? { do: 'wait' })));
  }
  await passTime(all);
  await sweep(all);
  for (const run of all) await run.compare();
  const earned = (await balanceOf(common.merchant, 'merchant')) - before;
  expect(earned).toBe(all.reduce((sum, { model }) => sum + BigInt(model.merchant), 0n));
  expect(await brokenProofs(service)).toEqual([]);
}

async function passTime(all: readonly Run[]): Promise<void> {
  for (const { model } of all) model.tick(stepSeconds);
  await service.setTime(new Date(start + (all[0]?.model.now ?? 0) * 1_000));
  await other.clock.settle();
}

async function sweep(all: readonly Run[]): Promise<void> {
  for (const { model } of all) model.sweep();
  await service.runJob('end-expired-holds');
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

async function backToNoon(): Promise<void> {
  await service.setTime(noon);
  await other.clock.settle();
}

const stepsOfOneCard = fc.array(step, { minLength: 8, maxLength: 24 });

it(
  'keeps every fen through top-ups, sales, holds, captures, reversals and time',
  async () => {
    await fc.assert(
      fc.asyncProperty(stepsOfOneCard, async (steps) => {
        await backToNoon();
        await play([new Run(await given.student(0n), service)], [steps]);
      }),
      { numRuns: runs, ...limits },
    );
  },
  testMs,
);

it(
  'keeps every fen of several cards at once, in whatever batches and processes they meet',
  async () => {
    const steps = fc.array(step, { minLength: 6, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 4 }), async (each) => {
        await backToNoon();
        const cards: Run[] = [];
        for (const card of each.keys())
          cards.push(new Run(await given.student(0n), card % 2 === 0 ? service : other));
        await play(cards, each);
      }),
      { numRuns: runsOfSeveral },
    );
  },
  testMs,
);
