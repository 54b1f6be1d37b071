/** Who is served where and at which price; visitors pay by invitation, and a host has two family cards at most. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { FindCard } from '../../src/cards/find-card.js';
import { fixed, Given, brokenProofs } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import { TestPhone } from '../support/test-phone.js';
import type { TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let office: Colleague;
let numbers = 0;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'keeper', ['administrator']);
});
afterAll(() => service.close());

const placeOf = async ({ id }: TestTerminal): Promise<string> => {
  const { rows } = await service.owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [id.toString()],
  );
  return rows[0]?.place ?? '';
};

const price = async (till: TestTerminal, rules: Record<string, unknown>) =>
  office.put(`places/${await placeOf(till)}/prices`, { serves: null, prices: [], ...rules });

const hostNumber = async (): Promise<string> => {
  numbers += 1;
  const number = `T${numbers}`;
  await service.inTransaction((tx) =>
    service.get(RegisterCardholder).register(tx, { number, name: '李老师', group: 'staff' }),
  );
  return number;
};

/** Registered by the office: family without an invitation. */
async function guest(host: string, invitation?: Record<string, unknown>) {
  numbers += 1;
  const cardNumber = `77${String(numbers).padStart(6, '0')}`;
  const number = `V-${numbers}`;
  const body = { number, name: '王访客', cardNumber, host, ...(invitation && { invitation }) };
  const { status, body: answer } = await office.post('guests', body);
  if (status !== 201) return { status, code: answer.code };
  const { id: card } = await service.get(FindCard).byNumber(cardNumber);
  await given.fund(card, 10_000n);
  const { token } = await service
    .get(IssueEnrolmentLink)
    .issue(BigInt(String(answer['cardholderId'])));
  return { status, cardNumber, phone: await TestPhone.enrol(service, token) };
}

/** Today, from nine to five, everywhere. */
const today = {
  places: null,
  startsAt: '2026-11-21T16:00:00.000Z',
  endsAt: '2026-11-22T16:00:00.000Z',
  hours: { from: '09:00', until: '17:00' },
};

describe('a window for one group', () => {
  it('serves nobody else: the verdict is kept, and the code is used up', async () => {
    const till = await given.canteen();
    expect((await price(till, { serves: ['staff'] })).body).toMatchObject({ serves: ['staff'] });
    const student = await given.student(5_000n);
    const draft = till.draft(student.phone.codeOf(0), 700);
    const refused = await till.post(draft);
    expect(refused.body).toMatchObject({
      verdict: 'declined',
      reason: 'group_not_served',
      message: { zh: '此处不对该人群开放' },
      cardholder: { maskedName: expect.any(String) },
    });
    expect((await till.post(draft)).body).toEqual(refused.body);
    await price(till, { serves: null });
    expect((await till.sell(student.phone.codeOf(0), 700)).body['reason']).toBe('code_used');
    expect((await till.sell(student.phone.codeOf(0, 1), 700)).body['verdict']).toBe('approved');
    expect(await student.balance()).toBe(4_300n);
  });
});

describe('a fixed price', () => {
  it('is that of the meal and of the group, to the second', async () => {
    const till = await given.terminal('canteen', fixed);
    const set = await price(till, {
      prices: [
        { meal: 'lunch', group: null, amount: 800 },
        { meal: 'lunch', group: 'guest', amount: 2_000 },
      ],
    });
    expect(set.body).toMatchObject({ tariff: { amount: 300, prices: [{}, {}] } });
    const settings = await till.send('GET', '/v1/terminal-settings');
    expect(settings.body).toMatchObject({
      tariff: {
        type: 'fixed',
        amount: 300,
        prices: [{ meal: 'lunch', group: null, amount: 800 }, {}],
      },
    });
    const student = await given.student(5_000n);
    const visitor = await guest(await hostNumber(), today);
    const paid = async (phone: TestPhone | undefined): Promise<unknown> =>
      (await till.sell(phone?.codeOf(0) ?? '')).body['amount'];
    await service.setTime('2026-11-22T05:29:59Z');
    expect([await paid(student.phone), await paid(visitor.phone)]).toEqual([800, 2_000]);
    await service.setTime('2026-11-22T05:30:30Z');
    expect([await paid(student.phone), await paid(visitor.phone)]).toEqual([300, 300]);
    await service.setTime('2026-11-22T05:31:00Z');
  });

  it('by meal is refused where the cashier enters it, for a meal that is none, and twice', async () => {
    const prices = [{ meal: 'lunch', group: null, amount: 800 }];
    const entered = await given.canteen();
    expect((await price(entered, { prices })).body.code).toBe('prices_need_fixed_tariff');
    const till = await given.terminal('canteen', fixed);
    const brunch = [{ meal: 'brunch', group: null, amount: 800 }];
    expect((await price(till, { prices: brunch })).body.code).toBe('meal_unknown');
    expect((await price(till, { prices: [...prices, ...prices] })).body.code).toBe(
      'price_given_twice',
    );
    const none = [{ meal: null, group: null, amount: 800 }];
    expect((await price(till, { prices: none })).body.code).toBe('malformed_request');
    expect((await office.put('places/999999/prices', { serves: null, prices })).body.code).toBe(
      'place_not_found',
    );
  });
});

