import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { startService, type TestService } from '../../test/support/service.js';
import { MealClock } from './domain/meal-clock.js';
import { FindMeals } from './find-meals.js';

let service: TestService;
let head: Colleague;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  head = await givenColleague(service, 'head', ['administrator']);
  office = await givenColleague(service, 'office', ['cashier-office']);
});
afterAll(() => service.close());

const period = (code: string, from: string, until: string) => ({
  code,
  name: { zh: '餐', en: code },
  from,
  until,
});

async function mealAt(at: string | Date): Promise<string | null> {
  const { rows } = await service.owner.query<{ meal: string | null }>(
    'select places.meal_at($1) as meal',
    [at],
  );
  return rows[0]?.meal ?? null;
}

async function setZone(zone: string): Promise<void> {
  await service.owner.query('update platform.campus set time_zone = $1', [zone]);
}

describe('meal periods', () => {
  it('are those of a campus that nobody has changed, told in campus time', async () => {
    expect([
      await mealAt('2026-11-21T22:29:59.999Z'),
      await mealAt('2026-11-21T22:30:00Z'),
      await mealAt('2026-11-22T01:29:59.999Z'),
      await mealAt('2026-11-22T01:30:00Z'),
      await mealAt('2026-11-22T04:00:00Z'),
      await mealAt('2026-11-22T12:30:00Z'),
    ]).toEqual([null, 'breakfast', 'breakfast', null, 'lunch', 'late-supper']);
  });

  it('are read by the office and set by whoever sets the rules, for the next sale', async () => {
    const before = await office.get('meal-periods');
    const codes = (before.body['periods'] as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(['breakfast', 'lunch', 'dinner', 'late-supper']);
    const periods = [period('lunch', '11:00', '13:00'), period('night', '13:00', '24:00')];
    expect(await office.put('meal-periods', { periods })).toMatchObject({
      status: 403,
      body: { code: 'permission_missing' },
    });
    expect(await head.put('meal-periods', { periods })).toMatchObject({
      status: 200,
      body: { periods },
    });
    expect([
      await mealAt('2026-11-22T00:00:00Z'),
      await mealAt('2026-11-22T05:00:00Z'),
      await mealAt('2026-11-22T15:59:59Z'),
      await mealAt('2026-11-22T16:00:00Z'),
    ]).toEqual([null, 'night', 'night', null]);
    expect(service.get(FindMeals).at(Date.parse('2026-11-22T05:00:00Z'))).toBe('night');
  });

  it('may move a border that they share', async () => {
    const set = (border: string) =>
      head.put('meal-periods', {
        periods: [period('lunch', '11:00', border), period('night', border, '24:00')],
      });
    expect([(await set('14:00')).status, (await set('12:00')).status]).toEqual([200, 200]);
  });

  it.each([
    ['overlap', [period('lunch', '11:00', '13:00'), period('tea', '12:59', '15:00')]],
    ['go over midnight', [period('night', '23:00', '01:00')]],
    ['are empty', [period('night', '23:00', '23:00')]],
    ['are named twice', [period('tea', '08:00', '09:00'), period('tea', '10:00', '11:00')]],
  ])('that %s are refused, and the database refuses them as well', async (_, periods) => {
    expect(await head.put('meal-periods', { periods })).toMatchObject({
      status: 422,
      body: { code: 'meal_periods_wrong' },
    });
    const rows = periods.map(
      ({ code, from, until }) => `('new-${code}', '', '', '${from}', '${until}')`,
    );
    await expect(
      service.owner.query(`insert into places.meal_period values ${rows.join()}`),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  });

  it('are the same in memory and in the database, in every zone and at every change of the clock', async () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'];
    const periods = [
      period('early', '01:30', '02:30'),
      period('late', '02:30', '03:15'),
      period('noon', '11:00', '13:00'),
    ];
    await head.put('meal-periods', { periods });
    // Around the ends of summer time in Berlin and New York, and anywhere in between.
    const instants = fc.oneof(
      ...['2026-03-08T07:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-11-01T06:00Z'].map(
        (change) =>
          fc.integer({ min: -7200, max: 7200 }).map((s) => Date.parse(change) + s * 1_000),
      ),
      fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zones), instants, async (zone, at) => {
        await setZone(zone);
        expect(new MealClock(periods, zone).at(at)).toBe(await mealAt(new Date(at)));
      }),
      { numRuns: 150 },
    );
    await setZone('Asia/Shanghai');
  });
});
