/** What a cashier does at a till besides a plain sale: keys, dishes, camera, drills, the second screen, the shift. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SetPaymentPin } from '../../src/cards/set-payment-pin.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { counterScreen, launchBrowser, picture } from '../support/browser.js';
import { Given, type Student } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import { places, terminalCodeAt } from './small-campus.js';

let service: TestService;
let browser: Browser;
let context: BrowserContext;
let given: Given;
let office: Colleague;
let count = 0;

const pin = '402917';

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'wang.li', ['administrator']);
  const rules = { above: 7_000, after: null, againSeconds: 60 };
  await office.put('confirmation-rules/student', rules);
  const supervisor = await givenColleague(service, 'li.na', ['cashier-office']);
  await office.put(`members/${supervisor.id}/supervisor`, { tillNumber: '101', pin });
  browser = await launchBrowser();
}, 60_000);
afterEach(async () => {
  await context?.close();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** A till of its own for each story, in a browser that has what `prepare` gives it. */
async function openTill(prepare?: string): Promise<Page> {
  count += 1;
  const enrolmentCode = await terminalCodeAt(service, places.canteen, `T${count}`);
  const link = new URLSearchParams({ code: enrolmentCode, name: service.config.SERVICE_NAME });
  context = await browser.newContext(counterScreen);
  const till = await context.newPage();
  if (prepare !== undefined) await till.addInitScript(prepare);
  await till.goto(`${service.url}/till#${link.toString()}`);
  await till.click('button.main');
  await till.waitForSelector('#amount');
  return till;
}

async function scan(till: Page, digits: string): Promise<void> {
  await till.fill('input[name=scan]', digits);
  await till.press('input[name=scan]', 'Enter');
}

const press = async (till: Page, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await till.click(`[data-key="${key}"]`);
};

/** What was charged, in the order of the sales. */
async function chargedOf({ card }: Student): Promise<number[]> {
  const { rows } = await service.owner.query<{ captured: number }>(
    `select captured::int as captured from payments.payment
     where card = $1 and verdict = 'approved' order by id`,
    [card.toString()],
  );
  return rows.map(({ captured }) => captured);
}

describe('a till that is worked by keyboard alone', () => {
  it('adds dishes up, takes no digit of a scan for an amount, and goes on by Enter', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    await till.keyboard.type('4.5+3');
    expect(await till.innerText('#amount')).toBe('¥7.50');
    // Another key, or a pause, tells a scan from the digit before it.
    await till.keyboard.press('ArrowLeft');
    await till.keyboard.type(student.phone.next());
    expect(await till.innerText('#amount')).toBe('¥7.50');
    await till.keyboard.press('Enter');
    await till.waitForSelector('#verdict.approved');
    expect(await till.innerText('#verdict')).toContain('¥7.50');
    await till.keyboard.press('Enter');
    await till.waitForSelector('#verdict', { state: 'hidden' });
    expect(await till.innerText('#amount')).toBe('¥0.00');
    expect(await chargedOf(student)).toEqual([750]);
  }, 60_000);
});

