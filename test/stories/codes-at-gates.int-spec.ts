/** What a gate scans: codes that phones signed, used once and for their own card, and every number that a gate counts. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { fixed, type Student } from '../support/given.js';
import { Holding, untilWaiting } from '../support/locks.js';
import { OfflineCampus } from '../support/offline-campus.js';
import { OfflineTill } from '../support/offline-till.js';
import { startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let campus: OfflineCampus;
let office: Colleague;

beforeAll(async () => {
  service = await startService();
  campus = await OfflineCampus.on(service);
  office = await givenColleague(service, 'gate.watcher', ['administrator']);
});
afterEach(() => Holding.endAll());
afterAll(() => service.close());

const whole = { from: '00:00', until: '24:00' };
const byEntry = { group: 'student', ...whole, charge: 'entry', amount: 300 };
const byTime = { group: 'student', ...whole, charge: 'time', amount: 2_000, minutePrice: 10 };
const forFree = { group: 'student', ...whole, charge: 'free' };

type Gym = { readonly gate: TestTerminal; readonly place: string };

/** Without a sensor: whoever may pass has passed. */
async function gym(rule: unknown, changes: Record<string, unknown> = {}): Promise<Gym> {
  const gate = await campus.given.terminal('gym', fixed);
  const { rows } = await service.owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [gate.id.toString()],
  );
  const place = rows[0]?.place ?? '';
  const hours = { opens: '00:00', closes: '24:00' };
  const set = { passback: 'hard', ...hours, hasSensor: false, forgottenAmount: 900 };
  const { status } = await office.put(`gates/${place}`, { ...set, ...changes, rules: [rule] });
  expect(status).toBe(200);
  return { gate, place };
}

type Scan = { readonly order: string; readonly bytes: string; readonly answer: Answer };

async function scan(
  { gate }: Pick<Gym, 'gate'>,
  text: string,
  direction: 'entry' | 'exit',
  changes: Record<string, unknown> = {},
): Promise<Scan> {
  const instrument =
    text.length === 20 ? { type: 'code', code: text } : { type: 'signed_qr', text };
  const { orderNumber, body } = gate.draft('', undefined, { instrument, direction, ...changes });
  const answer = await gate.send('POST', '/v1/passages', body);
  return { order: orderNumber, bytes: body, answer };
}

const told = ({ answer: { body } }: Scan): unknown[] => [body['verdict'], body['reason']];
const approved = ['approved', null];
const declined = (reason: string): unknown[] => ['declined', reason];

const student = (): Promise<Student> => campus.student(10_000n);

async function incidents({ place }: Gym): Promise<unknown> {
  const { body } = await office.get(`gates/${place}/visits`);
  return (body['incidents'] as { kind: string }[]).map(({ kind }) => kind);
}

