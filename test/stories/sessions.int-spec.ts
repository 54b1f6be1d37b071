/** Somebody takes a shower, washes or charges: what was used is paid, through signed HTTP, whatever happens to the device. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalClient } from '@campus-paycode/terminal-client';
import { sessionsProofs } from '../../src/meters/prove-sessions.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { ask } from '../support/ask.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { brokenProofs, entered, Given, metered, type Student } from '../support/given.js';
import { Holding, untilWaiting } from '../support/locks.js';
import { startService, type TestService } from '../support/service.js';
import { isSigned, reportProgress, startSession as start, type Said } from '../support/sessions.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'dorm.keeper', ['administrator']);
});
afterEach(() => Holding.endAll());
afterAll(() => service.close());

/** A device that runs for somebody. */
async function running(
  device: TestTerminal,
  { phone }: Student,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const { order, answer } = await start(device, phone.next(), changes);
  expect([answer.status, answer.body['verdict'], answer.body['reason']]).toEqual([
    200,
    'approved',
    null,
  ]);
  return order;
}

const report = (device: TestTerminal, order: string, said: Said): Promise<Answer> =>
  reportProgress(service, device, order, said);

const alarmsOf = async (device: TestTerminal): Promise<unknown[]> => {
  const { body } = await office.get('device-alarms');
  const alarms = body['alarms'] as { terminalCode: string }[];
  return alarms.filter(({ terminalCode }) => terminalCode === device.code);
};

async function placeOf(device: TestTerminal): Promise<string> {
  const { rows } = await service.owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [device.id.toString()],
  );
  return rows[0]?.place ?? '';
}

const wash = { code: 'quick-wash', name: { zh: '快洗', en: 'Quick wash' }, amount: 300 };

async function washer(): Promise<TestTerminal> {
  const device = await given.dorm();
  const set = await office.put(`places/${await placeOf(device)}/programmes`, {
    programmes: [{ ...wash, seconds: 1_800 }],
  });
  expect([set.status, set.body]).toMatchObject([200, { programmes: [wash] }]);
  return device;
}

