/** A student without a working phone eats: by a plastic card, or by number and PIN where somebody attends. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalClient } from '@campus-paycode/terminal-client';
import { randomBytes, scryptSync } from 'node:crypto';
import { ask } from '../support/ask.js';
import { brokenProofs, entered, fixed, Given, type Student } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

const pin = '402917';

let service: TestService;
let given: Given;
let till: TestTerminal;
let gym: TestTerminal;
let office: Colleague;
let plastics = 0;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'wang.li', ['administrator']);
  till = await given.terminal('canteen', entered);
  gym = await given.terminal('gym', fixed);
});
afterAll(() => service.close());

/** Parameters travel with a hash: one that a test can afford. */
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

type PlasticNumbers = { readonly printedNumber: string; readonly chipNumber: string };

const blank = (): PlasticNumbers => {
  plastics += 1;
  const number = String(plastics).padStart(4, '0');
  return { printedNumber: `P10${number}`, chipNumber: `04A3B2C1D4${number}` };
};

async function plasticOf({ cardNumber }: Student): Promise<PlasticNumbers> {
  const numbers = blank();
  const { status } = await office.post(`cards/${cardNumber}/plastic`, numbers);
  expect(status).toBe(200);
  return numbers;
}

const sellBy = (
  at: TestTerminal,
  instrument: Record<string, unknown>,
  amount?: number,
): Promise<Answer> => at.post(at.draft('', amount, { instrument }));
const byPlastic = (number: string, amount: number, at = till): Promise<Answer> =>
  sellBy(at, { type: 'plastic', number }, amount);
const check = (number: string, digits: string, at = till): Promise<Answer> =>
  at.send('POST', '/v1/pin-checks', { number, pin: digits });
const wordOf = ({ body }: Answer): Record<string, unknown> =>
  body['instrument'] as Record<string, unknown>;
const byPin = async ({ cardNumber }: Student, amount: number, at = till): Promise<Answer> =>
  sellBy(at, wordOf(await check(cardNumber, pin, at)), amount);
const orderOf = ({ body }: Answer): string => String(body['orderNumber']);
const mine = async ({ phone }: Student, path = '', method: 'GET' | 'POST' = 'GET') =>
  ask(`${service.url}/v1/me/static-credentials${path}`, { method, token: phone.signInToken });
const holds = async (): Promise<void> => {
  expect(await brokenProofs(service)).toEqual([]);
};

