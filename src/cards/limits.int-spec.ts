/** Limits as tables in and tables out, and against a model of a few lines. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';

let copy: TestDatabase;
let owner: pg.Pool;
let cards = 0;

beforeAll(async () => {
  copy = await createTestDatabase();
  owner = new pg.Pool({ connectionString: copy.ownerUrl, max: 2 });
});
afterAll(async () => {
  await owner.end();
  await copy.drop();
});

type Figures = Partial<Record<string, number | string | null>>;

/** A card of a group without limits, with whatever figures of its own. */
async function card(figures: Figures = {}, group = 'guest'): Promise<string> {
  cards += 1;
  await owner.query(`update cards.group_limit set day_limit = null where group_code = 'guest'`);
  const { rows } = await owner.query<{ id: string }>(
    `with holder as (
       insert into cardholders.cardholder (number, name, group_code) values ($1, '张伟', $2) returning id)
     insert into cards.card (cardholder, number) select id, $1 from holder returning id`,
    [String(1_000_000 + cards), group],
  );
  const id = rows[0]?.id ?? '';
  for (const [name, value] of Object.entries(figures))
    await owner.query(`update cards.card set ${name} = $2 where id = $1`, [id, value]);
  return id;
}

type Window = { readonly day: string; readonly meal: string | null };
const lunch: Window = { day: '2026-11-22', meal: 'lunch' };

const check = async (card: string | null, amount: number, at: Window): Promise<string | null> =>
  (await checkAll([card], [amount], at))[0] ?? null;

async function checkAll(
  ids: (string | null)[],
  amounts: number[],
  { day, meal }: Window,
): Promise<(string | null)[]> {
  const { rows } = await owner.query<{ ord: number; reason: string | null }>(
    'select ord, reason from cards.check_spending($1, $2, $3, $4, platform.now()) order by ord',
    [ids, amounts, day, meal],
  );
  expect(rows.map(({ ord }) => ord)).toEqual(ids.map((_, at) => at + 1));
  return rows.map(({ reason }) => reason);
}

const count = (
  ids: (string | null)[],
  amounts: number[],
  { day, meal }: Window,
): Promise<unknown> =>
  owner.query('select cards.count_spending($1, $2, $3, $4, platform.now())', [
    ids,
    amounts,
    day,
    meal,
  ]);

const giveBack = (
  id: string,
  amount: number,
  { day, meal }: Window,
  isWhole: boolean,
): Promise<unknown> =>
  owner.query('select cards.give_back($1, $2, $3, $4, $5)', [id, amount, day, meal, isWhole]);

const counted = async (id: string): Promise<string> => {
  const { rows } = await owner.query<{ told: string }>(
    `select format('meal %s/%s day %s/%s month %s/%s', meal_amount, meal_count, spent_amount, spent_count,
       month_amount, month_count) as told from cards.card where id = $1`,
    [id],
  );
  return rows[0]?.told ?? '';
};

