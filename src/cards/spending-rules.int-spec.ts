/** The office sets what may be spent, and from which purses. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Given, type Student } from '../../test/support/given.js';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { noon, startService, type TestService } from '../../test/support/service.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';
import { OpenPurse } from './open-purse.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let head: Colleague;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  head = await givenColleague(service, 'head', ['administrator']);
  office = await givenColleague(service, 'office', ['cashier-office']);
});
afterAll(() => service.close());

const unlimited = {
  sale: null,
  mealAmount: null,
  mealCount: null,
  dayAmount: null,
  dayCount: null,
  monthAmount: null,
  monthCount: null,
};

const verdict = async (student: Student, amount: number): Promise<unknown> => {
  const { body } = await till.sell(student.phone.next(), amount);
  return body['reason'] ?? body['verdict'];
};

const mine = async ({ phone }: Student): Promise<Record<string, unknown>> => {
  const response = await fetch(`${service.url}/v1/me/card`, {
    headers: { authorization: `Bearer ${phone.signInToken}` },
  });
  return (await response.json()) as Record<string, unknown>;
};

describe("a group's limits", () => {
  it('are set by whoever sets the rules, and count for the very next sale', async () => {
    const student = await given.student(100_000n);
    expect(await verdict(student, 2_001)).toBe('approved');
    const limits = { ...unlimited, sale: 2_000, mealCount: 2 };
    expect(await office.put('spending-limits/student', limits)).toMatchObject({
      status: 403,
      body: { code: 'permission_missing' },
    });
    const { status, body } = await head.put('spending-limits/student', limits);
    expect([status, body['groups']]).toEqual([
      200,
      [
        { group: 'guest', limits: { ...unlimited, dayAmount: 20_000 } },
        { group: 'staff', limits: { ...unlimited, dayAmount: 100_000 } },
        { group: 'student', limits },
      ],
    ]);
    expect(await office.get('spending-limits')).toMatchObject({ status: 200, body });
    expect(await verdict(student, 2_001)).toBe('limit_sale');
    expect(await verdict(student, 2_000)).toBe('approved');
    expect(await verdict(student, 1)).toBe('limit_meal');
    const counted = { mealAmount: 4_001, mealCount: 2, dayAmount: 4_001, dayCount: 2 };
    const spent = { meal: 'lunch', ...counted, monthAmount: 4_001, monthCount: 2 };
    expect(await mine(student)).toMatchObject({ limits, spent, dayLimit: null, spentToday: 4_001 });
    await service.setTime('2026-11-22T06:00:00Z');
    const later = { ...spent, meal: null, mealAmount: 0, mealCount: 0 };
    expect((await office.get(`cards/${student.cardNumber}`)).body).toMatchObject({ spent: later });
    await service.setTime(noon);
    await head.put('spending-limits/student', { ...unlimited, dayAmount: 50_000 });
  });

  it('are refused for a group that is not there, and when a figure is missing or strange', async () => {
    expect((await head.put('spending-limits/nobody', unlimited)).body.code).toBe('group_unknown');
    for (const over of [{ sale: 0 }, { sale: '5' }, { sale: undefined }, { dayCount: 1.5 }])
      expect((await head.put('spending-limits/guest', { ...unlimited, ...over })).body.code).toBe(
        'malformed_request',
      );
  });
});

describe("a card's own limits", () => {
  it('go before those of its group, and go away again', async () => {
    const student = await given.student(100_000n);
    const set = (limits: Record<string, unknown>) =>
      office.put(`cards/${student.cardNumber}/limits`, limits);
    expect((await set({ ...unlimited, dayAmount: 60_000, sale: 55_000 })).body).toMatchObject({
      group: 'student',
      limits: { ...unlimited, dayAmount: 60_000, sale: 55_000 },
      ownLimits: { ...unlimited, dayAmount: 60_000, sale: 55_000 },
    });
    expect(await verdict(student, 50_000)).toBe('approved');
    expect(await verdict(student, 1)).toBe('approved');
    expect((await set(unlimited)).body).toMatchObject({
      limits: { dayAmount: 50_000 },
      ownLimits: unlimited,
    });
    expect(await verdict(student, 1)).toBe('limit_day');
    expect((await office.put('cards/99999999/limits', unlimited)).body.code).toBe('card_unknown');
  });
});

describe('the rules of purses', () => {
  const name = { zh: '面条券', en: 'noodles' };
  const anywhere = { name, placeKinds: null, places: null, meals: null };

  it('make a kind of purse that pays once the order of the group names it', async () => {
    const student = await given.student(1_000n);
    expect((await head.put('purse-rules/kinds/coupon-noodles', anywhere)).status).toBe(200);
    await given.fund(student.card, 300n, null, 'coupon-noodles');
    expect(await verdict(student, 1_001)).toBe('insufficient_funds');
    const kinds = ['coupon-noodles', 'cash'];
    const { body } = await head.put('purse-rules/orders/student', { kinds });
    expect(body['orders']).toContainEqual({ group: 'student', kinds });
    expect(await verdict(student, 1_001)).toBe('approved');
    expect(await mine(student)).toMatchObject({
      purses: [
        {
          kind: 'coupon-noodles',
          name,
          goodFor: { placeKinds: null, places: null, meals: null },
          balance: 0,
        },
        { kind: 'cash', name: { zh: '现金', en: 'cash' }, balance: 299 },
      ],
    });
    await head.put('purse-rules/orders/student', {
      kinds: ['subsidy-breakfast', 'subsidy', 'cash'],
    });
  });

  it('reach sales of somebody who moved to another group', async () => {
    const student = await given.student(100n);
    await given.fund(student.card, 100n, new Date(service.clock.nowMs() + 86_400_000));
    await head.put('purse-rules/orders/staff', { kinds: ['cash'] });
    await service.owner.query(
      `update cardholders.cardholder set group_code = 'staff' where id = $1`,
      [student.cardholder.toString()],
    );
    // A phone that nobody has seen yet is looked for anew, and whatever changed is read with it.
    const stranger = await given.student(0n);
    expect(await verdict(stranger, 1)).toBe('insufficient_funds');
    expect(await verdict(student, 101)).toBe('insufficient_funds');
    expect(await verdict(student, 100)).toBe('approved');
  });

  it.each([
    ['kinds/cash', { ...anywhere, meals: ['lunch'] }, 'purse_rule_wrong'],
    ['kinds/subsidy', { ...anywhere, meals: ['elevenses'] }, 'purse_rule_wrong'],
    ['kinds/subsidy', { ...anywhere, places: ['999999'] }, 'purse_rule_wrong'],
    ['kinds/subsidy', { ...anywhere, placeKinds: ['moon'] }, 'malformed_request'],
    ['kinds/subsidy', { ...anywhere, meals: [] }, 'malformed_request'],
    ['kinds/merchant', anywhere, 'malformed_request'],
    ['kinds/subsidy-expense', anywhere, 'malformed_request'],
    ['orders/student', { kinds: ['subsidy-tea', 'cash'] }, 'purse_rule_wrong'],
    ['orders/student', { kinds: ['cash', 'cash'] }, 'malformed_request'],
    ['orders/nobody', { kinds: ['cash'] }, 'group_unknown'],
  ])('are refused that cannot hold: %s %j', async (path, body, code) => {
    expect((await head.put(`purse-rules/${path}`, body)).body.code).toBe(code);
  });

  it('are read by the office and set by others', async () => {
    const { body } = await office.get('purse-rules');
    expect(body['kinds']).toContainEqual({
      code: 'subsidy-breakfast',
      name: { zh: '早餐补贴', en: 'breakfast subsidy' },
      placeKinds: ['canteen'],
      places: null,
      meals: ['breakfast'],
    });
    expect((await office.put('purse-rules/kinds/subsidy', anywhere)).body.code).toBe(
      'permission_missing',
    );
    expect((await office.put('purse-rules/orders/guest', { kinds: [] })).body.code).toBe(
      'permission_missing',
    );
  });

  it('know no purse of a kind that was never made', async () => {
    const { card } = await given.student(0n);
    await expect(
      service.inTransaction((tx) => service.get(OpenPurse).open(tx, card, 'merchant', null)),
    ).rejects.toMatchObject({ code: 'purse_kind_unknown' });
  });
});