describe('a plastic card', () => {
  it('pays by its chip and by its printed number, however they are written, within the caps', async () => {
    const payer = await student();
    const { chipNumber, printedNumber } = await plasticOf(payer);
    const first = await byPlastic(chipNumber, 1_250);
    expect(first.body).toMatchObject({
      verdict: 'approved',
      captured: 1_250,
      cardholder: { maskedName: '张*' },
    });
    const colons = chipNumber.toLowerCase().replaceAll(/..(?=.)/g, '$&:');
    expect((await byPlastic(colons, 1_251)).body).toMatchObject({ verdict: 'approved' });
    expect((await byPlastic(printedNumber, 3_000)).body).toMatchObject({ verdict: 'approved' });
    expect(await payer.balance()).toBe(94_499n);
    expect((await byPlastic(chipNumber, 3_001)).body).toMatchObject({
      verdict: 'declined',
      reason: 'limit_static_sale',
    });
    // 5,501 are spent: 1,500 more do not fit into 7,000.
    await office.put('static-caps', { perSale: 3_000, perDay: 7_000 });
    const over = await byPlastic(chipNumber, 1_500);
    expect(over.body).toMatchObject({ reason: 'limit_static_day' });
    // What is taken back makes room again; a refused sale took none.
    await till.reverse(orderOf(first));
    expect((await byPlastic(chipNumber, 1_500)).body).toMatchObject({ verdict: 'approved' });
    expect((await till.sell(payer.phone.next(), 20_000)).body).toMatchObject({
      verdict: 'approved',
    });
    await office.put('static-caps', { perSale: 3_000, perDay: 10_000 });
    await holds();
  });

  it('gets the same answer to the same bytes, and tells its owner once', async () => {
    const payer = await student();
    const { chipNumber } = await plasticOf(payer);
    const draft = till.draft('', 900, { instrument: { type: 'plastic', number: chipNumber } });
    const first = await till.post(draft);
    expect(await till.post(draft)).toMatchObject({ status: 200, body: first.body });
    await service.relayAll();
    const told = (await inbox(payer)).filter(({ kind }) => kind === 'static-sale');
    expect(told).toMatchObject([{ link: null }]);
    expect(JSON.stringify(told)).toContain('¥9.00');
    expect(await payer.balance()).toBe(99_100n);
  });

  it('pays nothing once it is lost or replaced, or when it is nobody’s', async () => {
    const payer = await student();
    const first = await plasticOf(payer);
    const second = await plasticOf(payer);
    const reasonOf = async (number: string): Promise<unknown> =>
      (await byPlastic(number, 500)).body['reason'];
    expect(await reasonOf(first.chipNumber)).toBe('plastic_invalid');
    expect(await reasonOf('04FFFFFFFFFFFF')).toBe('plastic_invalid');
    expect(await reasonOf(second.printedNumber)).toBeNull();
    const lost = await office.post(`cards/${payer.cardNumber}/plastic/loss`);
    expect(lost.body['plastics']).toMatchObject([{ status: 'lost' }, { status: 'replaced' }]);
    expect(await reasonOf(second.printedNumber)).toBe('plastic_lost');
    const again = await office.post(`cards/${payer.cardNumber}/plastic/loss`);
    expect(again.body).toMatchObject({ code: 'plastic_missing' });
    // A chip that is another card's printed number, and a card with one number for both.
    const other = blank();
    const taken = { printedNumber: other.printedNumber, chipNumber: first.chipNumber };
    const same = { printedNumber: 'AB12CD34', chipNumber: 'ab12cd34' };
    for (const numbers of [taken, same])
      expect((await office.post(`cards/${payer.cardNumber}/plastic`, numbers)).body).toMatchObject({
        code: 'plastic_number_taken',
      });
    await holds();
  });

  it('of a frozen card is the frozen card, whatever it costs', async () => {
    const payer = await student();
    const { chipNumber } = await plasticOf(payer);
    await office.post(`cards/${payer.cardNumber}/freeze`);
    expect((await byPlastic(chipNumber, 9_000)).body).toMatchObject({ reason: 'card_frozen' });
  });

  it('at two tills at once spends its day’s cap once', async () => {
    const payer = await student();
    const { chipNumber } = await plasticOf(payer);
    const second = await given.terminal('canteen', entered);
    await office.put('static-caps', { perSale: 3_000, perDay: 3_000 });
    const answers = await Promise.all(
      [till, second, till, second].map((at) => byPlastic(chipNumber, 2_000, at)),
    );
    const reasons = answers.map(({ body }) => body['reason']);
    expect(reasons.filter((reason) => reason === null)).toHaveLength(1);
    expect(reasons.filter((reason) => reason === 'limit_static_day')).toHaveLength(3);
    expect(await payer.balance()).toBe(98_000n);
    await office.put('static-caps', { perSale: 3_000, perDay: 10_000 });
    await holds();
  });
});

