/** Whatever the rules, the purses and the amount: a sale draws what a model of a few lines says. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SetPurseRules } from '../../src/cards/set-purse-rules.js';
import type { PurseRule } from '../../src/cards/card.js';
import { FindPlaces } from '../../src/places/find-places.js';
import type { Place, PlaceKind } from '../../src/places/place.js';
import { brokenProofs, entered, Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

/** Few, with several sales each: what a run costs is its rules and its student. */
const runs = 16;
const dayMs = 86_400_000;
const codes = ['subsidy-one', 'subsidy-two', 'coupon-one', 'subsidy', 'cash'];
const meals = ['breakfast', 'lunch'];
/** In campus time: breakfast, between meals, lunch. */
const hours = [
  { at: 'T23:00:00Z', meal: 'breakfast' },
  { at: 'T02:00:00Z', meal: null },
  { at: 'T04:00:00Z', meal: 'lunch' },
];

let service: TestService;
let given: Given;
let tills: TestTerminal[];
let places: readonly Place[];
let day = Date.parse('2026-11-22T00:00:00Z');

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  tills = [
    await given.terminal('canteen', entered),
    await given.terminal('canteen', entered),
    await given.terminal('gym', entered),
  ];
  places = await service.get(FindPlaces).all();
  await service.owner.query('update cards.group_limit set day_limit = null');
});
afterAll(async () => {
  expect(await brokenProofs(service)).toEqual([]);
  await service.close();
});

type Rule = {
  readonly placeKinds: PlaceKind[] | null;
  /** Positions in `places`. */
  readonly places: number[] | null;
  readonly meals: string[] | null;
};
type Fund = { readonly code: string; readonly amount: number; readonly days: number | null };
type Sale = { readonly amount: number; readonly place: number; readonly hour: number };

const some = <Value>(...values: Value[]): fc.Arbitrary<Value[] | null> =>
  fc.option(fc.subarray(values, { minLength: 1 }), { freq: 2 });

const wish = fc.record({
  rules: fc.array(
    fc.record<Rule>({
      placeKinds: some<PlaceKind>('canteen', 'gym', 'dorm'),
      places: some(0, 1, 2),
      meals: some(...meals),
    }),
    { minLength: codes.length - 1, maxLength: codes.length - 1 },
  ),
  order: fc.shuffledSubarray(codes, { minLength: 3 }),
  funds: fc.array(
    fc.record<Fund>({
      code: fc.constantFrom(...codes),
      amount: fc.integer({ min: 1, max: 90 }),
      days: fc.constantFrom(null, 1, 2, 3),
    }),
    { minLength: 6, maxLength: 10 },
  ),
  sales: fc.array(
    fc.record<Sale>({
      amount: fc.integer({ min: 1, max: 100 }),
      place: fc.nat({ max: 2 }),
      hour: fc.nat({ max: hours.length - 1 }),
    }),
    { minLength: 4, maxLength: 7 },
  ),
});

const good = <Value>(list: readonly Value[] | null, value: Value | null): boolean =>
  list === null || (value !== null && list.includes(value));

type ModelPurse = Fund & { left: number; until: number };

function isGoodAt(
  { code }: ModelPurse,
  rules: Map<string, Rule>,
  { place, hour }: Pick<Sale, 'place' | 'hour'>,
): boolean {
  const rule = rules.get(code);
  return (
    rule === undefined ||
    (good(rule.placeKinds, places[place]?.kind ?? null) &&
      good(rule.places, place) &&
      good(rule.meals, hours[hour]?.meal ?? null))
  );
}