describe('check_spending', () => {
  it.each<[string, Figures, number, string | null]>([
    ['no limit at all', {}, 1_000_000_000, null],
    ['a sale of as much as it may cost', { sale_limit: 100 }, 100, null],
    ['a sale of more', { sale_limit: 100 }, 101, 'limit_sale'],
    ['the rest of a meal', { meal_limit: 150 }, 50, null],
    ['more than the rest of a meal', { meal_limit: 150 }, 51, 'limit_meal'],
    ['one more in a meal', { meal_count_limit: 2 }, 1, null],
    ['one too many in a meal', { meal_count_limit: 1 }, 1, 'limit_meal'],
    ['the rest of a day', { day_limit: 150 }, 50, null],
    ['more than the rest of a day', { day_limit: 150 }, 51, 'limit_day'],
    ['one too many in a day', { day_count_limit: 1 }, 1, 'limit_day'],
    ['the rest of a month', { month_limit: 150 }, 50, null],
    ['more than the rest of a month', { month_limit: 150 }, 51, 'limit_month'],
    ['one too many in a month', { month_count_limit: 1 }, 1, 'limit_month'],
    ['a frozen card', { status: 'frozen', sale_limit: 1 }, 2, 'card_frozen'],
  ])('after 100 at lunch judges %s', async (_, figures, amount, reason) => {
    const id = await card(figures);
    await count([id], [100], lunch);
    expect(await check(id, amount, lunch)).toBe(reason);
  });

  it('names the narrowest window first', async () => {
    const all = { sale_limit: 1, meal_limit: 1, day_limit: 1, month_limit: 1 };
    const reasons = [];
    const names = Object.keys(all);
    for (const at of names.keys())
      reasons.push(
        await check(await card(Object.fromEntries(names.slice(at).map((n) => [n, 1]))), 2, lunch),
      );
    expect(reasons).toEqual(['limit_sale', 'limit_meal', 'limit_day', 'limit_month']);
  });

  it('finds what was counted in another meal, day or month worth nothing', async () => {
    const id = await card({ meal_limit: 100, day_limit: 200, month_limit: 300 });
    await count([id], [100], lunch);
    expect(await check(id, 1, lunch)).toBe('limit_meal');
    const dinner = { ...lunch, meal: 'dinner' };
    expect(await check(id, 100, dinner)).toBe(null);
    await count([id], [100], dinner);
    expect(await check(id, 1, { ...lunch, meal: null })).toBe('limit_day');
    const tomorrow = { day: '2026-11-23', meal: 'lunch' };
    expect(await check(id, 100, tomorrow)).toBe(null);
    await count([id], [100], tomorrow);
    expect(await check(id, 1, { day: '2026-11-30', meal: null })).toBe('limit_month');
    expect(await check(id, 100, { day: '2026-12-01', meal: null })).toBe(null);
  });

  it('counts nothing towards a meal between meals, and keeps the meal before', async () => {
    const id = await card({ meal_limit: 100, meal_count_limit: 1 });
    await count([id], [100], lunch);
    expect(await check(id, 500, { ...lunch, meal: null })).toBe(null);
    await count([id], [500], { ...lunch, meal: null });
    expect(await check(id, 1, lunch)).toBe('limit_meal');
    // The next day's lunch is another one, even after a sale between meals.
    await count([id], [1], { day: '2026-11-23', meal: null });
    expect(await check(id, 100, { day: '2026-11-23', meal: 'lunch' })).toBe(null);
  });

  it("puts a card's own figure before its group's, be it lower or higher", async () => {
    await owner.query(
      `update cards.group_limit set day_limit = 1000, sale_limit = 500 where group_code = 'staff'`,
    );
    const own = await card({ day_limit: 2_000 }, 'staff');
    const strict = await card({ sale_limit: 10 }, 'staff');
    const plain = await card({}, 'staff');
    for (const id of [own, plain]) await count([id], [900], lunch);
    expect(await checkAll([own, plain, strict], [101, 101, 11], lunch)).toEqual([
      null,
      'limit_day',
      'limit_sale',
    ]);
    expect(await check(own, 501, lunch)).toBe('limit_sale');
  });

  it('judges a batch by position and passes over sales without a card', async () => {
    const id = await card({ sale_limit: 5 });
    expect(await checkAll([null, id, await card()], [9, 9, 9], lunch)).toEqual([
      null,
      'limit_sale',
      null,
    ]);
  });

  it('follows its cardholder to another group', async () => {
    const id = await card({}, 'guest');
    await owner.query(`update cards.group_limit set sale_limit = 7 where group_code = 'student'`);
    expect(await check(id, 8, lunch)).toBe(null);
    await owner.query(
      `update cardholders.cardholder set group_code = 'student'
       where id = (select cardholder from cards.card where id = $1)`,
      [id],
    );
    expect(await check(id, 8, lunch)).toBe('limit_sale');
    await owner.query(`update cards.group_limit set sale_limit = null`);
  });
});

describe('count_spending and give_back', () => {
  it('count by the row, and nothing for a sale that was declined', async () => {
    const [one, other] = [await card(), await card()];
    await count([one, null, other], [10, 20, 30], lunch);
    expect([await counted(one), await counted(other)]).toEqual([
      'meal 10/1 day 10/1 month 10/1',
      'meal 30/1 day 30/1 month 30/1',
    ]);
  });

  it('give back amount and sale of what was undone, and the amount of what was captured for less', async () => {
    const id = await card();
    await count([id], [100], lunch);
    await count([id], [70], lunch);
    await giveBack(id, 100, lunch, true);
    expect(await counted(id)).toBe('meal 70/1 day 70/1 month 70/1');
    await giveBack(id, 30, lunch, false);
    expect(await counted(id)).toBe('meal 40/1 day 40/1 month 40/1');
  });

  it.each<[string, Window, string]>([
    ['another meal', { ...lunch, meal: 'dinner' }, 'meal 7/1 day 7/1 month 7/1'],
    ['the time between meals', { ...lunch, meal: null }, 'meal 0/0 day 7/1 month 7/1'],
    ['the next day', { day: '2026-11-23', meal: 'lunch' }, 'meal 7/1 day 7/1 month 7/1'],
    ['the next month', { day: '2026-12-22', meal: 'lunch' }, 'meal 7/1 day 7/1 month 7/1'],
    [
      'the same day of next year',
      { day: '2027-11-22', meal: 'lunch' },
      'meal 7/1 day 7/1 month 7/1',
    ],
  ])('give back into windows that still run after a sale in %s', async (_, later, left) => {
    const id = await card();
    await count([id], [100], lunch);
    await count([id], [7], later);
    await giveBack(id, 100, lunch, true);
    expect(await counted(id)).toBe(left);
  });

  it('never count below nothing', async () => {
    const id = await card();
    await count([id], [5], lunch);
    await giveBack(id, 5, lunch, true);
    await giveBack(id, 5, lunch, true);
    expect(await counted(id)).toBe('meal 0/0 day 0/0 month 0/0');
  });

  it('leave the row where it is: no index knows a count', async () => {
    const { rows } = await owner.query<{ column: string }>(
      `select a.attname as column from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
       where i.indrelid = 'cards.card'::regclass order by 1`,
    );
    expect(rows.map(({ column }) => column)).toEqual(['cardholder', 'group_xid', 'id', 'number']);
  });
});

