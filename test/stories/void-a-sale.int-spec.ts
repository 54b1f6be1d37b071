/** The cashier takes a mistake back: soon, in the same shift, and above an amount with a supervisor. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { settlementProofs } from '../../src/settlement/prove-settlement.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { ask } from '../support/ask.js';
import { brokenProofs, Given, type Student } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

const pin = '407291';

let service: TestService;
let given: Given;
let till: TestTerminal;
let other: TestTerminal;
let shower: TestTerminal;
let office: Colleague;
let supervisor: Colleague;
let place: string;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  other = await given.canteen();
  shower = await given.dorm();
  office = await givenColleague(service, 'wang.li', ['administrator']);
  supervisor = await givenColleague(service, 'li.na', ['cashier-office']);
  const settings = await till.send('GET', '/v1/terminal-settings');
  place = (settings.body['place'] as { id: string }).id;
  await office.put(`members/${supervisor.id}/supervisor`, { tillNumber: '101', pin });
}, 60_000);
beforeEach(() => service.setTime(noon));
afterEach(async () => {
  expect(await brokenProofs(service)).toEqual([]);
  const proofs = await proveWith(settlementProofs, service.database);
  expect(proofs.filter(({ broken }) => broken !== 0n)).toEqual([]);
});
afterAll(() => service.close());

type Sold = { student: Student; orderNumber: string; answer: Answer };

async function sold(amount = 1_250, by = till, cash = 20_000n): Promise<Sold> {
  const student = await given.student(cash);
  const draft = by.draft(student.phone.next(), amount === 0 ? undefined : amount);
  return { student, orderNumber: draft.orderNumber, answer: await by.post(draft) };
}

const told = ({ status, body }: Answer): unknown[] => [
  status,
  body.code ?? body['outcome'],
  body['returned'],
];

const supervise = (by = till, typed = { supervisor: '101', pin }): Promise<Answer> =>
  by.send('POST', '/v1/supervisions', typed);

const word = async (by = till): Promise<string> =>
  String((await supervise(by)).body['supervision']);

const report = (by: TestTerminal, body: Record<string, unknown>): Promise<Answer> =>
  by.send('POST', '/v1/shifts', { shiftNumber: by.number(), ...body });

const iso = (): string => service.clock.now().toISOString();

describe('a void', () => {
  it('gives the sale back to its purses and limits, under a number of its own', async () => {
    const { student, orderNumber, answer } = await sold();
    const voidNumber = till.number();
    const voided = await till.void(orderNumber, { voidNumber });
    expect([voided.signed, ...told(voided)]).toEqual(['bound', 200, 'voided', 1_250]);
    expect(voided.body).toMatchObject({ voidNumber, orderNumber });
    expect(await student.balance()).toBe(20_000n);
    expect((await till.find(orderNumber)).body).toMatchObject({ state: 'reversed' });
    // The same bytes again, another void of the sale, and a terminal that was unsure.
    expect((await till.void(orderNumber, { voidNumber })).text).toBe(voided.text);
    expect(told(await till.void(orderNumber))).toEqual([200, 'already_voided', 1_250]);
    expect(told(await till.reverse(orderNumber))).toEqual([200, 'already_reversed', 1_250]);
    expect(await student.balance()).toBe(20_000n);
    const { rows } = await service.owner.query(
      `select payload->>'by' as by, payload->'amount' as amount from platform.outbox
       where type = 'payment.reversed' and payload->>'payment' = $1`,
      [answer.body['paymentId']],
    );
    expect(rows).toEqual([{ by: 'cashier', amount: 1_250 }]);
    const { body } = await office.get('payments?date=2026-11-22');
    expect(body['payments']).toContainEqual(
      expect.objectContaining({ orderNumber, state: 'reversed', takenBackBy: 'cashier' }),
    );
    const own = await ask(`${service.url}/v1/me/payments`, { token: student.phone.signInToken });
    expect(own.body['payments']).toEqual([
      expect.objectContaining({
        takenBackBy: 'cashier',
        message: {
          zh: '收银员已撤销，款项已退回',
          en: 'The cashier took it back; the money was returned',
        },
      }),
    ]);
  });

  it('has a number that is used once: for no other void and for no sale', async () => {
    const [first, second] = [await sold(), await sold()];
    const voidNumber = till.number();
    await till.void(first.orderNumber, { voidNumber });
    const reused = [409, 'order_number_reused', undefined];
    expect(told(await till.void(second.orderNumber, { voidNumber }))).toEqual(reused);
    expect(told(await till.void(second.orderNumber, { voidNumber: second.orderNumber }))).toEqual(
      reused,
    );
    const { code } = { code: second.student.phone.next() };
    const late = till.draft(code, 100, { orderNumber: voidNumber });
    expect(told(await till.post(late))).toEqual([409, 'order_number_reversed', undefined]);
    expect(await second.student.balance()).toBe(18_750n);
  });

  it('is none of the reasons of a reversal', async () => {
    const { orderNumber, student } = await sold();
    expect(told(await till.reverse(orderNumber, 'cashier'))[1]).toBe('malformed_request');
    expect(await student.balance()).toBe(18_750n);
  });

  it("is for a sale of the terminal's own that arrived", async () => {
    const { orderNumber, student } = await sold();
    const unknown = [404, 'order_unknown', undefined];
    expect(told(await other.void(orderNumber))).toEqual(unknown);
    expect(told(await till.void(till.number()))).toEqual(unknown);
    const barred = till.number();
    await till.reverse(barred);
    expect(told(await till.void(barred))).toEqual([409, 'order_number_reversed', undefined]);
    expect(await student.balance()).toBe(18_750n);
  });

  it('finds what was declined, reversed or refunded as it stands', async () => {
    const declined = await sold(1_250, till, 0n);
    expect(told(await till.void(declined.orderNumber))).toEqual([200, 'was_declined', 0]);
    const reversed = await sold();
    await till.reverse(reversed.orderNumber);
    expect(told(await till.void(reversed.orderNumber))).toEqual([200, 'already_reversed', 1_250]);
    const refunded = await sold();
    await refund(refunded, 250);
    expect(told(await till.void(refunded.orderNumber))).toEqual([200, 'voided', 1_000]);
    expect(await refunded.student.balance()).toBe(20_000n);
  });

  it('comes within the minutes of the place', async () => {
    const { orderNumber, student } = await sold();
    await office.patch(`places/${place}`, { voids: { minutes: 3, supervisorAbove: 5_000 } });
    await service.passTime(181);
    const late = await till.void(orderNumber);
    expect(told(late)).toEqual([409, 'void_too_late', undefined]);
    expect(late.body).toMatchObject({ effect: 'done', retryable: false });
    await office.patch(`places/${place}`, { voids: { minutes: 10, supervisorAbove: 5_000 } });
    expect(told(await till.void(orderNumber))).toEqual([200, 'voided', 1_250]);
    expect(await student.balance()).toBe(20_000n);
  });

  it('comes in the shift of the sale, before a report or an opening ends it', async () => {
    const before = await sold();
    await service.passTime(5);
    await report(till, {
      openedAt: noon,
      closedAt: iso(),
      sales: { count: 1, amount: 1_250 },
      reversals: { count: 0, amount: 0 },
    });
    expect(told(await till.void(before.orderNumber))).toEqual([409, 'void_too_late', undefined]);
    const inNext = await sold();
    expect(told(await till.void(inNext.orderNumber))).toEqual([200, 'voided', 1_250]);
    const last = await sold();
    await service.passTime(5);
    await till.send('POST', '/v1/shift-openings', { shiftNumber: till.number(), openedAt: iso() });
    expect(told(await till.void(last.orderNumber))).toEqual([409, 'void_too_late', undefined]);
    await service.setTime('2026-11-22T05:00:00Z');
    await settle();
  });

  it('is no business of a place where nobody stands', async () => {
    const held = shower.draft((await given.student(1_000n)).phone.next());
    await shower.post(held);
    expect(told(await shower.void(held.orderNumber))).toEqual([
      409,
      'void_not_attended',
      undefined,
    ]);
    const { body } = await shower.send('GET', '/v1/terminal-settings');
    expect(body['voids']).toBeNull();
    // Nor when there is nothing left to take back.
    await shower.reverse(held.orderNumber, 'device');
    expect((await shower.void(held.orderNumber)).body.code).toBe('void_not_attended');
  });

  it('comes before the close of the business day', async () => {
    await service.setTime('2026-11-23T04:00:00Z');
    const { orderNumber } = await sold();
    await office.post('business-days/2026-11-23/close');
    expect(told(await till.void(orderNumber))).toEqual([409, 'void_too_late', undefined]);
  });
});

/** Every test begins at noon again: what was said of shifts in between must not lie ahead. */
async function settle(): Promise<void> {
  till = await given.canteen();
  const settings = await till.send('GET', '/v1/terminal-settings');
  place = (settings.body['place'] as { id: string }).id;
}

