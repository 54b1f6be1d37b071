/** A sale that may not be paid without a word: asked on the phone or at the till, it ends paid or declined, once. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalClient } from '@campus-paycode/terminal-client';
import { randomBytes, scryptSync } from 'node:crypto';
import { startFakeWechat, type FakeWechat } from '../../local/fakes/wechat/start-fake-wechat.js';
import { BindWechat } from '../../src/cardholders/bind-wechat.js';
import { ask } from '../support/ask.js';
import { brokenProofs, entered, Given, metered, type Student } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import type { AskedSale } from '../support/test-phone.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

const pin = '402917';

let fake: FakeWechat;
let service: TestService;
let given: Given;
let till: TestTerminal;
let shower: TestTerminal;
let office: Colleague;

/** What this campus lets pass without a word; the seconds within which the same is asked about again. */
async function rule(
  above: number | null,
  after: number | null,
  againSeconds: number | null,
): Promise<void> {
  const rules = { above, after, againSeconds };
  const { status, body } = await office.put('confirmation-rules/student', rules);
  expect([status, body['groups']]).toEqual([
    200,
    expect.arrayContaining([{ group: 'student', rules }]),
  ]);
}

beforeAll(async () => {
  fake = await startFakeWechat({ settings: { latencyMs: 0 } });
  service = await startService({ env: { WECHAT_API_URL: fake.url } });
  given = new Given(service);
  office = await givenColleague(service, 'wang.li', ['administrator']);
  till = await given.terminal('canteen', entered);
  shower = await given.terminal('dorm', metered);
});
afterAll(async () => {
  await service.close();
  await fake.close();
});

/** Parameters travel with a hash: one that a test can afford, many times on a busy machine. */
function cheapHash(): string {
  const salt = randomBytes(16);
  const hash = scryptSync(pin, salt, 32, { N: 1024, r: 8, p: 1 });
  return ['scrypt', 1024, 8, 1, salt.toString('base64'), hash.toString('base64')].join('$');
}

async function student(cash = 100_000n): Promise<Student> {
  const one = await given.student(cash);
  const sql = 'insert into cards.payment_pin (card, hash) values ($1, $2)';
  await service.owner.query(sql, [one.card.toString(), cheapHash()]);
  return one;
}

/** A sale above what passes without a word. */
async function pending(of: Student, amount = 25_000): Promise<{ sale: Answer; asked: AskedSale }> {
  await rule(20_000, null, null);
  const sale = await till.sell(of.phone.next(), amount);
  const [asked] = await of.phone.asked();
  if (asked === undefined) throw new Error(`Nobody is asked: ${sale.text}`);
  return { sale, asked };
}

const orderOf = ({ body }: Answer): string => String(body['orderNumber']);
const eventsOf = async (paymentId: string): Promise<string[]> =>
  (
    await service.owner.query<{ type: string }>(
      `select type from platform.outbox where payload ->> 'payment' = $1 order by era, xid, id`,
      [paymentId],
    )
  ).rows.map(({ type }) => type);
const holds = async (proofs = brokenProofs(service)): Promise<void> => {
  expect(await proofs).toEqual([]);
};