describe('a visitor', () => {
  it('pays in the hours and at the places of the invitation, until it is withdrawn', async () => {
    const [canteen, other] = [await given.canteen(), await given.canteen()];
    const visitor = await guest(await hostNumber(), {
      ...today,
      places: [await placeOf(canteen)],
    });
    const { phone, cardNumber } = visitor;
    const verdict = async (till: TestTerminal, slot: number): Promise<unknown> => {
      const { body } = await till.sell(phone?.codeOf(0, slot) ?? '', 100);
      return body['reason'] ?? body['verdict'];
    };
    expect([await verdict(canteen, 0), await verdict(other, 1)]).toEqual([
      'approved',
      'not_invited',
    ]);
    await service.setTime('2026-11-22T09:00:01Z');
    expect(await verdict(canteen, 0)).toBe('not_invited');
    const invited = await office.post(`cards/${cardNumber}/invitations`, { ...today, hours: null });
    expect(invited.status).toBe(201);
    expect(await verdict(other, 1)).toBe('approved');
    const [newest] = (await office.get(`cards/${cardNumber}/invitations`)).body as unknown as {
      id: string;
    }[];
    const path = `cards/${cardNumber}/invitations/${newest?.id ?? ''}/withdrawal`;
    expect((await office.post(path)).status).toBe(204);
    expect(await verdict(other, 2)).toBe('not_invited');
    expect((await office.post(`cards/${cardNumber}/invitations/999999/withdrawal`)).body.code).toBe(
      'invitation_unknown',
    );
    expect(await brokenProofs(service)).toEqual([]);
  });

  it('comes in at a gate by invitation, too', async () => {
    const gate = await given.terminal('gym', fixed);
    const rules = [{ group: 'guest', from: '00:00', until: '24:00', charge: 'free' }];
    const gateRules = { passback: 'soft', opens: '00:00', closes: '24:00', hasSensor: true };
    await office.put(`gates/${await placeOf(gate)}`, { ...gateRules, forgottenAmount: 0, rules });
    const [here, elsewhere] = [await placeOf(gate), '1'];
    const enter = async (place: string, isSigned = false): Promise<unknown> => {
      const now = service.clock.nowMs();
      const [startsAt, endsAt] = [now - 60_000, now + 3_600_000].map((at) =>
        new Date(at).toISOString(),
      );
      const invitation = { places: [place], startsAt, endsAt, hours: null };
      const { phone } = await guest(await hostNumber(), invitation);
      if (isSigned) await phone?.prepareOffline();
      const signed = isSigned && { instrument: { type: 'signed_qr', text: phone?.signedQr() } };
      const changes = { direction: 'entry', ...signed };
      const { body } = gate.draft(phone?.codeOf(0) ?? '', undefined, changes);
      const answer = await gate.send('POST', '/v1/passages', body);
      return answer.body['reason'] ?? answer.body['verdict'];
    };
    expect([await enter(here), await enter(elsewhere)]).toEqual(['approved', 'not_invited']);
    // Certificates of guests open no gates, unless the campus says so.
    expect(await enter(here, true)).toBe('not_for_gates');
    const flags = `update payment_codes.limit_class set flags = $1 where group_code = 'guest'`;
    await service.owner.query(flags, [1]);
    expect(await enter(here, true)).toBe('approved');
    expect(await enter(elsewhere, true)).toBe('not_invited');
    await service.owner.query(flags, [0]);
  });

  it('is invited in an order of time, and nobody but a guest is', async () => {
    const visitor = await guest(await hostNumber(), today);
    const path = `cards/${visitor.cardNumber ?? ''}/invitations`;
    const backwards = { ...today, endsAt: today.startsAt };
    expect((await office.post(path, backwards)).body.code).toBe('invitation_wrong');
    const student = await given.student(0n);
    expect((await office.post(`cards/${student.cardNumber}/invitations`, today)).body.code).toBe(
      'card_is_no_guests',
    );
  });
});

describe('family', () => {
  it('pays like anybody else, two cards for each host at most', async () => {
    const host = await hostNumber();
    const [first, second] = [await guest(host), await guest(host)];
    const till = await given.canteen();
    expect((await till.sell(first.phone?.codeOf(0) ?? '', 100)).body['verdict']).toBe('approved');
    expect(await guest(host)).toEqual({ status: 409, code: 'family_complete' });
    expect((await guest(host, today)).status).toBe(201);
    expect(second.status).toBe(201);
    expect(await guest('nobody')).toEqual({ status: 422, code: 'host_unknown' });
  });

  it('of one host that is registered by two clerks at once still gets two seats', async () => {
    const host = await hostNumber();
    await guest(host);
    const both = await Promise.all([guest(host), guest(host)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });
});