async function refund({ answer }: Sold, amount: number): Promise<void> {
  const { body } = await office.post('refunds', {
    refundNumber: till.number(),
    paymentId: answer.body['paymentId'],
    amount,
    reason: 'cold',
  });
  await supervisor.post(`approvals/${String(body['approvalId'])}/consent`);
  await service.relayAll();
  await service.runJob('carry-out-refunds');
}

describe('a supervisor', () => {
  it('is asked for above the amount of the place, and their word counts once, here and for two minutes', async () => {
    const { orderNumber, student } = await sold(5_001);
    expect(told(await till.void(orderNumber))).toEqual([409, 'supervision_needed', undefined]);
    const asked = await supervise();
    expect(asked.body).toMatchObject({ supervisor: { maskedName: 'l*' } });
    const invalid = [409, 'supervision_invalid', undefined];
    const elsewhere = await word(other);
    expect(told(await till.void(orderNumber, { supervision: elsewhere }))).toEqual(invalid);
    const supervision = String(asked.body['supervision']);
    await service.passTime(121);
    expect(told(await till.void(orderNumber, { supervision }))).toEqual(invalid);
    const good = await word();
    const voidNumber = till.number();
    const voided = await till.void(orderNumber, { voidNumber, supervision: good });
    expect(told(voided)).toEqual([200, 'voided', 5_001]);
    expect((await till.void(orderNumber, { voidNumber, supervision: good })).text).toBe(
      voided.text,
    );
    const second = await sold(6_000);
    expect(told(await till.void(second.orderNumber, { supervision: good }))).toEqual(invalid);
    expect(await student.balance()).toBe(20_000n);
    const { body } = await office.get(`voids?terminal=${till.id}`);
    expect(body['voids']).toEqual([
      expect.objectContaining({
        voidNumber,
        orderNumber,
        returned: 5_001,
        supervisorId: String(supervisor.id),
        supervisorName: 'li.na',
      }),
    ]);
  });

  it('keeps an unneeded word for what needs it', async () => {
    const supervision = await word();
    const small = await sold(100);
    expect(told(await till.void(small.orderNumber, { supervision }))).toEqual([200, 'voided', 100]);
    const large = await sold(9_000);
    expect(told(await till.void(large.orderNumber, { supervision }))).toEqual([
      200,
      'voided',
      9_000,
    ]);
  });

  it('is locked for an hour by five wrong PINs, and set free by a new one', async () => {
    const member = await givenColleague(service, 'zhao.min', ['cashier-office']);
    const path = `members/${member.id}/supervisor`;
    await office.put(path, { tillNumber: '202', pin });
    const typed = (digits: string): Promise<Answer> =>
      supervise(till, { supervisor: '202', pin: digits });
    for (let tries = 0; tries < 5; tries += 1)
      expect(told(await typed('111112'))).toEqual([422, 'supervisor_pin_wrong', undefined]);
    expect(told(await typed(pin))).toEqual([429, 'supervisor_locked', undefined]);
    const { body } = await office.get('supervisors');
    expect(JSON.stringify(body)).not.toContain(pin);
    await office.put(path, { tillNumber: '202', pin: '592716' });
    const given202 = await typed('592716');
    expect(given202.status).toBe(200);
    // Taken away, number and word count no more.
    expect((await office.delete(path)).status).toBe(204);
    const { orderNumber } = await sold(5_001);
    const supervision = String(given202.body['supervision']);
    expect(told(await till.void(orderNumber, { supervision }))[1]).toBe('supervision_invalid');
    expect(told(await typed('592716'))[1]).toBe('supervisor_pin_wrong');
    expect((await office.delete(path)).body.code).toBe('supervisor_unknown');
  });

  it('is made by a colleague, with a number of their own, and may be one of some places', async () => {
    const path = `members/${supervisor.id}/supervisor`;
    const set = (body: Record<string, unknown>, by = office) => by.put(path, body);
    expect((await set({ tillNumber: '101', pin }, supervisor)).body.code).toBe(
      'permission_missing',
    );
    expect(
      (await office.put(`members/${office.id}/supervisor`, { tillNumber: '9', pin })).status,
    ).toBe(400);
    const self = await office.put(`members/${office.id}/supervisor`, { tillNumber: '900', pin });
    expect(self.body.code).toBe('supervisor_sets_self');
    expect((await set({ tillNumber: '101', pin: '123456' })).body.code).toBe('supervisor_pin_weak');
    const third = await givenColleague(service, 'qian.fang', ['cashier-office']);
    const taken = await office.put(`members/${third.id}/supervisor`, { tillNumber: '101', pin });
    expect(taken.body.code).toBe('till_number_taken');
    const nobody = await office.put('members/99999/supervisor', { tillNumber: '303', pin });
    expect(nobody.body.code).toBe('staff_member_unknown');
    await set({ tillNumber: '101', pin, placeIds: [place] });
    expect((await supervise()).status).toBe(200);
    expect(told(await supervise(other))[1]).toBe('supervisor_pin_wrong');
    await set({ tillNumber: '101', pin });
  });

  it('leaves no PIN in the request log', async () => {
    await supervise();
    const { body } = await office.get(`terminals/${till.id}/requests`);
    const log = JSON.stringify(body);
    expect(log).toContain('/v1/supervisions');
    expect(log).not.toContain(pin);
  });
});

