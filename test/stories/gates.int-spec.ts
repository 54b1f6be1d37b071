/** Somebody comes in, trains and leaves: gates of every kind, through signed HTTP. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { gatesProofs } from '../../src/gates/prove-gates.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { ask } from '../support/ask.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { brokenProofs, fixed, Given, type Student } from '../support/given.js';
import { Holding, untilWaiting } from '../support/locks.js';
import { startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'gate.keeper', ['administrator']);
});
afterEach(() => Holding.endAll());
afterAll(() => service.close());

const whole = { from: '00:00', until: '24:00' };
const byEntry = { group: 'student', ...whole, charge: 'entry', amount: 300 };
const byTime = { group: 'student', ...whole, charge: 'time', amount: 2_000, minutePrice: 10 };
const forFree = { group: 'student', ...whole, charge: 'free' };

type Gym = { readonly gate: TestTerminal; readonly place: string };

async function gym(rules: unknown[], changes: Record<string, unknown> = {}): Promise<Gym> {
  const gate = await given.terminal('gym', fixed);
  const { rows } = await service.owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [gate.id.toString()],
  );
  const place = rows[0]?.place ?? '';
  const set = await office.put(`gates/${place}`, {
    passback: 'hard',
    opens: '00:00',
    closes: '24:00',
    hasSensor: true,
    forgottenAmount: 900,
    ...changes,
    rules,
  });
  expect([set.status, set.body]).toMatchObject([200, { placeId: place }]);
  return { gate, place };
}

type Scan = { readonly order: string; readonly bytes: string; readonly answer: Answer };

async function scan(gate: TestTerminal, code: string, direction: string): Promise<Scan> {
  const { orderNumber: order, body } = gate.draft(code, undefined, { direction });
  return { order, bytes: body, answer: await gate.send('POST', '/v1/passages', body) };
}

const say = async (gate: TestTerminal, order: string, word: string): Promise<unknown> =>
  (await gate.send('POST', `/v1/passages/${order}/${word}`)).body['outcome'];

async function goIn({ gate }: Gym, { phone }: Student): Promise<Scan> {
  const scanned = await scan(gate, phone.next(), 'entry');
  expect(scanned.answer.body).toMatchObject({ verdict: 'approved', state: 'authorized' });
  expect(await say(gate, scanned.order, 'passed')).toBe('passed');
  return scanned;
}

async function goOut({ gate }: Gym, { phone }: Student): Promise<Answer> {
  const scanned = await scan(gate, phone.next(), 'exit');
  expect(scanned.answer.body['verdict']).toBe('approved');
  expect(await say(gate, scanned.order, 'passed')).toBe('passed');
  return scanned.answer;
}

const reasonOf = async ({ gate }: Gym, { phone }: Student, direction = 'entry') =>
  (await scan(gate, phone.next(), direction)).answer.body['reason'];

/** How many the public counts at a place. */
async function counted(place: string): Promise<unknown> {
  const { body } = await ask(`${service.url}/v1/occupancies`, {});
  const places = body['places'] as { placeId: string; inside: number }[];
  return places.find(({ placeId }) => placeId === place)?.inside;
}