describe('a signed code at a gate', () => {
  it('lets its owner in for the price of the entry, and out again', async () => {
    const place = await gym(byEntry, { hasSensor: true });
    const guest = await student();
    const before = await guest.balance();
    const entry = await scan(place, guest.phone.signedQr(), 'entry');
    expect(entry.answer.signed).toBe('bound');
    expect(entry.answer.body).toMatchObject({
      verdict: 'approved',
      state: 'authorized',
      amount: 300,
      cardholder: { maskedName: '张*' },
      visit: { charge: 'entry' },
    });
    const again = await place.gate.send('POST', '/v1/passages', entry.bytes);
    expect(again.text).toBe(entry.answer.text);
    const passed = await place.gate.send('POST', `/v1/passages/${entry.order}/passed`);
    expect(passed.body['outcome']).toBe('passed');
    expect(await guest.balance()).toBe(before - 300n);
    expect(told(await scan(place, guest.phone.signedQr(), 'exit'))).toEqual(approved);
    expect(await campus.broken()).toEqual([]);
  });

  it('begins a visit by time that an ordinary code ends, and the other way round', async () => {
    const place = await gym(byTime);
    const guest = await student();
    const before = await guest.balance();
    for (const [enter, leave] of [
      [() => guest.phone.signedQr(), () => guest.phone.next()],
      [() => guest.phone.next(), () => guest.phone.signedQr()],
    ] as const) {
      expect(told(await scan(place, enter(), 'entry'))).toEqual(approved);
      await service.passTime(130);
      const { answer } = await scan(place, leave(), 'exit');
      expect(answer.body).toMatchObject({ verdict: 'approved', visit: { charge: 'time' } });
    }
    expect(await guest.balance()).toBe(before - 60n);
  });

  it('is used up where nothing is paid, with every one before it, and by a decline too', async () => {
    const place = await gym(forFree);
    const guest = await student();
    const [old, code, spent, next] = [1, 2, 3, 4].map(() => guest.phone.signedQr());
    expect(told(await scan(place, code ?? '', 'entry'))).toEqual(approved);
    expect(told(await scan(place, code ?? '', 'exit'))).toEqual(declined('code_used'));
    expect(told(await scan(place, old ?? '', 'exit'))).toEqual(declined('code_used'));
    expect(told(await scan(place, spent ?? '', 'entry'))).toEqual(declined('already_inside'));
    expect(told(await scan(place, spent ?? '', 'exit'))).toEqual(declined('code_used'));
    expect(told(await scan(place, next ?? '', 'exit'))).toEqual(approved);
    const till = await campus.given.canteen();
    const instrument = { type: 'signed_qr', text: next };
    const sale = await till.post(till.draft('', 500, { instrument }));
    expect(sale.body).toMatchObject({ verdict: 'declined', reason: 'code_used' });
  });

  for (const [rule, what] of [
    [forFree, 'for nothing'],
    [byEntry, 'for a price'],
  ] as const)
    it(`lets one person in at two gates at once, ${what}`, async () => {
      const place = await gym(rule, { passback: 'soft' });
      const { terminal: other } = await campus.beside(new OfflineTill(service, place.gate));
      const guest = await student();
      const code = guest.phone.signedQr();
      const before = await guest.balance();
      const holding = await Holding.begin(service.owner);
      await holding.query('select from cards.card where id = $1 for update', [guest.card]);
      const waiting = [place.gate, other].map((gate) => scan({ gate }, code, 'entry'));
      await untilWaiting(service, 2);
      await holding.commit();
      const reasons = (await Promise.all(waiting)).map(({ answer }) => answer.body['reason']);
      expect(new Set(reasons)).toEqual(new Set([null, 'code_used']));
      expect(before - (await guest.balance())).toBe(rule === byEntry ? 300n : 0n);
      expect(await campus.broken()).toEqual([]);
    });

  it('is worth nothing when it is old, forged, or its certificate is withdrawn', async () => {
    const place = await gym(forFree);
    const guest = await student();
    const old = guest.phone.signedQr();
    await service.passTime(62);
    expect(told(await scan(place, old, 'entry'))).toEqual(declined('code_invalid'));
    const code = guest.phone.signedQr();
    const last = (Number(code.at(-1)) + 1) % 10;
    const forged = await scan(place, `${code.slice(0, -1)}${last}`, 'entry');
    expect(told(forged)).toEqual(declined('code_invalid'));
    await service.owner.query(
      `select payment_codes.hotlist_credentials(array(
         select k.id from payment_codes.credential k where k.card = $1), 'phone_lost')`,
      [guest.card.toString()],
    );
    expect(told(await scan(place, code, 'entry'))).toEqual(declined('credential_closed'));
    expect(told(await scan(place, guest.phone.next(), 'entry'))).toEqual(approved);
  });

  it('opens no entry without its certificate’s right to, and every exit', async () => {
    const place = await gym(forFree);
    const flag = (flags: number) =>
      service.owner.query(
        `update payment_codes.limit_class set flags = $1 where group_code = 'student'`,
        [flags],
      );
    await flag(0);
    const guest = await student();
    await flag(1);
    const code = guest.phone.signedQr();
    const { answer } = await scan(place, code, 'entry');
    expect(answer.body).toMatchObject({
      verdict: 'declined',
      reason: 'not_for_gates',
      message: { zh: expect.stringContaining('门禁'), en: expect.stringContaining('gates') },
    });
    expect(told(await scan(place, code, 'entry'))).toEqual(declined('code_used'));
    expect(told(await scan(place, guest.phone.next(), 'entry'))).toEqual(approved);
    expect(told(await scan(place, guest.phone.signedQr(), 'exit'))).toEqual(approved);
  });

  it('lets everybody out of a gate that is not hard, and the office hears of it', async () => {
    const place = await gym(forFree, { passback: 'soft' });
    const guest = await student();
    const code = guest.phone.signedQr();
    expect(told(await scan(place, code, 'entry'))).toEqual(approved);
    expect(told(await scan(place, code, 'exit'))).toEqual(approved);
    expect(await incidents(place)).toEqual(['left_without_visit']);
    expect(told(await scan(place, guest.phone.signedQr(), 'exit'))).toEqual(approved);
    expect(await incidents(place)).toEqual(['left_without_visit']);
  });

  it('is not used up by a scan that was barred before it arrived', async () => {
    const place = await gym(forFree);
    const guest = await student();
    const code = guest.phone.signedQr();
    const { orderNumber, body } = place.gate.draft('', undefined, {
      instrument: { type: 'signed_qr', text: code },
      direction: 'entry',
    });
    const barred = await place.gate.send('POST', `/v1/passages/${orderNumber}/not-passed`);
    expect(barred.body['outcome']).toBe('never_seen');
    const late = await place.gate.send('POST', '/v1/passages', body);
    expect(late.body.code).toBe('order_number_reversed');
    expect(told(await scan(place, code, 'entry'))).toEqual(approved);
  });
});

