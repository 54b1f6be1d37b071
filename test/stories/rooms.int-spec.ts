/** Room-mates buy electricity and water, use it up, are warned, and get it onto meters that have no network. */
import { verify } from 'node:crypto';
import { fromBase64Url, judgeTicket, publicKeyToJwk } from '@campus-paycode/terminal-protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { metersProofs } from '../../src/meters/prove-meters.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import type { Answer as Asked } from '../support/ask.js';
import { Dorm } from '../support/dorm.js';
import { brokenProofs, entered, Given, metered } from '../support/given.js';
import { Holding, untilWaiting } from '../support/locks.js';
import { startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let dorm: Dorm;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  dorm = await Dorm.open(service, given);
}, 60_000);
afterEach(async () => {
  Holding.endAll();
  const proofs = await proveWith(metersProofs, service.database);
  expect(proofs.filter(({ broken }) => broken !== 0n)).toEqual([]);
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(() => service.close());

describe('credit of a room', () => {
  it('is bought by any room-mate, used by all, and each line says why it changed', async () => {
    const [one, other] = [await given.student(5_000n), await given.student(5_000n)];
    const where = await dorm.room([one, other]);
    await dorm.buy(one, where, 1_000);
    await dorm.buy(other, where, 2_000);
    expect([await one.balance(), await other.balance()]).toEqual([4_000n, 3_000n]);
    expect(await dorm.creditOf(one, where)).toBe(3_000);
    expect(await dorm.use(where, 11_000)).toMatchObject({ outcome: 'taken', credit: 2_450 });
    expect(await dorm.creditOf(other, where)).toBe(2_450);
    expect(await dorm.statement(other, where)).toMatchObject([
      { kind: 'reading', amount: -550, creditAfter: 2_450, units: 10_000, reading: 11_000 },
      { kind: 'purchase', amount: 2_000, creditAfter: 3_000 },
      { kind: 'purchase', amount: 1_000, creditAfter: 1_000 },
    ]);
  });

  it('comes once, however often the order is sent and the event is heard', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    const wish = dorm.order(who, 1_000);
    const [first, again] = [
      await dorm.me(who, `meters/${where.meter}/credits`, wish),
      await dorm.me(who, `meters/${where.meter}/credits`, wish),
    ];
    expect(again.body['paymentId']).toBe(first.body['paymentId']);
    const path = `meters/${where.meter}/credits/${wish.orderNumber}`;
    expect((await dorm.me(who, path)).body).toMatchObject({
      verdict: 'approved',
      delivered: false,
    });
    await service.relayAll();
    await service.owner.query('select meters.deliver($1)', [first.body['paymentId']]);
    expect((await dorm.me(who, path)).body).toMatchObject({ amount: 1_000, delivered: true });
    expect([await dorm.creditOf(who, where), await who.balance()]).toEqual([1_000, 4_000n]);
    const reused = await dorm.me(who, `meters/${where.meter}/credits`, { ...wish, amount: 2_000 });
    expect([reused.status, reused.body.code]).toEqual([409, 'order_number_reused']);
  });

  it('comes late rather than never, where nobody heard the event', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    await dorm.me(who, `meters/${where.meter}/credits`, dorm.order(who, 1_000));
    await service.owner.query('delete from platform.outbox_cursor where false');
    await service.passTime(61);
    await service.runJob('deliver-late-credit');
    expect(await dorm.creditOf(who, where)).toBe(1_000);
    await service.relayAll();
    expect(await dorm.creditOf(who, where)).toBe(1_000);
  });

  it('is not for strangers to see or to buy, nor for whoever has moved out', async () => {
    const [who, stranger] = [await given.student(5_000n), await given.student(5_000n)];
    const where = await dorm.room([who]);
    for (const path of [`meters/${where.meter}/statement`, `meters/${where.meter}/ticket`])
      expect((await dorm.me(stranger, path)).body.code).toBe('meter_unknown');
    const bought = await dorm.me(
      stranger,
      `meters/${where.meter}/credits`,
      dorm.order(stranger, 1_000),
    );
    expect([bought.status, bought.body.code]).toEqual([404, 'meter_unknown']);
    const { body } = await dorm.office.get(`rooms/${where.id}`);
    await dorm.office.put('rooms', {
      building: body['building'],
      number: body['number'],
      residents: [stranger.cardNumber],
      meters: [],
    });
    expect((await dorm.me(who, 'rooms')).body['rooms']).toEqual([]);
    expect(await dorm.creditOf(stranger, where)).toBe(0);
  });

  it('is not bought with money that is not there, nor above what the place sells at once', async () => {
    const who = await given.student(100n);
    const where = await dorm.room([who]);
    const { body } = await dorm.me(who, `meters/${where.meter}/credits`, dorm.order(who, 1_000));
    expect(body).toMatchObject({ verdict: 'declined', reason: 'insufficient_funds' });
    const much = await dorm.me(who, `meters/${where.meter}/credits`, dorm.order(who, 50_001));
    expect([much.status, much.body.code]).toEqual([422, 'amount_out_of_range']);
    await service.relayAll();
    expect(await dorm.creditOf(who, where)).toBe(0);
  });

  it('waits for the phone’s word above what is paid without one, and comes with it', async () => {
    const [who, other] = [await given.student(10_000n), await given.student(10_000n)];
    const where = await dorm.room([who, other]);
    const rule = { after: null, againSeconds: null };
    await dorm.office.put('confirmation-rules/student', { ...rule, above: 2_000 });
    const path = `meters/${where.meter}/credits`;
    for (const [student, word] of [
      [who, 'confirm'],
      [other, 'refuse'],
    ] as const) {
      const wish = dorm.order(student, 3_000);
      expect((await dorm.me(student, path, wish)).body['verdict']).toBe('pending');
      await service.relayAll();
      expect(await dorm.creditOf(student, where)).toBe(student === who ? 0 : 3_000);
      await dorm.say(student, word);
      const verdict = word === 'confirm' ? 'approved' : 'declined';
      expect((await dorm.me(student, path, wish)).body).toMatchObject({ verdict });
      await service.relayAll();
    }
    expect(await dorm.creditOf(who, where)).toBe(3_000);
    expect([await who.balance(), await other.balance()]).toEqual([7_000n, 10_000n]);
    await dorm.office.put('confirmation-rules/student', { ...rule, above: null });
  });

  it('goes back with its payment as far as it is unused, and the office hears of the rest', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    const first = await dorm.buy(who, where, 1_000);
    await dorm.refund(first.body['paymentId'], 400);
    expect([await dorm.creditOf(who, where), await who.balance()]).toEqual([600, 4_400n]);
    await dorm.use(where, 11_000);
    expect(await dorm.creditOf(who, where)).toBe(50);
    await dorm.refund(first.body['paymentId'], 600);
    expect([await dorm.creditOf(who, where), await who.balance()]).toEqual([0, 5_000n]);
    expect((await dorm.office.get('meter-incidents')).body['incidents']).toContainEqual(
      expect.objectContaining({
        kind: 'paid_back_after_use',
        meterNumber: where.device,
        paymentId: first.body['paymentId'],
        value: 550,
      }),
    );
  });
});