describe('an entry that costs', () => {
  it('holds the price until somebody has gone through, then takes it', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const { order, answer } = await scan(place.gate, student.phone.next(), 'entry');
    expect([answer.status, answer.signed]).toEqual([200, 'bound']);
    expect(answer.body).toMatchObject({
      orderNumber: order,
      verdict: 'approved',
      state: 'authorized',
      amount: 300,
      cardholder: { maskedName: '张*' },
      visit: { charge: 'entry' },
    });
    expect(await student.balance()).toBe(700n);
    expect(await counted(place.place)).toBe(0);
    expect(await say(place.gate, order, 'passed')).toBe('passed');
    expect(await say(place.gate, order, 'passed')).toBe('passed');
    expect(await say(place.gate, order, 'not-passed')).toBe('already_passed');
    expect((await place.gate.find(order)).body).toMatchObject({ state: 'captured', captured: 300 });
    expect(await counted(place.place)).toBe(1);
    await goOut(place, student);
    expect(await counted(place.place)).toBe(0);
    expect(await student.balance()).toBe(700n);
  });

  it('gives the money back when nobody went through', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const { order } = await scan(place.gate, student.phone.next(), 'entry');
    expect(await say(place.gate, order, 'not-passed')).toBe('not_passed');
    expect(await say(place.gate, order, 'passed')).toBe('too_late');
    expect(await student.balance()).toBe(1_000n);
    await goIn(place, student);
  });

  it('lapses exactly when its eight seconds are over, swept or not', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const { order } = await scan(place.gate, student.phone.next(), 'entry');
    await service.passTime(9);
    const found = await place.gate.send('GET', `/v1/passages/${order}`);
    expect(found.body).toMatchObject({ state: 'voided', verdict: 'approved' });
    expect(await say(place.gate, order, 'passed')).toBe('too_late');
    expect(await student.balance()).toBe(1_000n);
    const { body } = await office.get(`gates/${place.place}/visits`);
    expect(body).toMatchObject({ inside: [], incidents: [{ kind: 'passed_late' }] });
    const silent = await scan(place.gate, student.phone.next(), 'entry');
    await service.passTime(9);
    await service.runJob('end-due-visits');
    expect(await student.balance()).toBe(1_000n);
    expect((await place.gate.find(silent.order)).body['state']).toBe('released');
  });

  it('is answered as before when it is sent again, and bars a number that was reversed', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const { order, bytes, answer } = await scan(place.gate, student.phone.next(), 'entry');
    const again = await place.gate.send('POST', '/v1/passages', bytes);
    expect(again.text).toBe(answer.text);
    const other = await place.gate.send('POST', '/v1/passages', bytes.replace('entry', 'exit'));
    expect([other.status, other.body.code]).toEqual([409, 'order_number_reused']);
    expect(await student.balance()).toBe(700n);
    expect(await say(place.gate, order, 'not-passed')).toBe('not_passed');
    const late = place.gate.draft(student.phone.next(), undefined, { direction: 'entry' });
    expect(await say(place.gate, late.orderNumber, 'not-passed')).toBe('never_seen');
    const barred = await place.gate.send('POST', '/v1/passages', late.body);
    expect(barred.body.code).toBe('order_number_reversed');
    const unknown = await place.gate.send('POST', `/v1/passages/${place.gate.number()}/passed`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'passage_unknown']);
  });

  it('is refused without money, and a code that is nobody’s lets nobody in', async () => {
    const place = await gym([byEntry]);
    const poor = await given.student(299n);
    expect(await reasonOf(place, poor)).toBe('insufficient_funds');
    const { phone } = await given.student(1_000n);
    const code = phone.next();
    await scan(place.gate, code, 'entry');
    const stranger = await given.student(1_000n);
    expect((await scan(place.gate, code, 'entry')).answer.body['verdict']).toBe('declined');
    expect(await reasonOf(place, stranger, 'exit')).toBe('not_inside');
  });
});

describe('a visit by time', () => {
  it('holds its cap and costs the minutes that were begun', async () => {
    const place = await gym([byTime]);
    const student = await given.student(5_000n);
    await goIn(place, student);
    expect(await student.balance()).toBe(3_000n);
    await service.passTime(30 * 60 + 1);
    expect((await goOut(place, student)).body['amount']).toBeGreaterThanOrEqual(310);
    const { rows } = await service.owner.query<{ charged: string }>(
      `select charged from gates.visit where card = $1`,
      [student.card.toString()],
    );
    expect(await student.balance()).toBe(5_000n - BigInt(rows[0]?.charged ?? 0));
    expect(Number(rows[0]?.charged)).toBe(310);
  });

  it('never costs more than its cap', async () => {
    const place = await gym([byTime]);
    const student = await given.student(5_000n);
    await goIn(place, student);
    await service.passTime(5 * 3_600);
    expect((await goOut(place, student)).body['amount']).toBe(2_000);
    expect(await student.balance()).toBe(3_000n);
  });

  it('that nobody ended is closed with the place, by its rule', async () => {
    const place = await gym([byTime]);
    const student = await given.student(5_000n);
    const { answer } = await goIn(place, student);
    const { closesAt } = answer.body['visit'] as { closesAt: string };
    await service.passTime(Math.ceil((Date.parse(closesAt) - service.clock.nowMs()) / 1_000) + 1);
    expect(await counted(place.place)).toBe(0);
    await service.runJob('end-due-visits');
    expect(await student.balance()).toBe(4_100n);
    const { body } = await office.get(`gates/${place.place}/visits`);
    expect(body).toMatchObject({ inside: [], incidents: [{ kind: 'exit_forgotten' }] });
  });

  it('ends by the office when the gate did not see the exit', async () => {
    const place = await gym([byTime]);
    const student = await given.student(5_000n);
    await goIn(place, student);
    const { body } = await office.get(`gates/${place.place}/visits`);
    const [inside] = body['inside'] as { visitId: string }[];
    expect(inside).toMatchObject({ cardNumber: student.cardNumber, charge: 'time' });
    const release = `visits/${inside?.visitId}/release`;
    expect((await office.post(release)).status).toBe(204);
    expect(await student.balance()).toBe(4_990n);
    const twice = await office.post(release);
    expect([twice.status, twice.body['code']]).toEqual([409, 'visit_ended']);
  });

  it('whose sale was taken back is over, and nobody pays', async () => {
    const place = await gym([byTime]);
    const student = await given.student(5_000n);
    const { order } = await goIn(place, student);
    expect((await place.gate.reverse(order)).body['outcome']).toBe('released');
    await service.runJob('end-due-visits');
    expect([await counted(place.place), await student.balance()]).toEqual([0, 5_000n]);
  });
});

