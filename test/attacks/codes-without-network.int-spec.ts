/** Attacks A26 and A27 of codes that phones sign, and A3 at a terminal with a network: who bears what, to the fen. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OfflineCampus } from '../support/offline-campus.js';
import type { OfflineTill } from '../support/offline-till.js';
import { startService, type TestService } from '../support/service.js';
import type { Student } from '../support/given.js';

let service: TestService;
let campus: OfflineCampus;
let till: OfflineTill;
/** Another merchant's. */
let other: OfflineTill;
let student: Student;

beforeAll(async () => {
  service = await startService();
  campus = await OfflineCampus.on(service);
  till = await campus.till();
  other = await campus.till();
});
beforeEach(async () => {
  student = await campus.student(50_000n);
});
afterEach(async () => {
  // Time goes on: what terminals wrote before must not lie ahead of what they write next.
  await service.passTime(120);
});
afterAll(() => service.close());

const qr = (counter?: number): string =>
  student.phone.signedQr(counter === undefined ? {} : { counter });
const spent = async (): Promise<bigint> => 50_000n - (await campus.balances(student)).cash;

describe('a signed code at a terminal with a network', () => {
  const sell = (text: string, amount = 1_250) =>
    till.terminal.post(
      till.terminal.draft('', amount, { instrument: { type: 'signed_qr', text } }),
    );

  it('pays like any code, once', async () => {
    const text = qr();
    expect((await sell(text)).body).toMatchObject({ verdict: 'approved', captured: 1_250 });
    expect((await sell(text)).body).toMatchObject({ verdict: 'declined', reason: 'code_used' });
    expect(await spent()).toBe(1_250n);
  });

  it('is answered again under its own order number', async () => {
    const draft = till.terminal.draft('', 700, { instrument: { type: 'signed_qr', text: qr() } });
    const [first, again] = [await till.terminal.post(draft), await till.terminal.post(draft)];
    expect(again.body).toEqual(first.body);
    expect(await spent()).toBe(700n);
  });

  it('of twenty at once pays once', async () => {
    const text = qr();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sell(text)));
    const verdicts = answers.map(({ body }) => body['reason'] ?? body['verdict']);
    expect(verdicts.filter((verdict) => verdict === 'approved')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'code_used')).toHaveLength(19);
  });

  it('is void once a newer one was used, and when it is older than a minute', async () => {
    const [older, newer] = [qr(), qr()];
    expect((await sell(newer)).body['verdict']).toBe('approved');
    expect((await sell(older)).body['reason']).toBe('code_used');
    const late = qr();
    await service.passTime(62);
    expect((await sell(late)).body['reason']).toBe('code_invalid');
  });

  it('with one digit turned is declined, whoever it names', async () => {
    const text = qr();
    const forged = text.slice(0, 440) + (text[440] === '7' ? '8' : '7') + text.slice(441);
    expect((await sell(forged)).body['reason']).toBe('code_invalid');
    expect(await spent()).toBe(0n);
  });

  it('of a certificate on the hotlist is declined', async () => {
    await service.owner.query(
      `select payment_codes.hotlist_credentials(array[$1::bigint], 'card_lost')`,
      [student.phone.credential.toString()],
    );
    expect((await sell(qr())).body['reason']).toBe('credential_closed');
  });

  it('that timed out, was reversed and then taken without the network is one sale', async () => {
    const text = qr();
    const { body } = await sell(text, 900);
    expect((await till.terminal.reverse(String(body['orderNumber']))).body['outcome']).toBe(
      'reversed',
    );
    expect(await till.sell(text, 900)).toMatchObject({ decision: 'captured' });
    expect(await spent()).toBe(900n);
  });

  it('that stands is not sold again by the same terminal without a network', async () => {
    const text = qr();
    const { body } = await sell(text, 900);
    expect(await till.sell(text, 900)).toMatchObject({
      decision: 'replayed',
      reason: 'scanned_again',
      paymentId: body['paymentId'],
    });
    expect(await spent()).toBe(900n);
  });
});

describe('an order number', () => {
  it('that the terminal reversed before its record came is not charged', async () => {
    const record = till.accept(qr(), 500);
    const { orderNumber } = JSON.parse(record.record) as { orderNumber: string };
    await till.terminal.reverse(orderNumber, 'device');
    expect(await till.bring(record)).toMatchObject([
      { decision: 'refused', reason: 'order_number_reversed' },
    ]);
    expect(await spent()).toBe(0n);
  });

  it('that got its verdict with a network gets no second one', async () => {
    const { body } = await till.terminal.sell(student.phone.next(), 400);
    const orderNumber = String(body['orderNumber']);
    expect(await till.sell(qr(), 500, { orderNumber })).toMatchObject({
      decision: 'refused',
      reason: 'order_number_reused',
    });
    expect(await spent()).toBe(400n);
  });
});