describe('a dorm terminal', () => {
  it('orders credit before its sale, and the sale delivers it', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    const draft = dorm.desk.draft(who.phone.next(), 1_500);
    const wish = { orderNumber: draft.orderNumber, meterNumber: where.device };
    const ordered = await dorm.desk.send('POST', '/v1/room-credits', wish);
    expect([ordered.status, ordered.body]).toEqual([
      200,
      { ...wish, state: 'ordered', amount: 0, ticket: null },
    ]);
    expect((await dorm.desk.post(draft)).body['verdict']).toBe('approved');
    await service.relayAll();
    const found = await dorm.desk.send('GET', `/v1/room-credits/${draft.orderNumber}`);
    expect(found.body).toEqual({ ...wish, state: 'delivered', amount: 1_500, ticket: null });
    expect((await dorm.desk.send('POST', '/v1/room-credits', wish)).body['state']).toBe(
      'delivered',
    );
    expect((await dorm.desk.reverse(draft.orderNumber)).body['outcome']).toBe('reversed');
    await service.relayAll();
    expect([await dorm.creditOf(who, where), await who.balance()]).toEqual([0, 5_000n]);
    const taken = await dorm.desk.send('GET', `/v1/room-credits/${draft.orderNumber}`);
    expect(taken.body).toMatchObject({ state: 'delivered', amount: 0 });
  });

  it('sells credit and brings readings through the client library', async () => {
    const who = await given.student(5_000n);
    const counter = await given.newTerminal('dorm', entered);
    const where = await dorm.room([who], { placeId: await dorm.placeOf(counter) });
    const settled: unknown[] = [];
    const client = await dorm.client(counter, (event) => {
      if (event.type === 'readings_settled') settled.push(...event.readings);
    });
    const { orderNumber, meterNumber } = await client.rooms.order({ meterNumber: where.device });
    const sale = await client.rooms.sell({ orderNumber, code: who.phone.next(), amount: 1_500 });
    expect(sale).toMatchObject({ outcome: 'approved', orderNumber });
    const delivered = client.rooms.delivered(orderNumber);
    await service.relayAll();
    expect(await delivered).toMatchObject({ state: 'delivered', amount: 1_500 });
    await service.passTime(60);
    await client.readings.send([{ meterNumber, reading: 11_000, takenAt: dorm.now() }]);
    await client.drain();
    expect(settled).toEqual([{ meterNumber, outcome: 'taken', credit: 950, reading: 11_000 }]);
    expect(await dorm.creditOf(who, where)).toBe(950);
    expect((await client.closeShift()).agrees).toBe(true);
    await client.close();
  });

  it('delivers nothing of a sale that was reversed before anybody heard of it', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    const draft = dorm.desk.draft(who.phone.next(), 1_500);
    const { orderNumber } = draft;
    await dorm.desk.send('POST', '/v1/room-credits', { orderNumber, meterNumber: where.device });
    await dorm.desk.post(draft);
    await dorm.desk.reverse(orderNumber);
    await service.relayAll();
    const found = await dorm.desk.send('GET', `/v1/room-credits/${orderNumber}`);
    expect(found.body['state']).toBe('ordered');
    expect(await dorm.statement(who, where)).toEqual([]);
  });

  it('orders for a meter of its own place, under a number of its own', async () => {
    const who = await given.student(5_000n);
    const [one, other] = [await dorm.room([who]), await dorm.room([who])];
    const elsewhere = await given.terminal('dorm', entered);
    const wish = { orderNumber: dorm.desk.number(), meterNumber: one.device };
    const refusals: [TestTerminal, Record<string, unknown>, number, string][] = [
      [elsewhere, wish, 404, 'meter_unknown'],
      [dorm.desk, { ...wish, meterNumber: 4_000_000_000 }, 404, 'meter_unknown'],
      [dorm.desk, { ...wish, meterNumber: other.device }, 409, 'order_number_reused'],
    ];
    expect((await dorm.desk.send('POST', '/v1/room-credits', wish)).status).toBe(200);
    for (const [terminal, body, status, code] of refusals) {
      const answer = await terminal.send('POST', '/v1/room-credits', body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const unknown = await dorm.desk.send('GET', `/v1/room-credits/${dorm.desk.number()}`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'order_unknown']);
  });
});