describe('a shower', () => {
  it('is paid by the liter at its end, and the rest is free again', async () => {
    const shower = await given.dorm();
    const student = await given.student(1_000n);
    const { order, answer } = await start(shower, student.phone.next());
    expect([answer.status, answer.signed]).toEqual([200, 'bound']);
    expect(answer.body).toMatchObject({
      orderNumber: order,
      verdict: 'approved',
      state: 'held',
      amount: 500,
      cardholder: { maskedName: '张*' },
      session: { state: 'running', unit: 'liter', unitPrice: 5, reading: 0, stop: false },
    });
    expect(await student.balance()).toBe(500n);
    const first = await report(shower, order, { sequence: 1, reading: 10_000 });
    expect(first.body).toMatchObject({ outcome: 'noted', amount: 50, captured: 0, stop: false });
    expect(await student.balance()).toBe(500n);
    const last = await report(shower, order, { sequence: 2, reading: 27_400, final: true });
    expect(last.body).toMatchObject({
      outcome: 'noted',
      state: 'ended',
      endReason: 'final',
      amount: 137,
      captured: 137,
      stop: true,
    });
    expect(await student.balance()).toBe(863n);
    expect((await shower.find(order)).body).toMatchObject({ state: 'captured', captured: 137 });
  });

  it('costs what its last report says when its link is lost: 3.63 of 5.00 is free again by the clock', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 1, reading: 27_400 });
    await service.passTime(600);
    await service.runJob('end-due-sessions');
    expect(await student.balance()).toBe(0n);
    await service.passTime(301);
    await service.runJob('end-due-sessions');
    expect(await student.balance()).toBe(363n);
    expect((await shower.find(order)).body).toMatchObject({ state: 'captured', captured: 137 });
    // Back under power the device says what it had measured: too late, and the office sees it.
    const late = await report(shower, order, { sequence: 2, reading: 30_000, final: true });
    expect(late.body).toMatchObject({ outcome: 'late', amount: 137, captured: 137, stop: true });
    expect(await student.balance()).toBe(363n);
    expect(await alarmsOf(shower)).toMatchObject([
      { kind: 'late_progress', reading: 30_000, amount: 13 },
    ]);
  });

  it('whose device never says a word costs nothing, and the office hears of the device', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    await running(shower, student);
    await service.passTime(901);
    await service.runJob('end-due-sessions');
    expect(await student.balance()).toBe(500n);
    expect(await alarmsOf(shower)).toMatchObject([{ kind: 'silent', amount: 0 }]);
  });

  it('that gives more than was held is told to stop, and costs what was held', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    const full = await report(shower, order, { sequence: 1, reading: 100_000 });
    expect(full.body).toMatchObject({ amount: 500, stop: true, state: 'running' });
    const over = await report(shower, order, { sequence: 2, reading: 104_000, final: true });
    expect(over.body).toMatchObject({ amount: 500, captured: 500 });
    expect(await student.balance()).toBe(0n);
    expect(await alarmsOf(shower)).toMatchObject([{ kind: 'over_hold', amount: 20 }]);
  });

  it('ends with less than a fen for nothing', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    const end = await report(shower, order, { sequence: 1, reading: 199, final: true });
    expect(end.body).toMatchObject({ amount: 0, captured: 0, endReason: 'final' });
    expect(await student.balance()).toBe(500n);
    expect(await alarmsOf(shower)).toEqual([]);
  });

  it('is answered as before when anything is sent again', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const { order, bytes, answer } = await start(shower, student.phone.next());
    const again = await shower.send('POST', '/v1/sessions', bytes);
    expect(again.text).toBe(answer.text);
    const other = await shower.post({ body: bytes });
    expect([other.status, other.body.code]).toEqual([409, 'order_number_reused']);
    const number = shower.number();
    await report(shower, order, { number, sequence: 1, reading: 20_000, final: true });
    const twice = await report(shower, order, {
      number,
      sequence: 1,
      reading: 20_000,
      final: true,
    });
    expect(twice.body).toMatchObject({ outcome: 'noted', captured: 100 });
    const changed = await report(shower, order, { number, sequence: 1, reading: 1, final: true });
    expect([changed.status, changed.body.code]).toEqual([409, 'progress_number_reused']);
    expect(await student.balance()).toBe(400n);
  });

  it('counts forward only', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 2, reading: 20_000 });
    const early = await report(shower, order, { sequence: 1, reading: 25_000 });
    expect([early.status, early.body.code]).toEqual([409, 'progress_out_of_order']);
    const fallen = await report(shower, order, { sequence: 3, reading: 19_999 });
    expect([fallen.status, fallen.body.code]).toEqual([409, 'reading_fell']);
    expect(await alarmsOf(shower)).toMatchObject([{ kind: 'reading_fell', reading: 19_999 }]);
    const nobodys = await report(shower, shower.number(), { sequence: 1, reading: 1 });
    expect([nobodys.status, nobodys.body.code]).toEqual([404, 'session_unknown']);
    const found = await shower.send('GET', `/v1/sessions/${order}`);
    expect(found.body).toMatchObject({ orderNumber: order, reading: 20_000, amount: 100 });
  });

  it('whose sale is taken back costs nothing, and what comes afterwards is late', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 1, reading: 20_000 });
    await shower.reverse(order, 'device');
    expect(await student.balance()).toBe(500n);
    const late = await report(shower, order, { sequence: 2, reading: 20_000, final: true });
    expect(late.body).toMatchObject({ outcome: 'late', amount: 0, endReason: 'taken_back' });
    await running(shower, student);
  });
});