describe('number and PIN', () => {
  it('give a word that pays once, at this till, within a minute', async () => {
    const payer = await student();
    const checked = await check(payer.cardNumber, pin);
    expect(checked).toMatchObject({
      status: 200,
      signed: 'bound',
      body: { instrument: { type: 'number_pin' }, cardholder: { maskedName: '张*' } },
    });
    const other = await given.terminal('canteen', entered);
    const elsewhere = await sellBy(other, wordOf(checked), 800);
    expect(elsewhere.body).toMatchObject({ reason: 'pin_check_invalid', cardholder: null });
    expect((await sellBy(till, wordOf(checked), 800)).body).toMatchObject({ verdict: 'approved' });
    expect((await sellBy(till, wordOf(checked), 800)).body).toMatchObject({
      reason: 'pin_check_invalid',
    });
    const late = await check(payer.cardNumber, pin);
    await service.passTime(61);
    expect((await sellBy(till, wordOf(late), 700)).body).toMatchObject({
      reason: 'pin_check_invalid',
    });
    expect(await payer.balance()).toBe(99_200n);
    const kept = await service.owner.query<{ row: string }>(
      'select k::text as row from static_credentials.pin_check k',
    );
    expect(JSON.stringify(kept.rows)).not.toContain(String(wordOf(checked)['token']));
    await holds();
  });

  it('are refused alike for a wrong PIN and for a number that nobody has', async () => {
    const payer = await student();
    const [wrong, nobody] = [
      await check(payer.cardNumber, '000001'),
      await check('nobody', '000001'),
    ];
    expect(wrong).toMatchObject({ status: 422, body: { code: 'payment_pin_wrong' } });
    const { requestId: _, ...said } = nobody.body;
    expect(wrong.body).toMatchObject(said);
    const bare = await given.student(0n);
    expect((await check(bare.cardNumber, pin)).body).toMatchObject({ code: 'payment_pin_missing' });
  });

  it('are locked by the fifth wrong PIN', async () => {
    const payer = await student();
    const counter = await given.terminal('canteen', entered);
    for (const _ of [1, 2, 3, 4, 5]) await check(payer.cardNumber, '000001', counter);
    expect((await check(payer.cardNumber, pin, counter)).body).toMatchObject({
      code: 'payment_pin_locked',
    });
  });

  it('pay through the client library, and so does a plastic card', async () => {
    const payer = await student();
    const { printedNumber } = await plasticOf(payer);
    const counter = await given.newTerminal('canteen', entered);
    const client = await TerminalClient.enrol({
      baseUrl: service.url,
      stateDir: null,
      serviceName: service.config.SERVICE_NAME,
      enrolmentCode: await given.enrolmentCode(counter),
      model: 'story',
      softwareVersion: '1',
    });
    expect(client.settings().instruments).toContain('number_pin');
    const typed = { number: payer.cardNumber, pin };
    const { instrument, cardholder } = await client.checkPin(typed);
    expect(cardholder).toEqual({ maskedName: '张*' });
    expect(await client.sell({ instrument, amount: 1_100 })).toMatchObject({ outcome: 'approved' });
    expect(
      await client.sell({ instrument: { type: 'plastic', number: printedNumber }, amount: 1_200 }),
    ).toMatchObject({ outcome: 'approved' });
    expect(await client.sell({ instrument, amount: 1_300 })).toMatchObject({
      outcome: 'declined',
      answer: { reason: 'pin_check_invalid' },
    });
    await expect(client.checkPin({ ...typed, pin: '000001' })).rejects.toMatchObject({
      problem: { code: 'payment_pin_wrong' },
    });
    expect((await client.closeShift()).agrees).toBe(true);
    await client.close();
  });

  it('stop a terminal that tries many numbers', async () => {
    const counter = await given.terminal('canteen', entered);
    for (let tried = 0; tried < 15; tried += 1)
      expect((await byPlastic(`04FF00${tried + 10}`, 100, counter)).body).toMatchObject({
        reason: 'plastic_invalid',
      });
    expect((await byPlastic('04FF0099', 100, counter)).body).toMatchObject({
      code: 'terminal_paused',
    });
    expect((await check('nobody', pin, counter)).body).toMatchObject({ code: 'terminal_paused' });
    await service.passTime(31);
    expect((await check('nobody', pin, counter)).body).toMatchObject({ code: 'payment_pin_wrong' });
  });

  it('are taken only where somebody attends, and plastic where the place says so', async () => {
    const payer = await student();
    const { chipNumber } = await plasticOf(payer);
    const settings = async (at: TestTerminal) =>
      (await at.send('GET', '/v1/terminal-settings')).body;
    const beat = async (): Promise<unknown> =>
      (
        await gym.send('POST', '/v1/terminal-heartbeats', {
          softwareVersion: '1',
          queuedReversals: 0,
        })
      ).body['settingsVersion'];
    expect((await settings(till))['instruments']).toEqual([
      'code',
      'signed_qr',
      'plastic',
      'number_pin',
    ]);
    expect(await settings(gym)).toMatchObject({
      instruments: ['code', 'signed_qr'],
      staticCaps: { perSale: 3_000, perDay: 10_000 },
    });
    const before = await beat();
    const unsupported = { code: 'instrument_unsupported', effect: 'none' };
    const byChip = { type: 'plastic', number: chipNumber };
    expect((await sellBy(gym, byChip)).body).toMatchObject(unsupported);
    expect((await check(payer.cardNumber, pin, gym)).body).toMatchObject(unsupported);
    const { id } = (await settings(gym))['place'] as { id: string };
    const path = `places/${id}/instruments`;
    const set = (body: Record<string, unknown>) => office.put(path, body);
    expect((await set({ plastic: true, numberPin: true })).body).toMatchObject({
      code: 'place_unattended',
    });
    expect((await set({ plastic: true, numberPin: false })).body).toEqual({
      instruments: ['code', 'signed_qr', 'plastic'],
    });
    expect(await beat()).not.toBe(before);
    expect((await sellBy(gym, byChip)).body).toMatchObject({ verdict: 'approved', captured: 300 });
    expect(
      (await office.put('places/999999/instruments', { plastic: true, numberPin: false })).status,
    ).toBe(404);
    for (const caps of [
      { perSale: 3_000, perDay: 2_999 },
      { perSale: 3_000, perDay: 50_001 },
    ])
      expect((await office.put('static-caps', caps)).status).not.toBe(200);
    const wrong = await office.put('static-caps', { perSale: 3_000, perDay: 2_999 });
    expect(wrong.body).toMatchObject({ code: 'static_caps_wrong' });
  });
});