describe('A26: one code at two terminals', () => {
  it("is the merchant's loss where both are its own", async () => {
    const twin = await campus.beside(till);
    const code = qr();
    const first = await till.sell(code, 1_000);
    const second = await twin.sell(code, 1_000);
    expect(second).toMatchObject({ decision: 'replayed', reason: 'offline_replay' });
    expect(second.paymentId).toBe(first.paymentId);
    expect(await campus.kept(twin, second)).toMatchObject({ bears: 'merchant', paid: 0 });
    expect(await spent()).toBe(1_000n);
  });

  it("is the house's where they are not, by two people and at most ¥60 a terminal and day", async () => {
    const fresh = await campus.till();
    const before = (await campus.earned(fresh)).lost;
    const records = [];
    for (let each = 0; each < 3; each += 1) {
      student = await campus.student(50_000n);
      const code = qr();
      await till.sell(code, 2_500);
      records.push(await fresh.sell(code, 2_500));
    }
    expect(await campus.earned(fresh)).toEqual({ merchant: 0n, lost: before });
    const paid = [];
    for (const record of records) paid.push((await campus.say(fresh, record, 'release')).paid);
    expect(paid).toEqual([2_500, 2_500, 1_000]);
    expect(await campus.earned(fresh)).toEqual({ merchant: 6_000n, lost: before + 6_000n });
  });

  it('at the same moment is sold once', async () => {
    const code = qr();
    const records = [till.accept(code, 1_000), other.accept(code, 1_000)] as const;
    const decisions = (await Promise.all([till.bring(records[0]), other.bring(records[1])])).flat();
    expect(decisions.map(({ decision }) => decision).sort()).toEqual(['captured', 'replayed']);
    expect(await spent()).toBe(1_000n);
  });
});

describe('A26: two codes under one counter', () => {
  it("are both the phone's, and it pays no more", async () => {
    const [one, two] = [qr(5), (await service.passTime(1), qr(5))];
    expect(await till.sell(one, 1_000)).toMatchObject({ decision: 'captured' });
    expect(await other.sell(two, 1_500)).toMatchObject({ decision: 'captured' });
    expect(await spent()).toBe(2_500n);
    const { reason } = (await till.terminal.sell(student.phone.next(), 100)).body as {
      reason: string;
    };
    // The second while the index has not heard yet, the first from then on.
    expect(['code_invalid', 'credential_closed']).toContain(reason);
    const { body } = await campus.maker.get('code-alarms');
    expect(body['alarms']).toContainEqual(expect.objectContaining({ kind: 'code_doubled' }));
  });
});

describe('a certificate that was on the hotlist before the sale', () => {
  const list = async (reason: string): Promise<number> => {
    await service.owner.query(`select payment_codes.hotlist_credentials(array[$1::bigint], $2)`, [
      student.phone.credential.toString(),
      reason,
    ]);
    const { rows } = await service.owner.query<{ number: string }>(
      'select number from payment_codes.make_hotlist()',
    );
    await service.passTime(5);
    return Number(rows[0]?.number);
  };

  it("and on the list of the terminal is the merchant's loss", async () => {
    const hotlistVersion = await list('card_lost');
    const fresh = await campus.till();
    const decision = await fresh.sell(qr(), 1_000, { hotlistVersion });
    expect(decision).toMatchObject({ decision: 'refused', reason: 'certificate_revoked' });
    expect(await spent()).toBe(0n);
  });

  it('and not on it waits for two people, who let the house bear it', async () => {
    await list('card_lost');
    const fresh = await campus.till();
    const decision = await fresh.sell(qr(), 1_000);
    expect(decision).toMatchObject({ decision: 'quarantined', reason: 'certificate_revoked' });
    expect(await campus.say(fresh, decision, 'release')).toMatchObject({
      decision: 'refused',
      bears: 'house',
      paid: 1_000,
    });
    expect(await spent()).toBe(0n);
  });
});

describe('A26: one dishonest phone at fifty terminals', () => {
  it('takes ¥60 from each, and owes every fen that it does not have', async () => {
    const terminals = 50;
    const thief = await campus.student(8_000n);
    let owed = 0;
    let sold = 0;
    const first = await campus.till();
    for (let each = 0; each < terminals; each += 1) {
      const victim = each === 0 ? first : await campus.beside(first);
      const records = [3_000, 3_000, 3_000].map((amount, at) =>
        victim.accept(thief.phone.signedQr({ counter: at }), amount),
      );
      for (const { decision } of await victim.bring(...records)) {
        if (decision !== 'quarantined' && decision !== 'replayed') sold += 1;
        if (decision === 'owed') owed += 1;
      }
      await service.passTime(1);
    }
    expect(sold).toBe(terminals * 2);
    expect(owed).toBe(terminals * 2 - 2);
    // ¥60 x 50 terminals x one phone, of which its own ¥80 were there.
    expect(await campus.balances(thief)).toEqual({ cash: 0n, aside: 0n, owed: 292_000n });
    expect((await campus.earned(first)).merchant).toBe(300_000n);
  });
});

describe('all of it together', () => {
  it('holds every proof', async () => {
    await service.relayAll();
    expect(await campus.broken()).toEqual([]);
  });
});