describe('a programme', () => {
  it('is held when it is chosen, and paid when it has begun', async () => {
    const device = await washer();
    const student = await given.student(1_000n);
    expect((await device.send('GET', '/v1/programmes')).body).toEqual({
      programmes: [{ ...wash, seconds: 1_800 }],
    });
    const order = await running(device, student, { programme: 'quick-wash' });
    const locked = await report(device, order, { sequence: 1, reading: 0 });
    expect(locked.body).toMatchObject({ amount: 0, captured: 0 });
    const begun = await report(device, order, { sequence: 2, reading: 100 });
    expect(begun.body).toMatchObject({
      amount: 300,
      captured: 300,
      state: 'running',
      stop: false,
      programme: { code: 'quick-wash' },
    });
    await service.passTime(1_801);
    await service.runJob('end-due-sessions');
    expect(await student.balance()).toBe(700n);
    expect((await device.send('GET', `/v1/sessions/${order}`)).body).toMatchObject({
      state: 'ended',
      endReason: 'expired',
      amount: 300,
    });
  });

  it('that never begins is not paid', async () => {
    const device = await washer();
    const student = await given.student(1_000n);
    const order = await running(device, student, { programme: 'quick-wash' });
    await report(device, order, { sequence: 1, reading: 0, final: true });
    expect(await student.balance()).toBe(1_000n);
  });

  it('has to be named where there is a price list, and be on it', async () => {
    const device = await washer();
    const { phone } = await given.student(1_000n);
    const none = await start(device, phone.next());
    expect([none.answer.status, none.answer.body.code]).toEqual([422, 'programme_required']);
    const strange = await start(device, phone.next(), { programme: 'boil' });
    expect([strange.answer.status, strange.answer.body.code]).toEqual([422, 'programme_unknown']);
    const twice = await office.put(`places/${await placeOf(device)}/programmes`, {
      programmes: [
        { ...wash, seconds: 60 },
        { ...wash, seconds: 90 },
      ],
    });
    expect([twice.status, twice.body['code']]).toEqual([422, 'programmes_wrong']);
    const till = await given.terminal('canteen', entered);
    const unmetered = await start(till, phone.next());
    expect([unmetered.answer.status, unmetered.answer.body.code]).toEqual([
      409,
      'place_not_metered',
    ]);
  });
});

describe('one at a time', () => {
  it('runs a device for one student, until the session ends', async () => {
    const shower = await given.dorm();
    const first = await given.student(500n);
    const second = await given.student(500n);
    const order = await running(shower, first);
    const code = second.phone.next();
    const busy = await start(shower, code);
    expect([busy.answer.status, busy.answer.body.code]).toEqual([409, 'session_running']);
    await report(shower, order, { sequence: 1, reading: 0, final: true });
    // Nothing was used up by being refused.
    expect((await start(shower, code)).answer.body['verdict']).toBe('approved');
  });

  it('begins again when the time of the one before is over, swept or not', async () => {
    const shower = await given.dorm();
    const first = await given.student(500n);
    const order = await running(shower, first);
    await report(shower, order, { sequence: 1, reading: 10_000 });
    await service.passTime(901);
    await running(shower, await given.student(500n));
    expect(await first.balance()).toBe(450n);
  });

  it('lets one of two begin who come at once', async () => {
    const shower = await given.dorm();
    const students = [await given.student(500n), await given.student(500n)];
    const holding = await Holding.begin(service.owner);
    await holding.query('lock table meters.session in share row exclusive mode');
    const both = students.map(({ phone }) => start(shower, phone.next()));
    await untilWaiting(service, 2);
    await holding.commit();
    const answers = await Promise.all(both);
    const statuses = answers.map(({ answer }) => answer.status);
    expect(statuses).toEqual(expect.arrayContaining([200, 409]));
    const balances = await Promise.all(students.map((student) => student.balance()));
    expect(balances).toEqual(statuses.map((status) => (status === 200 ? 0n : 500n)));
  });

  it('declines whoever runs as many devices as the office allows', async () => {
    const student = await given.student(5_000n);
    expect((await office.put('session-policy', { atOnce: 1 })).body).toEqual({ atOnce: 1 });
    await running(await given.dorm(), student);
    const shower = await given.dorm();
    const { answer, bytes } = await start(shower, student.phone.next());
    expect(answer.body).toMatchObject({
      verdict: 'declined',
      reason: 'too_many_sessions',
      session: null,
    });
    expect((await office.put('session-policy', { atOnce: 2 })).status).toBe(200);
    expect((await shower.send('POST', '/v1/sessions', bytes)).text).toBe(answer.text);
    await running(shower, student);
  });
});

