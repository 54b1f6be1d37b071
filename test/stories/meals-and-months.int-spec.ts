/** A campus pays for lunches, and limits what is spent at a meal and in a month. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FindPlaces } from '../../src/places/find-places.js';
import { brokenProofs, entered, Given, type Student } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let head: Colleague;
let canteen: TestTerminal;
let otherCanteen: TestTerminal;
let gym: TestTerminal;
let dorm: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  head = await givenColleague(service, 'head', ['administrator']);
  canteen = await given.canteen();
  otherCanteen = await given.canteen();
  gym = await given.terminal('gym', entered);
  dorm = await given.dorm();
});
afterAll(async () => {
  expect(await brokenProofs(service)).toEqual([]);
  await service.close();
});

const limits = {
  sale: null,
  mealAmount: null,
  mealCount: null,
  dayAmount: null,
  dayCount: null,
  monthAmount: null,
  monthCount: null,
};
const limitStudents = async (over: Partial<Record<keyof typeof limits, number>>): Promise<void> => {
  expect((await head.put('spending-limits/student', { ...limits, ...over })).status).toBe(200);
};

async function sell(till: TestTerminal, { phone }: Student, amount?: number): Promise<unknown> {
  const { body } = await till.sell(phone.next(), amount);
  return body['reason'] ?? body['verdict'];
}

/** What the last sale of a card took from which kind of purse. */
async function paidBy({ card }: Student): Promise<string[]> {
  const { rows } = await service.owner.query<{ line: string }>(
    `select s.kind || ' ' || -s.amount as line from ledger.statement s
     where s.owner = $1 and s.entry_kind = 'sale' and s.amount < 0 and s.entry = (
       select entry from payments.payment where card = $1 and entry is not null order by decided_at desc limit 1)
     order by s.line`,
    [card.toString()],
  );
  return rows.map(({ line }) => line);
}

describe('a subsidy for lunch at one canteen', () => {
  it('pays there and then, before the general subsidy, and the payer’s own money last', async () => {
    const places = await service.get(FindPlaces).all();
    const id = String(places[0]?.id);
    await head.put('purse-rules/kinds/subsidy-lunch', {
      name: { zh: '午餐补贴', en: 'lunch subsidy' },
      placeKinds: null,
      places: [id],
      meals: ['lunch'],
    });
    await head.put('purse-rules/orders/student', { kinds: ['subsidy-lunch', 'subsidy', 'cash'] });
    const student = await given.student(10_000n);
    const [soon, later] = [2, 9].map((days) => new Date(service.clock.nowMs() + days * 86_400_000));
    await given.fund(student.card, 200n, later, 'subsidy-lunch');
    await given.fund(student.card, 100n, soon, 'subsidy-lunch');
    await given.fund(student.card, 300n, soon);

    expect(await sell(canteen, student, 150)).toBe('approved');
    expect(await paidBy(student)).toEqual(['subsidy-lunch 100', 'subsidy-lunch 50']);
    expect(await sell(otherCanteen, student, 100)).toBe('approved');
    expect(await paidBy(student)).toEqual(['subsidy 100']);
    expect(await sell(gym, student, 100)).toBe('approved');
    expect(await paidBy(student)).toEqual(['cash 100']);
    // Dinner: the lunch money rests.
    await service.setTime('2026-11-22T09:00:00Z');
    expect(await sell(canteen, student, 250)).toBe('approved');
    expect(await paidBy(student)).toEqual(['subsidy 200', 'cash 50']);
    await service.setTime('2026-11-23T04:00:00Z');
    expect(await sell(canteen, student, 200)).toBe('approved');
    expect(await paidBy(student)).toEqual(['subsidy-lunch 150', 'cash 50']);
  });

  it('goes back to where it came from, even when it is no longer lunch', async () => {
    const student = await given.student(100n);
    await given.fund(student.card, 200n, null, 'subsidy-lunch');
    const draft = canteen.draft(student.phone.next(), 250);
    await canteen.post(draft);
    await service.setTime('2026-11-23T06:00:00Z');
    expect((await canteen.reverse(draft.orderNumber)).body['outcome']).toBe('reversed');
    const { rows } = await service.owner.query<{ told: string }>(
      `select kind || ' ' || balance as told from ledger.account where owner = $1 and guarded order by kind`,
      [student.card.toString()],
    );
    expect(rows.map(({ told }) => told)).toEqual(['cash 100', 'subsidy-lunch 200']);
  });
});