describe('a reading', () => {
  it('is charged once, never falls, and keeps what is no whole fen for the next', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    await dorm.buy(who, where, 1_000);
    await service.passTime(60);
    const at = dorm.now();
    expect(await dorm.bring(where, 1_010, at)).toMatchObject({ outcome: 'taken', credit: 1_000 });
    expect(await dorm.bring(where, 1_010, at)).toMatchObject({ outcome: 'known', credit: 1_000 });
    expect(await dorm.bring(where, 1_020, at)).toMatchObject({
      outcome: 'differs',
      reading: 1_010,
    });
    expect(await dorm.use(where, 1_020)).toMatchObject({ outcome: 'taken', credit: 999 });
    expect(await dorm.bring(where, 5_000, at)).toMatchObject({ outcome: 'differs' });
    const before = new Date(Date.parse(at) - 1).toISOString();
    expect(await dorm.bring(where, 1_005, before)).toMatchObject({ outcome: 'older' });
    expect(await dorm.use(where, 1_019)).toMatchObject({ outcome: 'falls', reading: 1_020 });
    const soon = new Date(service.clock.nowMs() + 3_600_000).toISOString();
    expect(await dorm.bring(where, 1_030, soon)).toMatchObject({ outcome: 'early' });
    expect(await dorm.bring({ device: 4_000_000_000 }, 1)).toEqual({
      meterNumber: 4_000_000_000,
      outcome: 'unknown',
      credit: null,
      reading: null,
    });
    const stranger = await given.terminal('dorm', entered);
    expect(await dorm.bring(where, 1_030, dorm.now(), stranger)).toMatchObject({
      outcome: 'unknown',
    });
    // A fen and a tenth in two readings of ten watt-hours; the tenth waits.
    const { rows } = await service.owner.query('select rest from meters.meter where id = $1', [
      where.meter,
    ]);
    expect(rows).toEqual([{ rest: '100' }]);
  });

  it('takes the credit below zero, and warns each room-mate once for each time that it runs low', async () => {
    const [one, other] = [await given.student(5_000n), await given.student(5_000n)];
    const where = await dorm.room([one, other]);
    await dorm.buy(one, where, 1_000);
    await dorm.use(where, 11_000);
    expect([await dorm.warningsOf(one), await dorm.warningsOf(other)]).toEqual([1, 1]);
    expect(await dorm.use(where, 31_000)).toMatchObject({ outcome: 'taken', credit: -650 });
    expect(await dorm.warningsOf(one)).toBe(1);
    await dorm.buy(other, where, 2_000);
    expect(await dorm.creditOf(one, where)).toBe(1_350);
    expect(await dorm.use(where, 51_000)).toMatchObject({ outcome: 'taken', credit: 250 });
    expect([await dorm.warningsOf(one), await dorm.warningsOf(other)]).toEqual([2, 2]);
  });

  it('is charged once by two that arrive at once', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    await dorm.buy(who, where, 1_000);
    await service.passTime(60);
    const at = dorm.now();
    const holding = await Holding.begin(service.owner);
    await holding.query('select from meters.meter where id = $1 for update', [where.meter]);
    const both = [dorm.bring(where, 11_000, at), dorm.bring(where, 11_000, at)];
    await untilWaiting(service, 2);
    await holding.commit();
    const outcomes = (await Promise.all(both)).map(({ outcome }) => outcome);
    expect(outcomes.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      'known',
      'taken',
    ]);
    expect(await dorm.creditOf(who, where)).toBe(450);
  });

  it('comes from the office as a file, of which every line is answered', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    await service.passTime(60);
    const csv = (...lines: string[]): string =>
      ['meter_number,reading,taken_at', ...lines, ''].join('\n');
    const file = csv(`${where.device},2000,${dorm.now()}`, `4000000000,5,${dorm.now()}`);
    const { status, body } = await dorm.office.post('meter-readings', { csv: file });
    expect([status, body]).toMatchObject([
      200,
      { readings: [{ outcome: 'taken', credit: -55, reading: 2_000 }, { outcome: 'unknown' }] },
    ]);
    const again = await dorm.office.post('meter-readings', { csv: file });
    expect(again.body['readings']).toMatchObject([{ outcome: 'known' }, { outcome: 'unknown' }]);
    const wrong = [
      '',
      'a,b\n1,2',
      csv(),
      csv('1,2'),
      csv(`1,-2,${dorm.now()}`),
      csv('1,2,yesterday'),
    ];
    for (const each of wrong.filter((text) => text !== '')) {
      const refused = await dorm.office.post('meter-readings', { csv: each });
      expect([each, refused.status, refused.body.code]).toEqual([
        each,
        422,
        'readings_not_readable',
      ]);
    }
  });

  it('that no room can use is not believed, unless the office is sure', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    expect(await dorm.use(where, 60_000)).toMatchObject({ outcome: 'unlikely', reading: 1_000 });
    await dorm.bring(where, 60_000);
    const { body } = await dorm.office.get('meter-incidents');
    const told = (body['incidents'] as { meterNumber: number }[]).filter(
      ({ meterNumber }) => meterNumber === where.device,
    );
    expect(told).toMatchObject([{ kind: 'reading_unlikely', value: 60_000 }]);
    const csv = `meter_number,reading,taken_at\n${where.device},60000,${dorm.now()}\n`;
    const sure = await dorm.office.post('meter-readings', { csv, isSure: true });
    expect(sure.body['readings']).toMatchObject([{ outcome: 'taken', credit: -3_245 }]);
  });
});