describe('whoever is inside and comes in again', () => {
  it('is refused hard, until they have left', async () => {
    const place = await gym([forFree]);
    const student = await given.student(0n);
    await goIn(place, student);
    expect(await reasonOf(place, student)).toBe('already_inside');
    await goOut(place, student);
    await goIn(place, student);
  });

  it('is let in softly, and the office hears of it', async () => {
    const place = await gym([forFree], { passback: 'soft' });
    const student = await given.student(0n);
    await goIn(place, student);
    await goIn(place, student);
    expect(await counted(place.place)).toBe(1);
    const { body } = await office.get(`gates/${place.place}/visits`);
    expect(body['incidents']).toMatchObject([{ kind: 'entered_again' }]);
  });

  it('is refused for so many minutes where it is timed', async () => {
    const place = await gym([forFree], { passback: 'timed', passbackMinutes: 10 });
    const student = await given.student(0n);
    await goIn(place, student);
    await service.passTime(9 * 60);
    expect(await reasonOf(place, student)).toBe('already_inside');
    await service.passTime(61);
    await goIn(place, student);
  });

  it('goes out of a gate that is not hard, whatever it knows of them', async () => {
    const place = await gym([forFree], { passback: 'soft' });
    await goOut(place, await given.student(0n));
    const { body } = await office.get(`gates/${place.place}/visits`);
    expect(body['incidents']).toMatchObject([{ kind: 'left_without_visit' }]);
  });

  it('makes one visit at two gates at once', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const [one, other] = [student.phone.next(), student.phone.next()];
    const holding = await Holding.begin(service.owner);
    await holding.query('select from cards.card where id = $1 for update', [student.card]);
    const waiting = [one, other].map((code) => scan(place.gate, code, 'entry'));
    await untilWaiting(service, 2);
    await holding.commit();
    const answers = await Promise.all(waiting);
    const verdicts = answers.map(({ answer }) => String(answer.body['verdict']));
    expect(new Set(verdicts)).toEqual(new Set(['approved', 'declined']));
    expect(await student.balance()).toBe(700n);
  });
});

describe('who comes in', () => {
  it('is a matter of group and hour', async () => {
    const staffOnly = await gym([{ ...forFree, group: 'staff' }]);
    expect(await reasonOf(staffOnly, await given.student(0n))).toBe('group_not_allowed');
    const shut = await gym([forFree], { opens: '00:00', closes: '00:01' });
    expect(await reasonOf(shut, await given.student(0n))).toBe('outside_hours');
  });

  it('are so many at once, and the last place goes to one of two', async () => {
    const place = await gym([forFree], { capacity: 1 });
    const both = [await given.student(0n), await given.student(0n)];
    const holding = await Holding.begin(service.owner);
    await holding.query('select from gates.gate where place = $1 for update', [place.place]);
    const waiting = both.map(({ phone }) => scan(place.gate, phone.next(), 'entry'));
    await untilWaiting(service, 2);
    await holding.commit();
    const scans = await Promise.all(waiting);
    const reasons = scans.map(({ answer }) => answer.body['reason']);
    expect(reasons.filter((reason) => reason === 'place_full')).toHaveLength(1);
    const inside = both[reasons.indexOf(null)];
    const outside = both[reasons.indexOf('place_full')];
    if (inside === undefined || outside === undefined) throw new Error('Nobody came in.');
    const { order } = scans[reasons.indexOf(null)] ?? { order: '' };
    await say(place.gate, order, 'passed');
    expect(await reasonOf(place, outside)).toBe('place_full');
    await goOut(place, inside);
    await goIn(place, outside);
  });

  it('has passed at once where no sensor looks', async () => {
    const place = await gym([byEntry], { hasSensor: false });
    const student = await given.student(1_000n);
    const { answer } = await scan(place.gate, student.phone.next(), 'entry');
    expect(answer.body['state']).toBe('passed');
    expect([await counted(place.place), await student.balance()]).toEqual([1, 700n]);
  });

  it('is not somebody whose card is frozen, nor who would have to confirm', async () => {
    const place = await gym([forFree]);
    const frozen = await given.student(0n);
    await service.owner.query(`select cards.set_status($1, '{active}', 'frozen', 'staff', 1)`, [
      frozen.card.toString(),
    ]);
    expect(await reasonOf(place, frozen)).toBe('card_frozen');
    const dear = await gym([{ ...byEntry, amount: 20_001 }]);
    const rich = await given.student(50_000n);
    await service.owner.query('update cards.group_limit set asks_above = 20000');
    expect(await reasonOf(dear, rich)).toBe('confirmation_needed');
    await service.owner.query('update cards.group_limit set asks_above = null');
    expect(await rich.balance()).toBe(50_000n);
  });
});