describe('a till at a counter', () => {
  it('charges a weighed dish without its plate, and shows it to the student', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    const facing = await context.newPage();
    await facing.goto(`${service.url}/till#student`);
    await facing.getByText('第一食堂').waitFor();
    await till.click('[data-tool=weigh]');
    await till.click('[data-field=price]');
    await press(till, ['2', '.', '8']);
    await till.click('[data-field=tare]');
    await press(till, ['1', '2', '0']);
    await till.click('[data-field=gross]');
    await press(till, ['4', '4', '3', 'add']);
    expect(await till.innerText('.items')).toContain('323 克 × ¥2.80/100 克');
    await facing.getByText('¥9.04').waitFor();
    await picture(till, 'till-weighed');
    await scan(till, student.phone.next());
    await facing.waitForSelector('.student.approved');
    expect(await facing.innerText('.student')).toContain('支付成功');
    await picture(facing, 'till-student');
    expect(await chargedOf(student)).toEqual([904]);
  }, 60_000);

  it('asks for a tap on the code that was used, and keeps the amount for the next scan', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    const code = student.phone.next();
    await press(till, ['8']);
    await scan(till, code);
    await till.waitForSelector('#verdict.approved');
    await till.click('#verdict');
    await press(till, ['9']);
    await scan(till, code);
    await till.waitForSelector('#verdict.declined');
    expect(await till.innerText('#verdict .todo')).toBe('请同学点一下付款码');
    await picture(till, 'till-tap');
    await till.click('#verdict');
    expect(await till.innerText('#amount')).toBe('¥9');
    await scan(till, student.phone.next());
    await till.waitForSelector('#verdict.approved');
    expect(await chargedOf(student)).toEqual([800, 900]);
  }, 60_000);

  it('asks once whether the same amount is to be charged again, and takes no for an answer', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    for (const verdict of ['approved', 'pending']) {
      await press(till, ['8']);
      await scan(till, student.phone.next());
      await till.waitForSelector(`#verdict.${verdict}`);
      if (verdict === 'approved') await till.click('#verdict');
    }
    expect(await till.innerText('#verdict')).toContain('重复收款');
    expect(Number(await till.innerText('#verdict .countdown strong'))).toBeGreaterThan(0);
    // A tap beside the buttons waves nothing away.
    await till.click('#verdict h1');
    await picture(till, 'till-again');
    await till.keyboard.press('Enter');
    await till.waitForSelector('#verdict.declined');
    expect(await chargedOf(student)).toEqual([800]);
  }, 60_000);

  it('does not wait for a phone any longer than the cashier does', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    await service.inTransaction((tx) =>
      service.get(SetPaymentPin).give(tx, student.cardholder, pin),
    );
    await press(till, ['7', '1']);
    await scan(till, student.phone.next());
    await till.waitForSelector('#verdict.pending.phone');
    await picture(till, 'till-phone');
    await till.click('#withdraw');
    await till.getByText('未成交，已撤销').waitFor();
    expect(await chargedOf(student)).toEqual([]);
    expect(await student.balance()).toBe(10_000n);
  }, 60_000);

  it('finds out what became of a sale whose answer was thrown away', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    await till.click('.drill summary');
    await till.click('.lose');
    await press(till, ['8']);
    await scan(till, student.phone.next());
    await till.waitForSelector('#verdict.unknown .countdown');
    await till.waitForSelector('#verdict.approved');
    expect(await chargedOf(student)).toEqual([800]);
  }, 60_000);
});

/** A camera that sees what the test holds in front of it. */
const camera = `
  globalThis.held = '';
  globalThis.BarcodeDetector = class {
    static getSupportedFormats() { return Promise.resolve(['qr_code']); }
    detect() { return Promise.resolve(held === '' ? [] : [{ rawValue: held }]); }
  };
  const picture = document.createElement('canvas').captureStream();
  Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia: () => Promise.resolve(picture) },
  });`;

describe('a till with a camera', () => {
  it('sells what is held there once, also when it was held there too early', async () => {
    const till = await openTill(camera);
    const student = await given.student(10_000n);
    await till.click('[data-tool=camera]');
    await till.waitForSelector('#eye video');
    await till.evaluate(`held = '${student.phone.next()}'`);
    await till.getByText('请先输入金额').first().waitFor();
    await press(till, ['8']);
    await till.waitForSelector('#verdict.approved');
    await till.click('#verdict');
    expect(await chargedOf(student)).toEqual([800]);
  }, 60_000);

  it('says plainly when the browser cannot read codes', async () => {
    const till = await openTill('delete globalThis.BarcodeDetector;');
    await till.click('[data-tool=camera]');
    await till.waitForSelector('.amount-line.refused');
    expect(await till.innerText('.note')).toContain('请用扫码枪');
  }, 60_000);
});