describe('a shift', () => {
  beforeEach(async () => {
    await settle();
    await service.passTime(1);
  });

  it('that was opened ends under the same number, and counts voids beside reversals', async () => {
    const shiftNumber = till.number();
    const openedAt = iso();
    const opening = { shiftNumber, openedAt, cashier: '101' };
    const open = (body: Record<string, unknown>): Promise<Answer> =>
      till.send('POST', '/v1/shift-openings', body);
    const opened = await open(opening);
    expect(opened.body).toEqual({ shiftNumber, openedAt });
    expect((await open(opening)).text).toBe(opened.text);
    expect(told(await open({ ...opening, cashier: '102' }))[1]).toBe('shift_number_reused');
    await service.passTime(2);
    const kept = await sold(700);
    const mistake = await sold(800);
    await till.void(mistake.orderNumber);
    const unsure = await sold(900);
    await till.reverse(unsure.orderNumber);
    await service.passTime(2);
    const counted = {
      sales: { count: 3, amount: 2_400 },
      reversals: { count: 1, amount: 900 },
      voids: { count: 1, amount: 800 },
    };
    const closing = { shiftNumber, openedAt, closedAt: iso(), ...counted };
    const wrongly = await report(till, { ...closing, openedAt: noon });
    expect(told(wrongly)[1]).toBe('shift_number_reused');
    const closed = await report(till, closing);
    expect(closed.body).toEqual({ shiftNumber, agrees: true, service: counted });
    expect((await report(till, closing)).text).toBe(closed.text);
    expect(told(await open(opening))[0]).toBe(200);
    const { body } = await office.get(`voids?terminal=${till.id}`);
    expect(body['voids']).toContainEqual(
      expect.objectContaining({ orderNumber: mistake.orderNumber, cashier: '101' }),
    );
    expect(kept.answer.body['verdict']).toBe('approved');
  });

  it('of a terminal that tells no voids has them among its reversals', async () => {
    const openedAt = iso();
    await service.passTime(1);
    const mistake = await sold(800);
    await till.void(mistake.orderNumber);
    await service.passTime(2);
    const counted = { sales: { count: 1, amount: 800 }, reversals: { count: 1, amount: 800 } };
    const closed = await report(till, { openedAt, closedAt: iso(), ...counted });
    expect(closed.body).toMatchObject({ agrees: true, service: counted });
  });
});

