/** A student buys a pass on the phone, goes in by it, and gets the money back, or not. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeOrderNumber } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import { gatesProofs } from '../../src/gates/prove-gates.js';
import { SetPaymentPin } from '../../src/cards/set-payment-pin.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { ask, type Answer } from '../support/ask.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { brokenProofs, fixed, Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

const pin = '402917';
const price = 8_000;

let service: TestService;
let given: Given;
let office: Colleague;
let checker: Colleague;
let gate: TestTerminal;
let place: string;
let offerId: string;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'gate.keeper', ['administrator']);
  checker = await givenColleague(service, 'gate.checker', ['cashier-office']);
  gate = await given.terminal('gym', fixed);
  const { rows } = await service.owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [gate.id.toString()],
  );
  place = rows[0]?.place ?? '';
  const whole = { from: '00:00', until: '24:00' };
  await office.put(`gates/${place}`, {
    passback: 'hard',
    opens: '00:00',
    closes: '24:00',
    hasSensor: false,
    forgottenAmount: 0,
    rules: [{ group: 'student', ...whole, charge: 'time', amount: 2_000, minutePrice: 10 }],
  });
  offerId = await offer();
});
afterAll(() => service.close());

const pass = {
  name: { zh: '十次卡', en: 'Ten entries' },
  groups: ['student'],
  days: 30,
  from: '00:00',
  until: '24:00',
  uses: 10,
  amount: price,
};

async function offer(changes: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await office.post(`gates/${place}/offers`, { ...pass, ...changes });
  expect([status, body['code']]).toEqual([200, undefined]);
  return String(body['offerId']);
}

type Order = Record<string, unknown>;

const orderOf = ({ phone }: Student, id = offerId, code = phone.next()): Order => ({
  offerId: id,
  orderNumber: makeOrderNumber(service.clock.nowMs(), randomBytes(10)),
  code,
});

const of = ({ phone }: Student, path: string): Promise<Answer> =>
  ask(`${service.url}/v1/me/${path}`, { token: phone.signInToken });

const buy = ({ phone }: Student, order: Order): Promise<Answer> =>
  ask(`${service.url}/v1/me/passes`, { method: 'POST', token: phone.signInToken, body: order });

const passesOf = async (student: Student): Promise<Record<string, unknown>[]> =>
  (await of(student, 'passes')).body['passes'] as Record<string, unknown>[];

async function scan({ phone }: Student, direction: string): Promise<Record<string, unknown>> {
  const { body } = gate.draft(phone.next(), undefined, { direction });
  return (await gate.send('POST', '/v1/passages', body)).body;
}

async function refund(paymentId: string, amount: number): Promise<void> {
  const refundNumber = makeOrderNumber(service.clock.nowMs(), randomBytes(10));
  const reason = 'moved away';
  const wish = { refundNumber, paymentId, amount, reason };
  const { body } = await office.post('refunds', wish);
  const consent = `approvals/${String(body['approvalId'])}/consent`;
  expect((await checker.post(consent)).status).toBe(200);
  await service.relayAll();
  await service.runJob('carry-out-refunds');
  await service.relayAll();
}

describe('a pass that a phone buys', () => {
  it('is paid once at the kiosk of its place, given once, and lets its buyer in', async () => {
    const student = await given.student(10_000n);
    const { body: list } = await of(student, 'passes/offers');
    expect(list['offers']).toMatchObject([{ offerId, placeId: place, amount: price, uses: 10 }]);
    const order = orderOf(student);
    const sold = await buy(student, order);
    expect([sold.status, sold.body]).toMatchObject([200, { verdict: 'approved', amount: price }]);
    expect(sold.body['shortNumber']).toMatch(/^APP/);
    expect((await buy(student, order)).body).toEqual(sold.body);
    expect(await student.balance()).toBe(2_000n);
    await service.relayAll();
    expect(await passesOf(student)).toMatchObject([{ places: [place], uses: 10, used: 0 }]);
    expect(await scan(student, 'entry')).toMatchObject({ state: 'passed', amount: 0 });
    expect((await of(student, 'visits')).body['visits']).toMatchObject([
      { inside: true, charge: 'pass', cost: 0 },
    ]);
    await scan(student, 'exit');
    expect(await passesOf(student)).toMatchObject([{ used: 1 }]);
    const { body: terminals } = await office.get('terminals');
    expect(JSON.stringify(terminals)).not.toContain('"APP');
  });

  it('is another one under another number alone', async () => {
    const student = await given.student(10_000n);
    const order = orderOf(student);
    expect((await buy(student, order)).body['verdict']).toBe('approved');
    const other = await buy(student, { ...order, code: student.phone.next() });
    expect([other.status, other.body.code]).toEqual([409, 'order_number_reused']);
    const stranger = await given.student(10_000n);
    const stolen = await buy(stranger, order);
    expect([stolen.status, stolen.body.code]).toEqual([409, 'order_number_reused']);
    expect(await stranger.balance()).toBe(10_000n);
  });

  it('is paid by the buyer’s own phone and by no other code', async () => {
    const student = await given.student(10_000n);
    const victim = await given.student(10_000n);
    const sold = await buy(student, orderOf(student, offerId, victim.phone.next()));
    expect(sold.body).toMatchObject({ verdict: 'declined', reason: 'code_invalid' });
    const order = orderOf(student);
    const till = await given.canteen();
    await till.sell(String(order['code']), 100);
    expect((await buy(student, order)).body).toMatchObject({ reason: 'code_used' });
    await service.relayAll();
    expect([await passesOf(student), await victim.balance()]).toEqual([[], 10_000n]);
  });

  it('is not given where nothing was paid, and nobody’s wrong codes stop others', async () => {
    const poor = await given.student(7_999n);
    expect((await buy(poor, orderOf(poor))).body['reason']).toBe('insufficient_funds');
    const guesser = await given.student(0n);
    for (let guess = 0; guess < 16; guess += 1)
      await buy(guesser, orderOf(guesser, offerId, '97185965475126865312'));
    const student = await given.student(10_000n);
    expect((await buy(student, orderOf(student))).body['verdict']).toBe('approved');
    await service.relayAll();
    expect(await passesOf(poor)).toEqual([]);
  });

  it('waits for the phone’s word above what is paid without one', async () => {
    const student = await given.student(10_000n);
    await service.inTransaction((tx) =>
      service.get(SetPaymentPin).give(tx, student.cardholder, pin),
    );
    await office.put('confirmation-rules/student', { above: 5_000, after: null, againSeconds: 60 });
    const order = orderOf(student);
    expect((await buy(student, order)).body['verdict']).toBe('pending');
    const [asked] = await student.phone.asked();
    if (asked === undefined) throw new Error('Nobody is asked.');
    await student.phone.answer(asked, student.phone.word(asked, 'confirm', pin));
    expect((await buy(student, order)).body['verdict']).toBe('approved');
    await service.relayAll();
    expect(await passesOf(student)).toHaveLength(1);
    await office.put('confirmation-rules/student', { above: null, after: null, againSeconds: 60 });
    // Nobody stands at a kiosk: the same again within the minute asks the phone as well.
    await given.fund(student.card, 20_000n);
    expect((await buy(student, orderOf(student))).body['verdict']).toBe('pending');
    expect(await student.phone.asked()).toHaveLength(1);
    await office.put('confirmation-rules/student', {
      above: null,
      after: null,
      againSeconds: null,
    });
  });
});

describe('a pass whose sale is given back', () => {
  it('ends, and the office hears of it where it was used', async () => {
    const unused = await given.student(10_000n);
    const used = await given.student(10_000n);
    const payments: string[] = [];
    for (const student of [unused, used])
      payments.push(String((await buy(student, orderOf(student))).body['paymentId']));
    await service.relayAll();
    await scan(used, 'entry');
    await scan(used, 'exit');
    for (const payment of payments) await refund(payment, price);
    expect([await passesOf(unused), await passesOf(used)]).toEqual([[], []]);
    expect([await unused.balance(), await used.balance()]).toEqual([10_000n, 10_000n]);
    const { body } = await office.get(`gates/${place}/visits`);
    expect(body['incidents']).toMatchObject([
      { kind: 'pass_refunded_after_use', cardNumber: used.cardNumber },
    ]);
    expect(await scan(used, 'entry')).toMatchObject({ visit: { charge: 'time' } });
  });
});

describe('what is offered', () => {
  it('is what the office says, to the groups that it names', async () => {
    const student = await given.student(10_000n);
    const forStaff = await offer({ groups: ['staff'], uses: undefined });
    const gone = await offer({ amount: 1 });
    expect((await office.post(`pass-offers/${gone}/withdraw`)).status).toBe(204);
    expect((await office.post(`pass-offers/${gone}/withdraw`)).body['code']).toBe(
      'pass_not_offered',
    );
    for (const id of [forStaff, gone, '999999999'])
      expect((await buy(student, orderOf(student, id))).body.code).toBe('pass_not_offered');
    const { body } = await of(student, 'passes/offers');
    expect((body['offers'] as { offerId: string }[]).map((each) => each.offerId)).toEqual([
      offerId,
    ]);
    const wrong = await office.post(`gates/${place}/offers`, { ...pass, places: ['999999999'] });
    expect([wrong.status, wrong.body['code']]).toEqual([422, 'pass_wrong']);
  });

  it('is managed by whoever may, and passes are given at the front desk', async () => {
    const desk = await givenColleague(service, 'desk', ['front-desk']);
    const denied = await desk.post(`gates/${place}/offers`, pass);
    expect(denied.status).toBe(403);
    const { cardNumber } = await given.student(0n);
    const { from, until } = pass;
    const days = { firstDay: '2020-01-01', lastDay: '2099-12-31' };
    const free = { cardNumber, places: [place], ...days, from, until };
    expect((await desk.post('passes', free)).status).toBe(200);
    expect((await desk.get(`gates/${place}/visits`)).status).toBe(200);
  });
});

describe('who was where', () => {
  const count = async (card: bigint): Promise<Record<string, string> | undefined> =>
    (
      await service.owner.query<Record<string, string>>(
        `select (select count(*) from gates.visit where card = $1) as visits,
           (select count(*) from gates.passage where card = $1) as scans`,
        [card.toString()],
      )
    ).rows[0];

  it('is forgotten when it is older than the office keeps it, and the books still hold', async () => {
    const student = await given.student(10_000n);
    await buy(student, orderOf(student));
    await service.relayAll();
    for (const direction of ['entry', 'exit']) await scan(student, direction);
    const desk = await givenColleague(service, 'rules', ['administrator']);
    expect((await desk.put('visit-rules', { keepDays: 29 })).status).toBe(400);
    expect((await desk.put('visit-rules', { keepDays: 30 })).body).toEqual({ keepDays: 30 });
    await service.passTime(29 * 86_400);
    await service.runJob('forget-old-visits');
    expect(await count(student.card)).toEqual({ visits: '1', scans: '2' });
    await service.passTime(2 * 86_400);
    await service.runJob('forget-old-visits');
    expect(await count(student.card)).toEqual({ visits: '0', scans: '0' });
    const { body } = await office.get(`gates/${place}/visits`);
    expect(body['incidents']).toEqual([]);
    const { rows } = await service.owner.query(
      'select used, forgotten from gates.pass where card = $1',
      [student.card.toString()],
    );
    expect(rows).toEqual([{ used: 1, forgotten: 1 }]);
  });
});

describe('after all of it', () => {
  it('every pass that was paid was given, and the books hold', async () => {
    await service.passTime(3_700);
    const proofs = await proveWith(gatesProofs, service.database);
    expect(proofs.filter(({ broken }) => broken !== 0n)).toEqual([]);
    expect(await brokenProofs(service)).toEqual([]);
  });
});