type Step =
  | { readonly do: 'sell'; readonly amount: number }
  | { readonly do: 'undo' | 'capture less'; readonly which: number }
  | { readonly do: 'next'; readonly window: 'meal' | 'day' | 'month' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      amount: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('undo' as const, 'capture less' as const),
      which: fc.nat({ max: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('next' as const),
      window: fc.constantFrom('meal' as const, 'day' as const, 'month' as const),
    }),
  },
);

type Sale = { readonly at: Window; amount: number };

const months = ['2026-10', '2026-11', '2026-12', '2027-01'];
const mealsOfADay = [null, 'breakfast', null, 'lunch', null];

/** Time in the model goes through the meals of a day, the last three days of a month, and four months. */
class Calendar {
  private meal = 0;
  private day = 0;
  private month = 0;

  move(window: 'meal' | 'day' | 'month'): void {
    if (window === 'meal' && this.meal + 1 < mealsOfADay.length) this.meal += 1;
    else if (window !== 'month' && this.day + 1 < 3) [this.day, this.meal] = [this.day + 1, 0];
    else if (this.month + 1 < months.length)
      [this.month, this.day, this.meal] = [this.month + 1, 0, 0];
  }

  get now(): Window {
    return { day: `${months[this.month]}-${28 + this.day}`, meal: mealsOfADay[this.meal] ?? null };
  }
}

const limits = { sale: 50, meal: [70, 2], day: [120, 4], month: [200, 6] } as const;

/** What the rules say, from the list of all sales that still count. */
function modelReason(sales: readonly Sale[], amount: number, now: Window): string | null {
  const exceeds = (
    [most, times]: readonly [number, number],
    of: (at: Window) => boolean,
  ): boolean => {
    const within = sales.filter(({ at }) => of(at));
    return (
      within.reduce((sum, each) => sum + each.amount, 0) + amount > most ||
      within.length + 1 > times
    );
  };
  const sameDay = (at: Window): boolean => at.day === now.day;
  if (amount > limits.sale) return 'limit_sale';
  if (now.meal !== null && exceeds(limits.meal, (at) => sameDay(at) && at.meal === now.meal))
    return 'limit_meal';
  if (exceeds(limits.day, sameDay)) return 'limit_day';
  const sameMonth = (at: Window): boolean => at.day.slice(0, 7) === now.day.slice(0, 7);
  return exceeds(limits.month, sameMonth) ? 'limit_month' : null;
}

it('limits are those of a list of all sales, whatever is sold, undone or captured for less, and when', async () => {
  const seen = new Set<string | null>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const id = await card({
        sale_limit: limits.sale,
        meal_limit: limits.meal[0],
        meal_count_limit: limits.meal[1],
        day_limit: limits.day[0],
        day_count_limit: limits.day[1],
        month_limit: limits.month[0],
        month_count_limit: limits.month[1],
      });
      const calendar = new Calendar();
      const sales: Sale[] = [];
      for (const each of steps) {
        const { now } = calendar;
        if (each.do === 'next') calendar.move(each.window);
        else if (each.do === 'sell') {
          const reason = await check(id, each.amount, now);
          expect(reason).toBe(modelReason(sales, each.amount, now));
          seen.add(reason);
          if (reason !== null) continue;
          await count([id], [each.amount], now);
          sales.push({ at: now, amount: each.amount });
        } else {
          const at = each.which % Math.max(1, sales.length);
          const sale = sales[at];
          if (sale === undefined) continue;
          const less = each.do === 'undo' ? sale.amount : Math.floor(sale.amount / 2);
          await giveBack(id, less, sale.at, each.do === 'undo');
          if (each.do === 'undo') sales.splice(at, 1);
          else sale.amount -= less;
        }
      }
    }),
    { numRuns: 60, seed: 20_261_122 },
  );
  expect(seen).toEqual(new Set(['limit_sale', 'limit_meal', 'limit_day', 'limit_month', null]));
});