describe('a limit of a meal', () => {
  it('starts anew with the next meal, and says so', async () => {
    await service.setTime('2026-11-23T04:00:00Z');
    await limitStudents({ mealCount: 1 });
    const student = await given.student(10_000n);
    expect(await sell(canteen, student, 100)).toBe('approved');
    const { body } = await canteen.sell(student.phone.next(), 100);
    expect([body['verdict'], body['reason'], body['message']]).toEqual([
      'declined',
      'limit_meal',
      expect.objectContaining({ zh: expect.stringContaining('本餐') }),
    ]);
    // Between meals it does not count, and dinner is another meal.
    await service.setTime('2026-11-23T06:00:00Z');
    expect(await sell(gym, student, 100)).toBe('approved');
    await service.setTime('2026-11-23T09:00:00Z');
    expect(await sell(canteen, student, 100)).toBe('approved');
    expect(await sell(canteen, student, 100)).toBe('limit_meal');
  });

  it('is given back by a reversal within the meal, and not into the next one', async () => {
    const student = await given.student(10_000n);
    await service.setTime('2026-11-24T04:00:00Z');
    const [first, second] = [0, 0].map(() => canteen.draft(student.phone.next(), 100));
    if (first === undefined || second === undefined) throw new Error('There are no drafts.');
    await canteen.post(first);
    await canteen.reverse(first.orderNumber);
    expect((await canteen.post(second)).body['verdict']).toBe('approved');
    await service.setTime('2026-11-24T09:00:00Z');
    expect(await sell(canteen, student, 100)).toBe('approved');
    // Lunch is undone during dinner: dinner has had its sale all the same.
    await canteen.reverse(second.orderNumber);
    expect(await sell(canteen, student, 100)).toBe('limit_meal');
  });
});

describe('a limit of a month', () => {
  it('ends with the month on campus, not with the one of the server', async () => {
    await limitStudents({ monthAmount: 1_000 });
    const student = await given.student(10_000n);
    await service.setTime('2026-11-30T15:59:00Z');
    expect(await sell(canteen, student, 1_000)).toBe('approved');
    expect(await sell(canteen, student, 1)).toBe('limit_month');
    await service.setTime('2026-11-30T16:00:00Z');
    expect(await sell(canteen, student, 1_000)).toBe('approved');
    expect(await sell(canteen, student, 1)).toBe('limit_month');
  });

  it('counts a hold in full, in the month in which it was placed, and what was not used goes back there', async () => {
    await limitStudents({ monthAmount: 700, monthCount: 3 });
    await service.setTime('2026-12-31T15:55:00Z');
    const student = await given.student(10_000n);
    const draft = dorm.draft(student.phone.next());
    expect((await dorm.post(draft)).body['state']).toBe('held');
    expect(await sell(canteen, student, 201)).toBe('limit_month');
    expect((await dorm.capture(draft.orderNumber, 137)).status).toBe(200);
    expect(await sell(canteen, student, 564)).toBe('limit_month');
    expect(await sell(canteen, student, 563)).toBe('approved');

    const late = dorm.draft(student.phone.next());
    await limitStudents({ monthAmount: 1_200, monthCount: 3 });
    expect((await dorm.post(late)).body['state']).toBe('held');
    await service.setTime('2026-12-31T16:01:00Z');
    expect(await sell(canteen, student, 700)).toBe('approved');
    // December's hold ends in January, and January's count stays as it is.
    expect((await dorm.capture(late.orderNumber, 0)).body['state']).toBe('released');
    expect(await sell(canteen, student, 501)).toBe('limit_month');
    expect(await sell(canteen, student, 500)).toBe('approved');
  });
});