describe('a void', () => {
  it('can be stopped for a moment, and is done when nobody does', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    await press(till, ['8']);
    await scan(till, student.phone.next());
    await till.waitForSelector('#verdict.approved');
    await till.click('#verdict');
    await till.click('.void');
    await till.click('.void.begun');
    await till.waitForSelector('.void:not(.begun)');
    await till.click('.void');
    await till.waitForSelector('#verdict.voided');
    expect(await till.innerText('#verdict')).toContain('¥8.00');
    await picture(till, 'till-voided');
    await till.waitForSelector('.sales li.reversed');
    expect(await till.locator('.void').count()).toBe(0);
    expect(await student.balance()).toBe(10_000n);
  }, 60_000);

  it('of a larger sale waits for the PIN of a supervisor', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    await press(till, ['6', '0']);
    await scan(till, student.phone.next());
    await till.waitForSelector('#verdict.approved');
    await till.click('#verdict');
    await till.click('.void');
    await till.keyboard.type('101');
    await till.keyboard.press('Tab');
    await till.keyboard.type('135790');
    await till.keyboard.press('Enter');
    await till.waitForSelector('.sheet .trouble:has-text("密码")');
    await picture(till, 'till-supervisor');
    await till.click('input[name=pin]');
    for (const digit of pin) await till.click(`[data-pad="${digit}"]`);
    await till.keyboard.press('Enter');
    await till.waitForSelector('#verdict.voided');
    expect(await student.balance()).toBe(10_000n);
  }, 60_000);
});

describe('a student without a phone', () => {
  it('pays by number and PIN, and by a plastic card, where the place takes them', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    const { cardholder, cardNumber } = student;
    await service.inTransaction((tx) => service.get(SetPaymentPin).give(tx, cardholder, pin));
    const printedNumber = 'P000001';
    await office.post(`cards/${cardNumber}/plastic`, { printedNumber, chipNumber: '04A3B2C1D4' });
    const { rows } = await service.owner.query<{ place: string }>(
      'select place from terminals.terminal where code = $1',
      [`T${count}`],
    );
    const setTo = async (numberPin: boolean): Promise<void> => {
      await office.put(`places/${rows[0]?.place}/instruments`, { plastic: true, numberPin });
      const state = numberPin ? 'attached' : 'detached';
      // As if a minute had passed: the next heartbeat says that the settings changed.
      await till.evaluate(`void dispatchEvent(new Event('online'))`);
      await till.waitForSelector('[data-tool=pin]', { state });
    };
    await setTo(false);
    await setTo(true);
    await press(till, ['8']);
    await till.click('[data-tool=pin]');
    await till.keyboard.type(cardNumber);
    await till.keyboard.press('Tab');
    await till.keyboard.type(pin);
    await picture(till, 'till-pin');
    await till.keyboard.press('Enter');
    await till.waitForSelector('#verdict.payer');
    expect(await till.innerText('#verdict')).toContain('张*');
    await picture(till, 'till-payer');
    expect(await chargedOf(student)).toEqual([]);
    await till.click('#payer-yes');
    await till.waitForSelector('#verdict.approved');
    await till.click('#verdict');
    await press(till, ['9']);
    await scan(till, printedNumber);
    await till.waitForSelector('#verdict.approved');
    expect(await chargedOf(student)).toEqual([800, 900]);
  }, 60_000);
});

describe('the shift of a till', () => {
  it('is opened by somebody, and says who and what for as long as it runs', async () => {
    const till = await openTill();
    await till.click('#shift');
    for (const digit of '101') await till.click(`[data-pad="${digit}"]`);
    await till.click('#open-shift');
    await till.waitForSelector('#close-shift');
    expect(await till.innerText('.summary')).toContain('收银员 101');
    await till.reload();
    await till.waitForSelector('#amount');
    await till.click('#shift');
    expect(await till.innerText('.summary')).toContain('收银员 101');
    await till.click('#close-shift');
    await till.waitForSelector('#shift-end.good');
  }, 60_000);

  it('ends with what the till counted beside what the service did', async () => {
    const till = await openTill();
    const student = await given.student(10_000n);
    await press(till, ['8']);
    await scan(till, student.phone.next());
    await till.waitForSelector('#verdict.approved');
    await till.click('#verdict');
    await service.relayAll();
    await till.click('#shift');
    expect(await till.innerText('[data-total=sales]')).toBe('1 笔 · ¥8.00');
    await till.click('#close-shift');
    await till.waitForSelector('#shift-end.good');
    expect(await till.locator('.void').count()).toBe(0);
    await picture(till, 'till-shift');
    await till.keyboard.press('Escape');
    await till.click('#shift');
    expect(await till.innerText('[data-total=sales]')).toBe('0 笔 · ¥0.00');
  }, 60_000);
});
