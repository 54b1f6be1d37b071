/** A cashier's browser loses its network, takes a phone's signed QR by itself, and settles it when the network is back. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { SetPassword } from '../../src/cardholders/set-password.js';
import { SettleOwed } from '../../src/offline-sales/settle-owed.js';
import { counterScreen, launchBrowser, phoneScreen, picture } from '../support/browser.js';
import { Given } from '../support/given.js';
import { OfflineCampus } from '../support/offline-campus.js';
import { startService, type TestService } from '../support/service.js';
import { places, terminalCodeAt } from './small-campus.js';

let service: TestService;
let browser: Browser;
let given: Given;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

async function openTill(code: string): Promise<Page> {
  const enrolmentCode = await terminalCodeAt(service, places.canteen, code);
  const link = new URLSearchParams({ code: enrolmentCode, name: service.config.SERVICE_NAME });
  const till = await (await browser.newContext(counterScreen)).newPage();
  await till.goto(`${service.url}/till#${link.toString()}`);
  await till.click('button.main');
  await till.waitForSelector('#amount');
  return till;
}

/** Pasted: 453 key strokes are a scanner's. */
async function scan(till: Page, digits: string): Promise<void> {
  await till.fill('input[name=scan]', digits);
  await till.press('input[name=scan]', 'Enter');
}

async function enter(till: Page, keys: string): Promise<void> {
  for (const key of keys) await till.click(`[data-key="${key}"]`);
}

/** The service was asked something, and its answer comes when the returned function is called. */
async function answerOnItsWay(till: Page): Promise<() => Promise<void>> {
  const heartbeats = '**/v1/terminal-heartbeats';
  const asked = new Promise<Route>((resolve) => void till.route(heartbeats, resolve));
  await till.evaluate(`void dispatchEvent(new Event('online'))`);
  const route = await asked;
  return async () => {
    const arrives = till.waitForResponse(heartbeats).then((response) => response.finished());
    await route.continue();
    await arrives;
    await till.unroute(heartbeats);
  };
}

/** Asked in the browser, where the till keeps it. */
const hasHotlist = `new Promise((resolve) => {
  const opening = indexedDB.open('campus-paycode-till', 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction('till').objectStore('till').get('hotlist');
    asked.onsuccess = () => resolve(asked.result !== undefined);
  };
})`;

describe('a till whose network is switched off', () => {
  it('takes a signed QR, says that it did so alone, and settles it afterwards', async () => {
    const student = await given.student(10_000n);
    await student.phone.prepareOffline();
    const till = await openTill('B8');
    // The list of refused certificates was asked for at the start.
    await till.waitForFunction(hasHotlist);
    const late = await answerOnItsWay(till);
    await till.click('.drill summary');
    await till.click('.plug');
    await till.waitForSelector('#network .sells');
    await late();
    await enter(till, '12.5');
    const code = student.phone.signedQr();
    await scan(till, code);
    await till.waitForSelector('#verdict.offline');
    const told = await till.innerText('#verdict');
    expect(told).toContain('离线已收款');
    expect(told).toContain('¥12.50');
    expect(told).toContain('B8-0001');
    await picture(till, 'till-offline');
    await till.click('#verdict');
    expect(await till.innerText('#network')).toContain('¥12.50');

    await enter(till, '8');
    await scan(till, code);
    await till.waitForSelector('#verdict.offline');
    expect(await till.innerText('#verdict')).toContain('没有再收');
    await till.click('#verdict');

    await till.click('.plug');
    await till.waitForSelector('.sales li.approved');
    expect(await till.locator('#network > *').count()).toBe(0);
    const { rows } = await service.owner.query(
      `select captured::int, state from payments.payment where card = $1`,
      [student.card.toString()],
    );
    expect(rows).toEqual([{ captured: 1_250, state: 'captured' }]);
  }, 90_000);
});

describe('a student whose purchases without a network cost more than there was', () => {
  it('sees what is owed, and that money which comes in pays it', async () => {
    const campus = await OfflineCampus.on(service, given);
    const till = await campus.till();
    const { card, cardholder, cardNumber, phone } = await campus.student(1_000n);
    const password = 'correct horse battery';
    await service.inTransaction((tx) => service.get(SetPassword).give(tx, cardholder, password));
    const page = await (await browser.newContext(phoneScreen)).newPage();
    await page.goto(service.url);
    await page.fill('input[name=number]', cardNumber);
    await page.fill('input[name=password]', password);
    await page.click('form button.main');
    await page.waitForSelector('#balance');
    await page.click('#tab-payments');
    expect(await page.locator('#owed').count()).toBe(0);
    // Nobody touches the page from here on: the service tells it.
    await till.sell(phone.signedQr(), 3_000);
    await page.waitForSelector('#owed:has-text("尚欠 ¥20.00")');
    await picture(page, 'owed');
    const comesIn = async (amount: bigint): Promise<void> => {
      await given.fund(card, amount);
      await service.inTransaction((tx) => service.get(SettleOwed).settle(tx, card));
    };
    await comesIn(500n);
    await page.waitForSelector('#owed:has-text("尚欠 ¥15.00")');
    await comesIn(2_000n);
    await page.waitForSelector('#owed', { state: 'detached' });
  }, 90_000);
});