describe('"this was not me"', () => {
  it('ends plastic card, number and PIN in one tap, also what was checked a moment before', async () => {
    const payer = await student();
    const { chipNumber, printedNumber } = await plasticOf(payer);
    expect((await mine(payer)).body).toEqual({
      plastic: printedNumber.slice(-2),
      numberPin: 'usable',
      caps: { perSale: 3_000, perDay: 10_000 },
    });
    const checked = await check(payer.cardNumber, pin);
    const stopped = await mine(payer, '/stop', 'POST');
    expect(stopped.body).toMatchObject({ plastic: null, numberPin: 'stopped' });
    expect((await byPlastic(chipNumber, 500)).body).toMatchObject({ reason: 'plastic_lost' });
    expect((await sellBy(till, wordOf(checked), 500)).body).toMatchObject({
      reason: 'pin_check_invalid',
    });
    expect((await check(payer.cardNumber, pin)).body).toMatchObject({ code: 'number_pin_stopped' });
    // The phone still pays; a new PIN makes number and PIN good again.
    expect((await till.sell(payer.phone.next(), 600)).body).toMatchObject({ verdict: 'approved' });
    await service.passTime(1);
    await service.owner.query(
      'update cards.payment_pin set set_at = platform.now() where card = $1',
      [payer.card.toString()],
    );
    expect((await byPin(payer, 700)).body).toMatchObject({ verdict: 'approved' });
    await service.relayAll();
    const kinds = (await inbox(payer)).map(({ kind }) => kind);
    expect(kinds).toContain('static-stopped');
    await office.post(`cards/${payer.cardNumber}/static-credentials/stop`);
    expect((await mine(payer)).body).toMatchObject({ numberPin: 'stopped' });
    await holds();
  });
});

async function inbox({ phone }: Student): Promise<{ kind: string; link: string }[]> {
  const { body } = await ask(`${service.url}/v1/me/inbox?limit=20`, { token: phone.signInToken });
  return body['messages'] as { kind: string; link: string }[];
}
