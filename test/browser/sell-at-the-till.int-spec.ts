/** A cashier turns a browser into a terminal, sells, takes back, and is never left to guess. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { counterScreen, launchBrowser, phoneScreen, picture } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';
import {
  admitStudent,
  enrolmentTokenFor,
  places,
  terminalCodeAt,
  type PlaceName,
} from './small-campus.js';

let service: TestService;
let browser: Browser;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  service = await startService();
  browser = await launchBrowser();
}, 60_000);
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

async function openPage(path: string, screen: object): Promise<Page> {
  const context = await browser.newContext(screen);
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(service.url + path);
  return page;
}

async function openTill(place: PlaceName, code: string): Promise<Page> {
  const enrolmentCode = await terminalCodeAt(service, places[place], code);
  const link = new URLSearchParams({ code: enrolmentCode, name: service.config.SERVICE_NAME });
  const till = await openPage(`/till#${link.toString()}`, counterScreen);
  await till.click('button.main');
  await till.waitForSelector('#amount');
  return till;
}

/** A student's phone, ready to be scanned. */
async function openPhone(balance = 10_000): Promise<Page> {
  const token = await enrolmentTokenFor(service, await admitStudent(service, balance));
  const phone = await openPage(`/#enrol=${token}`, phoneScreen);
  await phone.click('#bind');
  await phone.waitForSelector('#connection.mark-connected');
  return phone;
}

const codeOn = async (phone: Page): Promise<string> =>
  (await phone.getAttribute('.digit-groups', 'data-code')) ?? '';

async function typeAmount(till: Page, keys: string): Promise<void> {
  for (const key of keys) await till.click(`[data-key="${key}"]`);
}

/** As a scanner does: digits and Enter, wherever the focus is. */
async function scanInto(till: Page, digits: string): Promise<void> {
  await till.keyboard.type(digits);
  await till.keyboard.press('Enter');
}

describe('a till in a canteen', () => {
  it('sells, tells both sides the same short number, and takes it back', async () => {
    const till = await openTill('canteen', 'B3');
    const phone = await openPhone();
    await typeAmount(till, '12.5');
    expect(await till.innerText('#amount')).toBe('¥12.5');
    await picture(till, 'till');
    await scanInto(till, await codeOn(phone));
    await till.waitForSelector('#verdict.approved');
    const told = await till.innerText('#verdict');
    expect(told).toContain('收款成功');
    expect(told).toContain('¥12.50');
    expect(told).toContain('张');
    expect(told).toContain('B3-0001');
    await picture(till, 'till-approved');
    await phone.waitForSelector('#verdict.approved');
    expect(await phone.innerText('#verdict')).toContain('B3-0001');
    await phone.click('#verdict');

    await till.click('#verdict');
    await till.click('[data-void="B3-0001"]');
    await till.waitForSelector('.void.begun');
    await picture(till, 'till-void');
    await till.waitForSelector('.sales li.reversed');
    await phone.getByText('¥100.00', { exact: true }).waitFor();
  }, 60_000);

  it('says what to do when a sale is declined', async () => {
    const till = await openTill('canteen', 'B4');
    const phone = await openPhone(300);
    await typeAmount(till, '8');
    await scanInto(till, await codeOn(phone));
    await till.waitForSelector('#verdict.declined');
    const told = await till.innerText('#verdict');
    expect(told).toContain('未收款');
    expect(told).toContain('余额不足');
    await picture(till, 'till-declined');
    await phone.waitForSelector('#verdict.declined');
    await picture(phone, 'phone-declined');
  }, 60_000);

  it('knows what it scanned before it asks', async () => {
    const till = await openTill('canteen', 'B5');
    await scanInto(till, '97185965475126865312');
    expect(await till.innerText('.note')).toBe('请先输入金额');
    await typeAmount(till, '8');
    await scanInto(till, '134567890123456789');
    expect(await till.innerText('.note')).toContain('微信');
    await scanInto(till, '97185965475126865313');
    expect(await till.innerText('.note')).toBe('没扫清楚，请再扫一次');
  }, 60_000);

  it('says that it does not know, sends the same bytes again and tells the verdict', async () => {
    const till = await openTill('canteen', 'B6');
    const phone = await openPhone();
    const bodies: string[] = [];
    await till.route('**/v1/payments', async (route) => {
      bodies.push(route.request().postData() ?? '');
      // The service decides, but its first answer is lost.
      if (bodies.length > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await typeAmount(till, '8');
    await scanInto(till, await codeOn(phone));
    await till.waitForSelector('#verdict.unknown');
    expect(await till.innerText('#verdict')).toContain('请勿重复收款');
    await picture(till, 'till-unknown');
    await till.waitForSelector('#verdict.approved');
    expect(new Set(bodies).size).toBe(1);
    await phone.getByText('¥92.00', { exact: true }).waitFor();
  }, 60_000);

  it('takes back by itself what it could not learn, also after a reload', async () => {
    const till = await openTill('canteen', 'B7');
    const phone = await openPhone();
    let lost = true;
    await till.route('**/v1/payments/**', (route) => (lost ? route.abort() : route.continue()));
    await till.route('**/v1/payments', async (route) => {
      if (lost) await route.fetch().catch(() => undefined);
      return lost ? route.abort() : route.continue();
    });
    await typeAmount(till, '8');
    await scanInto(till, await codeOn(phone));
    await till.getByText('未确认', { exact: true }).waitFor({ timeout: 20_000 });
    await phone.getByText('¥92.00', { exact: true }).waitFor();
    await till.reload();
    await till.waitForSelector('#amount');
    expect(await till.innerText('.queued')).toContain('1');
    lost = false;
    await till.waitForSelector('.sales li.reversed', { timeout: 20_000 });
    await phone.getByText('¥100.00', { exact: true }).waitFor();
  }, 90_000);
});

describe('a till in a dorm', () => {
  it('sets money aside and takes what was used', async () => {
    const till = await openTill('showers', 'W1');
    const phone = await openPhone();
    await scanInto(till, await codeOn(phone));
    await till.waitForSelector('#verdict.approved');
    expect(await till.innerText('#verdict')).toContain('已预扣');
    await till.click('#verdict');
    await till.fill('input[name=used]', '27');
    expect(await till.innerText('#used')).toBe('27 升 = ¥1.35');
    await picture(till, 'till-hold');
    await till.click('#settle');
    await till.getByText('已结算', { exact: true }).waitFor();
    expect(await till.innerText('#verdict')).toContain('¥3.65');
    await phone.getByText('¥98.65', { exact: true }).waitFor();
  }, 60_000);
});

describe('a till at the gym', () => {
  it('asks the fixed price', async () => {
    const till = await openTill('gym', 'G1');
    const phone = await openPhone();
    expect(await till.innerText('#amount')).toBe('¥3.00');
    expect(await till.locator('.keypad').count()).toBe(0);
    await scanInto(till, await codeOn(phone));
    await till.waitForSelector('#verdict.approved');
    expect(await till.innerText('#verdict')).toContain('¥3.00');
  }, 60_000);
});