describe('a sale above the amount that passes without a word', () => {
  it('is pending, holds the money, and is paid by the phone and its PIN', async () => {
    const payer = await student();
    const { sale, asked } = await pending(payer);
    expect(sale.body).toMatchObject({
      verdict: 'pending',
      awaits: 'phone',
      state: 'held',
      captured: 0,
      reason: null,
      expiresAt: asked.expiresAt,
    });
    expect(Date.parse(asked.expiresAt) - Date.parse(String(sale.body['decidedAt']))).toBe(60_000);
    expect(asked).toMatchObject({ amount: 25_000, shortNumber: sale.body['shortNumber'] });
    expect(await payer.balance()).toBe(75_000n);
    await holds();

    const answered = await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    expect(answered).toMatchObject({ status: 200, body: { outcome: 'confirmed' } });
    const found = await till.find(orderOf(sale));
    expect(found.body).toMatchObject({ verdict: 'approved', state: 'captured', captured: 25_000 });
    expect(found.body).not.toHaveProperty('awaits');
    expect(await eventsOf(asked.paymentId)).toEqual([
      'payment.pending',
      'payment.approved',
      'payment.captured',
    ]);
    const again = await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    expect(again.body).toMatchObject({ outcome: 'confirmed' });
    expect(await payer.phone.asked()).toEqual([]);
    expect(await payer.balance()).toBe(75_000n);
    await holds();
  });

  it('gets the same pending answer again, and the last word afterwards', async () => {
    const payer = await student();
    await rule(20_000, null, null);
    const draft = till.draft(payer.phone.next(), 20_001);
    const first = await till.post(draft);
    expect(await till.post(draft)).toMatchObject({ body: first.body });
    const [asked] = await payer.phone.asked();
    if (asked === undefined) throw new Error('Nobody is asked.');
    await payer.phone.answer(asked, payer.phone.word(asked, 'refuse'));
    expect((await till.post(draft)).body).toMatchObject({
      verdict: 'declined',
      reason: 'confirmation_refused',
      state: 'declined',
    });
    expect(await payer.balance()).toBe(100_000n);
    expect(await eventsOf(asked.paymentId)).toEqual(['payment.pending', 'payment.declined']);
    await holds();
  });

  it('passes at the amount itself', async () => {
    const payer = await student();
    await rule(20_000, null, null);
    const { body } = await till.sell(payer.phone.next(), 20_000);
    expect(body).toMatchObject({ verdict: 'approved' });
  });

  it('is declined by the clock, for the terminal at once and for the books by the chore', async () => {
    const payer = await student();
    const { sale, asked } = await pending(payer);
    await service.passTime(61);
    const expired = { verdict: 'declined', reason: 'confirmation_expired', state: 'declined' };
    expect((await till.find(orderOf(sale))).body).toMatchObject(expired);
    const late = await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    expect(late.body).toMatchObject({ outcome: 'expired' });
    const { sale: second } = await pending(payer);
    await service.passTime(61);
    await service.runJob('end-expired-waits');
    await service.runJob('end-expired-holds');
    expect((await till.find(orderOf(second))).body).toMatchObject(expired);
    expect(await payer.balance()).toBe(100_000n);
    const { rows } = await service.owner.query(
      'select from payments.confirmation where outcome is null and expires_at <= platform.now()',
    );
    expect(rows).toEqual([]);
    await holds();
  });

  it('is withdrawn by a reversal, once; a reversal after the end finds it declined', async () => {
    const payer = await student();
    const { sale, asked } = await pending(payer);
    const taken = { outcome: 'released', returned: 0 };
    expect((await till.reverse(orderOf(sale))).body).toMatchObject(taken);
    expect((await till.reverse(orderOf(sale))).body).toMatchObject({
      outcome: 'already_reversed',
      returned: 0,
    });
    const late = await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    expect(late.body).toMatchObject({ code: 'confirmation_ended' });
    const { sale: second, asked: secondAsked } = await pending(payer);
    await payer.phone.answer(secondAsked, payer.phone.word(secondAsked, 'refuse'));
    expect((await till.reverse(orderOf(second))).body).toMatchObject({ outcome: 'was_declined' });
    expect(await payer.balance()).toBe(100_000n);
    await holds();
  });

  it('can be reversed after it was paid', async () => {
    const payer = await student();
    const { sale, asked } = await pending(payer);
    await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    const { body } = await till.reverse(orderOf(sale));
    expect(body).toMatchObject({ outcome: 'reversed', returned: 25_000 });
    expect(await payer.balance()).toBe(100_000n);
    await holds();
  });

  it('pays nothing from a card that was frozen meanwhile', async () => {
    const payer = await student();
    const { sale, asked } = await pending(payer);
    await ask(`${service.url}/v1/me/card/freeze`, {
      method: 'POST',
      token: payer.phone.signInToken,
    });
    const { body } = await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    expect(body).toMatchObject({ outcome: 'card_frozen' });
    expect((await till.find(orderOf(sale))).body).toMatchObject({ reason: 'card_frozen' });
    expect(await payer.balance()).toBe(100_000n);
    await holds();
  });
});