describe('the sequence of a gate', () => {
  async function report({ gate }: Gym): Promise<unknown> {
    await service.passTime(120);
    await service.runJob('watch-sequences');
    const { body } = await office.get('terminal-sequences');
    const all = body as unknown as { terminalId: string }[];
    return all.find(({ terminalId }) => terminalId === gate.id.toString());
  }

  const bar = async ({ gate }: Gym): Promise<void> => {
    const { orderNumber } = gate.draft('', undefined, {});
    const { body } = await gate.send('POST', `/v1/passages/${orderNumber}/not-passed`);
    expect(body['outcome']).toBe('never_seen');
  };

  it('has no gap where people come in for nothing, are declined, refused, barred, or pay', async () => {
    const place = await gym(forFree);
    const { phone } = await campus.given.student(1_000n);
    await scan(place, phone.next(), 'entry');
    expect(told(await scan(place, phone.next(), 'entry'))).toEqual(declined('already_inside'));
    await bar(place);
    await scan(place, phone.next(), 'exit');
    expect((await place.gate.sell(phone.next())).body['verdict']).toBe('approved');
    const unheard = place.gate.draft(phone.next());
    expect((await place.gate.reverse(unheard.orderNumber)).body['outcome']).toBe('never_seen');
    const foreign = '134567890123456789';
    expect((await place.gate.sell(foreign)).body.code).toBe('code_foreign');
    const refused = await scan(place, foreign.padEnd(20, '0'), 'entry');
    expect(refused.answer.body.code).toBe('code_malformed');
    await scan(place, phone.next(), 'entry');
    expect(await report(place)).toMatchObject({ lastSequence: '9', missing: 0, breaks: [] });
    const paid = await gym(byEntry);
    await scan(paid, phone.next(), 'entry');
    await scan(paid, phone.next(), 'exit');
    expect(await report(paid)).toMatchObject({ lastSequence: '2', missing: 0, breaks: [] });
  });

  it('knows what was barred before the next number came', async () => {
    const place = await gym(forFree);
    const { phone } = await campus.given.student(0n);
    await bar(place);
    await scan(place, phone.next(), 'entry');
    await bar(place);
    await bar(place);
    expect(await report(place)).toMatchObject({ lastSequence: '2', missing: 0 });
    await scan(place, phone.next(), 'exit', { sequence: 6 });
    expect(await report(place)).toMatchObject({ lastSequence: '6', missing: 1 });
    await scan(place, phone.next(), 'entry', { sequence: 8 });
    expect(await report(place)).toMatchObject({ lastSequence: '8', missing: 2, breaks: [] });
  });

  it('that goes back is named by the scan', async () => {
    const place = await gym(forFree);
    const { phone } = await campus.given.student(0n);
    await scan(place, phone.next(), 'entry', { sequence: 8 });
    const { order } = await scan(place, phone.next(), 'exit', { sequence: 8 });
    const breaks = [
      {
        paymentId: null,
        orderNumber: order,
        sequence: 8,
        expected: 9,
        decidedAt: expect.any(String),
      },
    ];
    expect(await report(place)).toMatchObject({ lastSequence: '8', missing: 0, breaks });
    expect(await report(place)).toMatchObject({ lastSequence: '8', missing: 0, breaks });
  });
});