/** @returns the lines that pay, or null when the money that is good here does not suffice. */
function modelDraw(
  purses: ModelPurse[],
  { rules, order }: { rules: Map<string, Rule>; order: readonly string[] },
  { amount, place, hour }: Sale,
  now: number,
): string[] | null {
  const usable = purses
    .filter((purse) => isGoodAt(purse, rules, { place, hour }))
    .filter(({ code, until }) => order.includes(code) && until > now)
    .sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code) || a.until - b.until);
  if (usable.reduce((sum, { left }) => sum + left, 0) < amount) return null;
  const lines = [];
  let rest = amount;
  for (const purse of usable) {
    const part = Math.min(rest, purse.left);
    purse.left -= part;
    rest -= part;
    if (part > 0) lines.push(`${purse.code} ${purse.until} ${part}`);
  }
  return lines;
}

async function drawn(payment: string): Promise<string[]> {
  const { rows } = await service.owner.query<{ kind: string; until: Date | null; amount: string }>(
    `select s.kind, a.usable_until as until, -s.amount as amount
     from payments.payment p
     join ledger.statement s on s.entry = p.entry and s.owner = p.card and s.amount < 0
     join ledger.account a on a.id = s.account
     where p.id = $1 order by s.line`,
    [payment],
  );
  return rows.map(
    ({ kind, until, amount }) =>
      `${kind} ${until?.getTime() ?? Number.POSITIVE_INFINITY} ${amount}`,
  );
}

async function fund(student: Student, funds: readonly Fund[]): Promise<ModelPurse[]> {
  const purses = new Map<string, ModelPurse>();
  for (const each of funds) {
    const { code, amount, days } = each;
    const until = days === null || code === 'cash' ? null : new Date(day + days * dayMs);
    await given.fund(student.card, BigInt(amount), until, code);
    const key = `${code} ${until?.getTime()}`;
    const known = purses.get(key);
    if (known !== undefined) known.left += amount;
    else
      purses.set(key, {
        ...each,
        left: amount,
        until: until?.getTime() ?? Number.POSITIVE_INFINITY,
      });
  }
  return [...purses.values()];
}

it('a sale draws the purses that are good here and now, in the order of the group, or none', async () => {
  const seen = { approved: 0, declined: 0, severalKinds: 0, notGoodHere: 0 };
  const setting = service.get(SetPurseRules);
  await fc.assert(
    fc.asyncProperty(wish, async ({ rules, order, funds, sales }) => {
      const byCode = new Map(rules.map((rule, at) => [codes[at] ?? '', rule]));
      for (const [code, rule] of byCode) {
        const ids = rule.places?.map((at) => places[at]?.id ?? 0n) ?? null;
        await setting.setKind({
          code,
          name: { zh: code, en: code },
          ...rule,
          places: ids,
        } satisfies PurseRule);
      }
      await setting.setOrder('student', order);
      await service.setTime(new Date(day + 1_000));
      const student = await given.student(0n);
      const purses = await fund(student, funds);
      for (const sale of sales) {
        const { at, meal } = hours[sale.hour] ?? { at: '', meal: null };
        day += dayMs;
        // Breakfast of the next campus day begins in the evening of UTC's.
        const now = new Date(new Date(day).toISOString().slice(0, 10) + at);
        await service.setTime(now);
        const { body } = await tillAt(sale.place).sell(student.phone.next(), sale.amount);
        const lines = modelDraw(purses, { rules: byCode, order }, sale, now.getTime());
        expect([meal, body['reason'] ?? (await drawn(String(body['paymentId'])))]).toEqual([
          meal,
          lines ?? 'insufficient_funds',
        ]);
        seen[lines === null ? 'declined' : 'approved'] += 1;
        if (purses.some((purse) => purse.left > 0 && !isGoodAt(purse, byCode, sale)))
          seen.notGoodHere += 1;
        if (new Set(lines?.map((line) => line.split(' ')[0])).size > 1) seen.severalKinds += 1;
      }
      day += dayMs;
    }),
    { numRuns: runs, seed: 3, endOnFailure: true },
  );
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
});

function tillAt(place: number): TestTerminal {
  const till = tills[place];
  if (till === undefined) throw new Error('There is no such till.');
  return till;
}