describe('the word of a phone', () => {
  it('counts from the phone whose code was scanned alone, and about this very sale', async () => {
    const payer = await student();
    const stranger = await student();
    const { asked } = await pending(payer);
    const refused = async (word: Record<string, unknown>, code: string): Promise<void> => {
      const answer = await payer.phone.answer(asked, word);
      expect(answer.body).toMatchObject({ code });
    };
    const right = payer.phone.word(asked, 'confirm', pin);
    await refused({ ...right, decision: 'refuse' }, 'confirmation_unproven');
    for (const wrong of [
      { ...asked, amount: 1 },
      { ...asked, terminalId: '999' },
      { ...asked, expiresAt: '2026-11-22T23:00:00.000Z' },
      { ...asked, paymentId: '1' },
    ])
      await refused(payer.phone.word(wrong, 'confirm', pin), 'confirmation_unproven');
    await refused({ ...right, generation: 7 }, 'confirmation_unproven');
    await refused(stranger.phone.word(asked, 'confirm', pin), 'confirmation_unproven');
    const others = await stranger.phone.answer(asked, stranger.phone.word(asked, 'confirm', pin));
    expect(others.body).toMatchObject({ code: 'confirmation_unknown' });
    expect(await payer.phone.asked()).toHaveLength(1);
  });

  it('needs the PIN; the fifth wrong one locks it for an hour, the right one too', async () => {
    const payer = await student();
    const { asked } = await pending(payer);
    const tried = async (digits: string): Promise<unknown> =>
      (await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', digits))).body;
    expect(await tried('')).toMatchObject({ code: 'malformed_request' });
    const codes = [];
    for (const _ of [1, 2, 3, 4, 5]) codes.push(await tried('000001'));
    for (const code of codes) expect(code).toMatchObject({ code: 'payment_pin_wrong' });
    expect(await tried(pin)).toMatchObject({ code: 'payment_pin_locked' });
    await service.passTime(3_601);
    const { asked: later } = await pending(payer);
    const answer = await payer.phone.answer(later, payer.phone.word(later, 'confirm', pin));
    expect(answer.body).toMatchObject({ outcome: 'confirmed' });
  });

  it('may be the phone’s own check in the place of the PIN, made for this very sale', async () => {
    const payer = await given.student(100_000n);
    const { asked } = await pending(payer);
    const right = payer.phone.word(asked, 'confirm');
    const lever = async (name: string, body: unknown): Promise<Record<string, string>> => {
      const sent = { method: 'POST', body: JSON.stringify(body) };
      return (await (await fetch(`${fake.url}/__fake/${name}`, sent)).json()) as never;
    };
    const openid = `oStudent${payer.card}`;
    const check = async (challenge: string): Promise<unknown> => {
      const { resultJSON, resultJSONSignature } = await lever('soter', { openid, challenge });
      return { resultJson: resultJSON, signature: resultJSONSignature };
    };
    const answer = async (deviceCheck: unknown): Promise<unknown> =>
      (await payer.phone.answer(asked, { ...right, deviceCheck })).body;
    const own = await check(String(right['proof']));
    // Nobody's WeChat: nobody vouches for the phone.
    expect(await answer(own)).toMatchObject({ code: 'device_check_unavailable' });
    await service.inTransaction((tx) =>
      service.get(BindWechat).bind(tx, payer.cardholder, { openid }),
    );
    const other = await check('another sale');
    expect(await answer(other)).toMatchObject({ code: 'device_check_wrong' });
    for (const wrong of [{ signature: 'x' }, { resultJson: 'null' }])
      expect(await answer({ ...(own as object), ...wrong })).toMatchObject({
        code: 'device_check_wrong',
      });
    await lever('faults', { only: 'soter', count: 1, dropBefore: 1 });
    expect(await answer(own)).toMatchObject({ code: 'device_check_unavailable' });
    expect(await answer(own)).toMatchObject({ outcome: 'confirmed' });
    await holds();
  });

  it('is awaited in vain from a card without a PIN', async () => {
    const payer = await given.student(100_000n);
    const { asked } = await pending(payer);
    const { body } = await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    expect(body).toMatchObject({ code: 'payment_pin_missing' });
  });
});

describe('the eleventh sale of a day', () => {
  it('is asked about, and given back to the count when it is taken back', async () => {
    const payer = await student();
    await rule(null, 2, null);
    const sell = async (): Promise<Answer> => till.sell(payer.phone.next(), 100);
    await sell();
    const second = await sell();
    const third = await sell();
    expect(third.body).toMatchObject({ verdict: 'pending', awaits: 'phone' });
    await till.reverse(orderOf(third));
    await till.reverse(orderOf(second));
    expect((await sell()).body).toMatchObject({ verdict: 'approved' });
    await holds();
  });
});

describe('the same sale once more within a minute', () => {
  it('waits for the cashier, who confirms without a second scan', async () => {
    const payer = await student();
    await rule(null, null, 60);
    const first = await till.sell(payer.phone.next(), 1_200);
    expect(first.body).toMatchObject({ verdict: 'approved' });
    const second = await till.sell(payer.phone.next(), 1_200);
    expect(second.body).toMatchObject({ verdict: 'pending', awaits: 'cashier' });
    const word = (answer: Answer, decision: string): Promise<Answer> =>
      till.send('POST', `/v1/payments/${orderOf(answer)}/confirmation`, { decision });
    expect((await word(first, 'confirm')).body).toMatchObject({ code: 'confirmation_not_awaited' });
    const confirmed = await word(second, 'confirm');
    expect(confirmed).toMatchObject({
      signed: 'bound',
      body: { verdict: 'approved', captured: 1_200 },
    });
    expect((await word(second, 'confirm')).body).toEqual(confirmed.body);
    expect((await word(second, 'refuse')).body).toMatchObject({ code: 'confirmation_ended' });
    const third = await till.sell(payer.phone.next(), 1_200);
    expect((await word(third, 'refuse')).body).toMatchObject({
      verdict: 'declined',
      reason: 'confirmation_refused',
    });
    expect(await payer.balance()).toBe(97_600n);
    await holds();
  });

  it('is confirmed through the client library, which tells how it ended', async () => {
    const payer = await student();
    await rule(null, null, 60);
    const counter = await given.newTerminal('canteen', entered);
    const awaited: unknown[] = [];
    const client: TerminalClient = await TerminalClient.enrol({
      baseUrl: service.url,
      stateDir: null,
      serviceName: service.config.SERVICE_NAME,
      enrolmentCode: await given.enrolmentCode(counter),
      model: 'story',
      softwareVersion: '1',
      onEvent: (event) => {
        if (event.type !== 'pending') return;
        awaited.push(event.awaits);
        void client.confirm(awaited.length === 1 ? 'confirm' : 'refuse');
      },
    });
    const sell = async (): Promise<unknown> =>
      (await client.pay({ code: payer.phone.next(), amount: 1_400 })).outcome;
    expect(await client.confirm('confirm')).toBe(false);
    expect([await sell(), await sell(), await sell()]).toEqual([
      'approved',
      'approved',
      'declined',
    ]);
    expect(awaited).toEqual(['cashier', 'cashier']);
    expect(client.totals().sales).toEqual({ count: 2, amount: 2_800 });
    const shift = await client.closeShift();
    expect(shift.agrees).toBe(true);
    await client.close();
  });

  it('concerns the same student, terminal and amount only, and only for the time', async () => {
    const [payer, other] = [await student(), await student()];
    const counter = await given.canteen();
    await rule(null, null, 60);
    const verdict = async (at: TestTerminal, by: Student, amount: number): Promise<unknown> =>
      (await at.sell(by.phone.next(), amount)).body['verdict'];
    expect(await verdict(till, payer, 1_300)).toBe('approved');
    expect(await verdict(till, other, 1_300)).toBe('approved');
    expect(await verdict(counter, payer, 1_300)).toBe('approved');
    expect(await verdict(till, payer, 1_301)).toBe('approved');
    expect(await verdict(till, payer, 1_300)).toBe('pending');
    await service.passTime(61);
    expect(await verdict(till, payer, 1_300)).toBe('approved');
  });

  it('waits for the phone where nobody stands, and goes on as a hold of the device', async () => {
    const payer = await student();
    await rule(null, null, 60);
    await shower.sell(payer.phone.next());
    const second = await shower.sell(payer.phone.next());
    expect(second.body).toMatchObject({ verdict: 'pending', awaits: 'phone' });
    const early = await shower.capture(orderOf(second), 100);
    expect(early.body).toMatchObject({ code: 'not_held' });
    const [asked] = await payer.phone.asked();
    if (asked === undefined) throw new Error('Nobody is asked.');
    await payer.phone.answer(asked, payer.phone.word(asked, 'confirm', pin));
    const found = await shower.find(orderOf(second));
    expect(found.body).toMatchObject({ verdict: 'approved', state: 'held', amount: 500 });
    await service.passTime(300);
    expect((await shower.capture(orderOf(second), 137)).body).toMatchObject({ captured: 137 });
    await holds();
  });
});