describe('the student', () => {
  const mine = async ({ phone }: Student): Promise<Record<string, unknown>[]> => {
    const { body } = await ask(`${service.url}/v1/me/sessions`, { token: phone.signInToken });
    return body['sessions'] as Record<string, unknown>[];
  };

  it('sees what is used and what it costs, and stops the device through its next report', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 1, reading: 12_345 });
    const [session] = await mine(student);
    expect(session).toMatchObject({
      state: 'running',
      reading: 12_345,
      amount: 61,
      held: 500,
      unit: 'liter',
      unitPrice: 5,
      stop: false,
    });
    const id = String(session?.['sessionId']);
    const stop = (who: Student) =>
      ask(`${service.url}/v1/me/sessions/${id}/stop`, {
        method: 'POST',
        token: who.phone.signInToken,
      });
    const stranger = await given.student(0n);
    expect((await stop(stranger)).status).toBe(409);
    expect((await stop(student)).status).toBe(204);
    const next = await report(shower, order, { sequence: 2, reading: 13_000 });
    expect(next.body).toMatchObject({ stop: true, state: 'running' });
    await report(shower, order, { sequence: 3, reading: 13_400, final: true });
    expect((await mine(student))[0]).toMatchObject({
      state: 'ended',
      amount: 67,
      endReason: 'final',
    });
    const reading = (who: Student) =>
      ask(`${service.url}/v1/me/sessions/${id}/reading`, { token: who.phone.signInToken });
    const { body } = await reading(student);
    expect(JSON.parse(String(body['body']))).toMatchObject({ sequence: 3, reading: 13_400 });
    expect(isSigned(body)).toBe(true);
    const others = await reading(stranger);
    expect([others.status, others.body['code']]).toEqual([404, 'session_unreported']);
    const ended = await stop(student);
    expect([ended.status, ended.body['code']]).toEqual([409, 'session_ended']);
  });

  it('is asked on the phone where the money needs a word, and the device waits for it', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    await service.owner.query('update cards.group_limit set asks_above = 100');
    const { order, answer } = await start(shower, student.phone.next());
    await service.owner.query('update cards.group_limit set asks_above = null');
    expect(answer.body).toMatchObject({ verdict: 'pending', awaits: 'phone' });
    const early = await report(shower, order, { sequence: 1, reading: 1 });
    expect([early.status, early.body.code]).toEqual([409, 'session_not_begun']);
    await service.passTime(61);
    await service.runJob('end-expired-waits');
    // Nobody said the word: the device is free for the next one.
    await running(shower, student);
    expect((await mine(student))[1]).toMatchObject({ endReason: 'declined', amount: 0 });
  });
});

describe('the office', () => {
  it('sees what runs, and ends it by what was reported last', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 1, reading: 20_000 });
    const place = await placeOf(shower);
    const { body } = await office.get(`sessions?running=true&place=${place}`);
    const [session] = body['sessions'] as { sessionId: string }[];
    expect(session).toMatchObject({ orderNumber: order, cardNumber: student.cardNumber });
    expect((await office.post(`sessions/${session?.sessionId}/end`)).status).toBe(204);
    expect(await student.balance()).toBe(400n);
    const twice = await office.post(`sessions/${session?.sessionId}/end`);
    expect([twice.status, twice.body['code']]).toEqual([409, 'session_ended']);
  });
});