describe('what a till shows', () => {
  it('is what its place allows: the name alone, until the office says otherwise', async () => {
    const shown = async (): Promise<unknown> => {
      const student = await given.student(300n);
      await given.fund(student.card, 200n, new Date(service.clock.nowMs() + 86_400_000));
      const draft = till.draft(student.phone.next(), 400);
      const { body } = await till.post(draft);
      expect((await till.find(draft.orderNumber)).body['cardholder']).toEqual(body['cardholder']);
      return body['cardholder'];
    };
    const allow = (shows: Record<string, boolean>) => office.patch(`places/${place}`, { shows });
    expect(await shown()).toEqual({ maskedName: '张*' });
    const set = await allow({ maskedName: true, purses: true, balance: true });
    expect(set.body['shows']).toEqual({ maskedName: true, purses: true, balance: true });
    const { body } = await till.send('GET', '/v1/terminal-settings');
    expect(body).toMatchObject({
      shows: { maskedName: true, purses: true, balance: true },
      voids: { minutes: 10, supervisorAbove: 5_000 },
    });
    expect(await shown()).toEqual({
      maskedName: '张*',
      purses: [
        { kind: 'cash', amount: 200 },
        { kind: 'subsidy', amount: 200 },
      ],
      balance: 100,
    });
    await allow({ maskedName: false, purses: false, balance: false });
    expect(await shown()).toEqual({ maskedName: '*' });
    await allow({ maskedName: true, purses: false, balance: false });
  });

  it('is set for a place that is there, by who may', async () => {
    const shows = { maskedName: true, purses: false, balance: false };
    expect((await office.patch('places/99999', { shows })).body.code).toBe('place_not_found');
    expect((await supervisor.patch(`places/${place}`, { shows })).body.code).toBe(
      'permission_missing',
    );
    const attended = await office.patch(`places/${place}`, { attended: false, offline: false });
    expect(attended.body).toMatchObject({ attended: false, offline: false });
    const { body } = await till.send('GET', '/v1/terminal-settings');
    expect(body).toMatchObject({ voids: null, offline: null });
    const back = await office.patch(`places/${place}`, { attended: null, offline: true });
    expect(back.body).toMatchObject({ attended: true, offline: true });
  });
});