describe('a meter without a network', () => {
  /** As the meter itself would judge it. */
  function judge(answer: Asked | Answer, device: number, last = { lastNumber: 0, lastTotal: 0 }) {
    const { digits } = answer.body as unknown as { digits: string };
    return judgeTicket(
      digits,
      { device, ...last, keys: ticketKeys, now: service.clock.unixSeconds() },
      (publicKey, message, signature) => {
        const jwk = publicKeyToJwk('ed25519', publicKey);
        return verify(null, message, { key: jwk, format: 'jwk' }, signature);
      },
    );
  }
  const ticketKeys = new Map<number, Uint8Array>();

  it('gets its credit as a signed ticket, and the newest is worth all before it', async () => {
    const settings = await dorm.desk.send('GET', '/v1/terminal-settings');
    const keys = settings.body['ticketKeys'] as { keyId: number; publicKey: string }[];
    for (const { keyId, publicKey } of keys)
      ticketKeys.set(keyId, fromBase64Url(publicKey) ?? new Uint8Array());
    const who = await given.student(5_000n);
    const where = await dorm.room([who], { networked: false });
    const none = await dorm.me(who, `meters/${where.meter}/ticket`);
    expect([none.status, none.body.code]).toEqual([404, 'ticket_unknown']);
    await dorm.buy(who, where, 1_000);
    const first = await dorm.me(who, `meters/${where.meter}/ticket`);
    expect(first.body).toMatchObject({ number: 1, units: 18_181 });
    expect(judge(first, where.device)).toMatchObject({ ok: true, units: 18_181 });
    expect(judge(first, where.device + 1)).toMatchObject({ code: 'ticket_of_another_meter' });
    const after = { lastNumber: 1, lastTotal: 18_181 };
    expect(judge(first, where.device, after)).toMatchObject({ code: 'ticket_used' });
    await dorm.buy(who, where, 2_000);
    const second = await dorm.me(who, `meters/${where.meter}/ticket`);
    expect(judge(second, where.device)).toMatchObject({ ok: true, units: 54_544 });
    expect(judge(second, where.device, after)).toMatchObject({ ok: true, units: 36_363 });
    await service.passTime(86_400);
    expect(judge(second, where.device)).toMatchObject({ code: 'ticket_expired' });
    const fresh = await dorm.me(who, `meters/${where.meter}/ticket`);
    expect(judge(fresh, where.device, after)).toMatchObject({ ok: true, units: 36_363 });
    // Its readings cost nothing more, and what was put on a ticket does not come back.
    expect(await dorm.use(where, 9_000)).toMatchObject({ outcome: 'taken', credit: 0 });
    expect((await dorm.statement(who, where)).map(({ kind }) => kind)).toEqual([
      'ticket',
      'purchase',
      'ticket',
      'purchase',
    ]);
  });

  it('is topped up at a dorm terminal, which fetches the ticket', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who], { networked: false, kind: 'water', price: 320 });
    const draft = dorm.desk.draft(who.phone.next(), 1_600);
    const { orderNumber } = draft;
    await dorm.desk.send('POST', '/v1/room-credits', { orderNumber, meterNumber: where.device });
    await dorm.desk.post(draft);
    await service.relayAll();
    const { body } = await dorm.desk.send('GET', `/v1/room-credits/${orderNumber}`);
    expect(body).toMatchObject({ state: 'delivered', ticket: { number: 1, units: 5_000 } });
  });

  it('gives way to another, and what it had left goes onto a ticket for the new one', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who], { networked: false, price: 50 });
    await dorm.buy(who, where, 1_000);
    await service.passTime(60);
    const device = where.device + 50_000;
    const wish = { lastReading: 13_000, meterNumber: device, firstReading: 0, unitsLeft: 8_000 };
    const replace = (changes: Record<string, unknown> = {}): Promise<Asked> =>
      dorm.office.post(`meters/${where.meter}/replacement`, { ...wish, ...changes });
    expect((await replace({ lastReading: 999 })).body.code).toBe('last_reading_too_low');
    expect((await replace({ unitsLeft: 20_001 })).body.code).toBe('units_left_wrong');
    const elsewhere = await dorm.room([who]);
    expect((await replace({ meterNumber: elsewhere.device })).body.code).toBe('meter_taken');
    expect((await replace()).status).toBe(204);
    expect((await replace()).status).toBe(204);
    const ticket = await dorm.me(who, `meters/${where.meter}/ticket`);
    expect(ticket.body).toMatchObject({ number: 1, units: 8_000 });
    expect(judge(ticket, device)).toMatchObject({ ok: true, units: 8_000 });
    expect(await dorm.bring(where, 14_000)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('the office', () => {
  it('sets a room only as it fits, and replaces a meter that has a network', async () => {
    const who = await given.student(5_000n);
    const where = await dorm.room([who]);
    const wish = { building: '五号楼', number: '101', residents: [who.cardNumber], meters: [] };
    const other = await given.terminal('dorm', metered);
    const refusals: [Record<string, unknown>, number, string][] = [
      [{ residents: ['nobody'] }, 404, 'cardholder_unknown'],
      [{ meters: [dorm.meterOf(where.device)] }, 409, 'meter_taken'],
      [
        { meters: [dorm.meterOf(60_000, { placeId: await dorm.placeOf(other) })] },
        422,
        'meter_place_unfit',
      ],
    ];
    for (const [changes, status, code] of refusals) {
      const answer = await dorm.office.put('rooms', { ...wish, ...changes });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const { body } = await dorm.office.get(`rooms?search=${where.device}`);
    expect(body['rooms']).toMatchObject([{ roomId: where.id }]);
    expect((await dorm.office.get('rooms?search=五号楼')).body['rooms']).toEqual([]);
    expect((await dorm.office.get('rooms/999999')).body.code).toBe('room_unknown');
    const [same] = body['rooms'] as { building: string; number: string }[];
    const differs = await dorm.office.put('rooms', {
      ...wish,
      building: same?.building,
      number: same?.number,
      meters: [dorm.meterOf(61_000)],
    });
    expect([differs.status, differs.body.code]).toEqual([409, 'meter_differs']);

    await dorm.buy(who, where, 1_000);
    await service.passTime(60);
    const replaced = await dorm.office.post(`meters/${where.meter}/replacement`, {
      lastReading: 3_000,
      meterNumber: 62_000,
      firstReading: 7,
    });
    expect(replaced.status).toBe(204);
    expect(await dorm.seen(who, where)).toMatchObject({
      credit: 890,
      meterNumber: 62_000,
      reading: 7,
    });
    expect(await dorm.use({ ...where, device: 62_000 }, 1_007)).toMatchObject({ credit: 835 });
    const gone = await dorm.office.post('meters/999999/replacement', {
      lastReading: 1,
      meterNumber: 63_000,
      firstReading: 1,
    });
    expect(gone.body.code).toBe('meter_unknown');
    const lines = await dorm.office.get(`meters/${where.meter}/statement`);
    expect(lines.body['lines']).toHaveLength(3);
  });
});