describe('at the same moment', () => {
  /** Keeps everybody waiting for the student's card until both are there. */
  async function together<First, Second>(
    { card }: Student,
    both: () => [Promise<First>, Promise<Second>],
  ): Promise<[First, Second]> {
    const holding = await Holding.begin(service.owner);
    await holding.query('select from cards.card where id = $1 for update', [card.toString()]);
    const answers = Promise.all(both());
    await untilWaiting(service, 2);
    await holding.commit();
    return answers;
  }

  it('takes the money once when the last word comes twice', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    const said = { number: shower.number(), sequence: 1, reading: 27_400, final: true };
    const answers = await together(student, () => [
      report(shower, order, said),
      report(shower, order, said),
    ]);
    expect(answers.map(({ body }) => [body['outcome'], body['captured']])).toEqual([
      ['noted', 137],
      ['noted', 137],
    ]);
    expect(await student.balance()).toBe(363n);
  });

  it('ends by the clock, however late the device is that very moment', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 1, reading: 10_000 });
    await service.passTime(901);
    const [late] = await together(student, () => [
      report(shower, order, { sequence: 2, reading: 27_400, final: true }),
      service.runJob('end-due-sessions'),
    ]);
    expect(late.body).toMatchObject({ outcome: 'late', captured: 50, endReason: 'expired' });
    expect(await student.balance()).toBe(450n);
  });

  it('is over once, by the device or by the office', async () => {
    const shower = await given.dorm();
    const student = await given.student(500n);
    const order = await running(shower, student);
    await report(shower, order, { sequence: 1, reading: 10_000 });
    const { body } = await office.get(`sessions?running=true&place=${await placeOf(shower)}`);
    const [session] = body['sessions'] as { sessionId: string }[];
    const [last, end] = await together(student, () => [
      report(shower, order, { sequence: 2, reading: 20_000, final: true }),
      office.post(`sessions/${session?.sessionId}/end`),
    ]);
    const isDevices = last.body['outcome'] === 'noted';
    expect(end.status).toBe(isDevices ? 409 : 204);
    expect(await student.balance()).toBe(isDevices ? 400n : 450n);
  });
});

describe('a device with the client library', () => {
  it('loses the service, is ended by the clock, and counts the same shift as the service', async () => {
    const device = await given.newTerminal('dorm', metered);
    const client = await TerminalClient.enrol({
      baseUrl: service.url,
      stateDir: null,
      serviceName: service.config.SERVICE_NAME,
      enrolmentCode: await given.enrolmentCode(device),
      model: 'story',
      softwareVersion: '1',
    });
    const [first, second] = [await given.student(500n), await given.student(500n)];
    expect(await client.sessions.programmes()).toEqual([]);
    const shower = await client.sessions.start({ code: first.phone.next() });
    const { orderNumber } = shower;
    expect(shower.outcome).toBe('approved');
    await client.sessions.report({ orderNumber, reading: 10_000 });
    await service.passTime(901);
    await service.runJob('end-due-sessions');
    // The terminal hears what time it is.
    await client.heartbeat('1');
    const late = await client.sessions.end({ orderNumber, reading: 27_400 });
    expect(late).toMatchObject({ outcome: 'late', captured: 50 });
    const again = await client.sessions.start({ code: second.phone.next() });
    await client.sessions.end({ orderNumber: again.orderNumber, reading: 27_400 });
    expect(client.totals().sales).toEqual({ count: 2, amount: 187 });
    const shift = await client.closeShift();
    expect(shift).toMatchObject({ agrees: true, service: { sales: { count: 2, amount: 187 } } });
    await client.close();
  });
});

it('leaves books that prove themselves', async () => {
  expect(await brokenProofs(service)).toEqual([]);
  const proofs = await proveWith(sessionsProofs, service.database);
  expect(proofs.filter(({ broken }) => broken !== 0n)).toEqual([]);
  expect(proofs).toHaveLength(4);
});