describe('a pass', () => {
  const days = { firstDay: '2020-01-01', lastDay: '2099-12-31' };

  it('lets its card in as often as it says, and what did not pass is not counted', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const pass = await office.post('passes', {
      cardNumber: student.cardNumber,
      places: [place.place],
      ...days,
      ...whole,
      uses: 1,
    });
    expect(pass.status).toBe(200);
    const first = await scan(place.gate, student.phone.next(), 'entry');
    expect(first.answer.body).toMatchObject({ amount: 0, visit: { charge: 'pass', usesLeft: 0 } });
    await say(place.gate, first.order, 'not-passed');
    await goIn(place, student);
    expect(await student.balance()).toBe(1_000n);
    await goOut(place, student);
    const second = await scan(place.gate, student.phone.next(), 'entry');
    expect(second.answer.body).toMatchObject({ amount: 300, visit: { charge: 'entry' } });
  });

  it('is paid for by one sale of the card, once, and is worth nothing when that was given back', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const sale = place.gate.draft(student.phone.next());
    const { body } = await place.gate.post(sale);
    const wanted = {
      cardNumber: student.cardNumber,
      places: [place.place],
      ...days,
      ...whole,
      paymentId: body['paymentId'],
    };
    expect((await office.post('passes', wanted)).status).toBe(200);
    const twice = await office.post('passes', wanted);
    expect([twice.status, twice.body['code']]).toEqual([409, 'pass_sale_unfit']);
    const { order, answer } = await scan(place.gate, student.phone.next(), 'entry');
    expect(answer.body).toMatchObject({ visit: { charge: 'pass' } });
    await say(place.gate, order, 'not-passed');
    await place.gate.reverse(sale.orderNumber);
    const after = await scan(place.gate, student.phone.next(), 'entry');
    expect(after.answer.body).toMatchObject({ visit: { charge: 'entry' } });
  });

  it('is seen by its owner, ends by the office, and must make sense', async () => {
    const place = await gym([byEntry]);
    const student = await given.student(1_000n);
    const pass = { cardNumber: student.cardNumber, places: [place.place], ...days, ...whole };
    const { body } = await office.post('passes', pass);
    const end = `passes/${String(body['passId'])}/end`;
    expect((await office.post(end)).status).toBe(204);
    const again = await office.post(end);
    expect([again.status, again.body['code']]).toEqual([404, 'pass_unknown']);
    const wrong = await office.post('passes', { ...pass, lastDay: '2019-12-31' });
    expect([wrong.status, wrong.body['code']]).toEqual([422, 'pass_wrong']);
    const { answer } = await scan(place.gate, student.phone.next(), 'entry');
    expect(answer.body).toMatchObject({ visit: { charge: 'entry' } });
  });
});

describe('a gate', () => {
  it('has rules that fit together, or is not set', async () => {
    const { place } = await gym([forFree]);
    const before = await office.get(`gates/${place}`);
    const bad = await office.put(`gates/${place}`, {
      passback: 'timed',
      opens: '00:00',
      closes: '24:00',
      hasSensor: true,
      forgottenAmount: 0,
      rules: [forFree],
    });
    expect([bad.status, bad.body['code']]).toEqual([422, 'gate_rules_wrong']);
    expect((await office.get(`gates/${place}`)).body).toEqual(before.body);
  });

  it('is not where the office set none', async () => {
    const till = await given.gym();
    const { phone } = await given.student(1_000n);
    const { answer } = await scan(till, phone.next(), 'entry');
    expect([answer.status, answer.body.code]).toEqual([404, 'gate_unknown']);
  });
});

describe('after all of it', () => {
  it('nobody was inside for nothing, and the books hold', async () => {
    await service.runJob('end-due-visits');
    const proofs = await proveWith(gatesProofs, service.database);
    expect(proofs.filter(({ broken }) => broken !== 0n)).toEqual([]);
    expect(await brokenProofs(service)).toEqual([]);
  });
});
