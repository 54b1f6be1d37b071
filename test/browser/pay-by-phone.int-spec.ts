/** A student binds a phone, pays, sees it at once, finds the receipt, and stops everything with one tap. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseScan, refuseSignedQr, type ParsedSignedQr } from '@campus-paycode/paycode';
import { TerminalClient } from '@campus-paycode/terminal-client';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SetPassword } from '../../src/cardholders/set-password.js';
import { SetCampaign, type CampaignTerms } from '../../src/journeys/set-campaign.js';
import { verifyEd25519 } from '../../src/payment-codes/domain/ed25519.js';
import { ReadOfflineTerms } from '../../src/payment-codes/read-offline-terms.js';
import { launchBrowser, phoneScreen, picture, readSymbols } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';
import { TestPhone } from '../support/test-phone.js';
import {
  admitStudent,
  enrolmentTokenFor,
  places,
  terminalCodeAt,
  type Student,
} from './small-campus.js';

const BALANCE = 10_000;
const PRICE = 1_250;

let service: TestService;
let browser: Browser;
let terminal: TerminalClient;
let context: BrowserContext | undefined;

beforeAll(async () => {
  service = await startService();
  browser = await launchBrowser();
  terminal = await TerminalClient.enrol({
    baseUrl: service.url,
    stateDir: null,
    serviceName: service.config.SERVICE_NAME,
    enrolmentCode: await terminalCodeAt(service, places.canteen, 'B3'),
    model: 'story',
    softwareVersion: '1',
  });
}, 60_000);
afterEach(async () => {
  await context?.close();
  context = undefined;
});
afterAll(async () => {
  await terminal?.close();
  await browser?.close();
  await service?.close();
});

async function openPage(path: string): Promise<Page> {
  context ??= await browser.newContext(phoneScreen);
  const page = await context.newPage();
  // The page's timers can be run ahead; until then they follow the real time.
  await page.clock.install({ time: service.clock.now() });
  await page.goto(service.url + path);
  return page;
}

async function bindPhone(student: Student): Promise<Page> {
  const page = await openPage(`/#enrolment=${await enrolmentTokenFor(service, student)}`);
  await picture(page, 'bind');
  await page.click('#bind');
  await page.waitForSelector('svg.qr');
  await page.waitForSelector('#connection.mark-connected');
  await page.waitForSelector('#balance');
  return page;
}

const digitsOn = async (page: Page): Promise<string> =>
  (await page.getAttribute('.digit-groups', 'data-code')) ?? '';

/** Reads the code off the screen as a scanner does, once no change fell between picture and digits. */
async function scan(page: Page): Promise<string> {
  const before = await digitsOn(page);
  const symbols = await readSymbols(await page.screenshot());
  if ((await digitsOn(page)) !== before) return scan(page);
  const formats = symbols.map(({ format }) => format).sort();
  expect(formats).toEqual(['Code128', 'QRCode']);
  expect(symbols.map(({ text }) => text)).toEqual([before, before]);
  return before;
}

/** Once the phone keeps certificates: they come a moment after the first code. */
async function certificatesOn(page: Page): Promise<void> {
  const kept = `localStorage.getItem('campus-paycode.offline') ?? ''`;
  while (!/"certificate":"/.test(await page.evaluate<string>(kept))) await page.waitForTimeout(20);
}

/** Reads the code for a till without a network, likewise. */
async function scanSigned(page: Page): Promise<ParsedSignedQr> {
  const shown = (): Promise<string | null> => page.getAttribute('.codes', 'data-signed');
  const before = await shown();
  const symbols = await readSymbols(await page.screenshot());
  if ((await shown()) !== before) return scanSigned(page);
  expect(symbols).toEqual([{ format: 'QRCode', text: before }]);
  const parsed = parseScan(before ?? '');
  if (!parsed.ok || parsed.form !== 'signed') throw new Error('That is no signed QR.');
  return parsed;
}

const HOUR_MILLIS = 3_600_000;
const breakfast = (): CampaignTerms => ({
  name: 'Breakfast',
  offer: { zh: '早餐立减 3 元', en: '¥3 off breakfast' },
  link: '/till',
  startsAt: new Date(service.clock.now().getTime() - HOUR_MILLIS),
  endsAt: new Date(service.clock.now().getTime() + HOUR_MILLIS),
  places: null,
  audience: { op: 'everyone' },
  consent: 'not_refused',
  product: 'campus',
  dailyCap: 100,
  priority: 5,
  status: 'live',
});

const pay = (code: string) => terminal.pay({ code, amount: PRICE });

describe('a bound phone', () => {
  it('pays with the code on its screen and says so by itself', async () => {
    const page = await bindPhone(await admitStudent(service, BALANCE));
    expect(new URL(page.url()).hash).toBe('');
    const code = await scan(page);
    await picture(page, 'code');

    const sale = await pay(code);
    const decided = Date.now();
    expect(sale).toMatchObject({ outcome: 'approved', answer: { amount: PRICE } });
    await page.waitForSelector('#verdict.approved', { timeout: 10_000 });
    // The horizon waits for every other test's transaction on this server, so not a second here.
    expect(Date.now() - decided).toBeLessThan(5_000);
    const told = await page.innerText('#verdict');
    expect(told).toContain('已支付');
    expect(told).toContain('¥12.50');
    expect(told).toContain('第一食堂');
    expect(told).toContain(sale.shortNumber);
    await picture(page, 'paid');

    await page.click('#verdict');
    expect(await digitsOn(page)).not.toBe(code);
    await page.getByText('¥87.50', { exact: true }).waitFor();
    expect(await pay(code)).toMatchObject({ outcome: 'declined' });
  }, 60_000);

  it('finds the receipt in its inbox and opens it', async () => {
    const page = await bindPhone(await admitStudent(service, BALANCE));
    const sale = await pay(await scan(page));
    await page.click('#verdict.approved');
    await service.relayAll();

    await page.click('#tab-inbox');
    const line = page.locator('#content li', { hasText: sale.shortNumber });
    await line.waitFor();
    await picture(page, 'inbox');
    await line.locator('a').click();
    await page.waitForSelector('.receipt .amount');
    const receipt = await page.innerText('.receipt');
    expect(receipt).toContain('¥12.50');
    expect(receipt).toContain(sale.shortNumber);
    await picture(page, 'receipt');
  }, 60_000);

  it('is offered one thing on its receipt, and nothing ever after a refusal', async () => {
    await service.get(SetCampaign).create(breakfast(), 1n);
    const page = await bindPhone(await admitStudent(service, BALANCE));
    const openReceipt = async (): Promise<void> => {
      const sale = await pay(await scan(page));
      await page.click('#verdict.approved');
      await service.relayAll();
      await page.click('#tab-inbox');
      await page.locator('#content li', { hasText: sale.shortNumber }).locator('a').click();
      await page.waitForSelector('.receipt .amount');
    };
    await openReceipt();
    expect(await page.innerText('#offer')).toContain('早餐立减 3 元');
    expect(await page.getAttribute('#offer', 'href')).toMatch(/^\/o\//);
    await picture(page, 'offer');
    await page.click('#refuse');
    await page.click('.sheet .main');
    await page.getByText('已关闭推荐，不会再打扰你').waitFor();
    expect(await page.locator('#offer').count()).toBe(0);

    await page.goto(service.url);
    await page.waitForSelector('#connection.mark-connected');
    await openReceipt();
    expect(await page.locator('#offer').count()).toBe(0);
  }, 60_000);

  it('is stopped by a freeze, and says why', async () => {
    const page = await bindPhone(await admitStudent(service, BALANCE));
    const code = await scan(page);
    await page.click('#tab-settings');
    await page.click('#freeze');
    await picture(page, 'freeze');
    await page.click('.sheet .main');
    await page.waitForSelector('#unfreeze');
    await page.click('#tab-code');
    expect(await page.locator('svg.qr').count()).toBe(0);
    expect(await page.innerText('#blocked')).toContain('已冻结');
    await picture(page, 'frozen');

    expect(await pay(code)).toMatchObject({
      outcome: 'declined',
      answer: { reason: 'card_frozen' },
    });
    await page.waitForSelector('#verdict.declined');
    await picture(page, 'declined');
    await page.click('#verdict');

    await page.click('#unfreeze');
    await page.click('.sheet .main');
    await page.waitForSelector('svg.qr');
    expect(await pay(await scan(page))).toMatchObject({ outcome: 'approved' });
  }, 60_000);

  it('shows no code once another phone was bound in its place, and says why', async () => {
    const student = await admitStudent(service, BALANCE);
    const page = await bindPhone(student);
    await TestPhone.enrol(service, await enrolmentTokenFor(service, student));
    await page.getByText('此手机的绑定已失效').waitFor();
    expect(await page.locator('svg.qr').count()).toBe(0);
    await page.reload();
    await page.waitForSelector('#tab-code');
    expect(await page.locator('svg.qr').count()).toBe(0);
  }, 60_000);

  it('changes its code by itself, when it is tapped, and after the key that takes a picture', async () => {
    const page = await bindPhone(await admitStudent(service, BALANCE));
    const first = await scan(page);
    await page.click('.codes');
    const second = await digitsOn(page);
    expect(second).not.toBe(first);
    await page.keyboard.press('PrintScreen');
    const afterPicture = await digitsOn(page);
    expect(afterPicture).not.toBe(second);
    await page.clock.runFor(31_000);
    const third = await scan(page);
    expect(third).not.toBe(afterPicture);
    await service.passTime(30);
    expect(await pay(third)).toMatchObject({ outcome: 'approved' });
  }, 60_000);

  it('shows its code without any network', async () => {
    const page = await bindPhone(await admitStudent(service, BALANCE));
    await page.route('**/v1/**', (route) => route.abort());
    const before = await digitsOn(page);
    await page.reload();
    await page.waitForSelector('svg.qr');
    const code = await scan(page);
    expect(code).not.toBe(before);
    expect(await page.innerText('#connection')).toBe('离线');
    expect(await page.innerText('#balance')).toBe('¥100.00');
    expect(await pay(code)).toMatchObject({ outcome: 'approved' });
  }, 60_000);

  it('shows another code to a till without a network, when it has none itself', async () => {
    const page = await bindPhone(await admitStudent(service, BALANCE));
    await certificatesOn(page);
    await page.route('**/v1/**', (route) => route.abort());
    await page.reload();
    await page.click('#till-offline');
    const first = await scanSigned(page);
    await picture(page, 'till-offline');
    await page.click('.codes');
    const second = await scanSigned(page);
    await page.clock.runFor(31_000);
    // The service's time goes on as the phone's does: half a minute apart they would be two steps apart now and then.
    await service.passTime(31);
    const third = await scanSigned(page);
    await page.reload();
    await page.click('#till-offline');
    const fourth = await scanSigned(page);
    const counters = [first, second, third, fourth].map(({ counter }) => counter);
    expect(counters).toEqual([...new Set(counters)].sort((a, b) => a - b));
    expect(third.codeTime - second.codeTime).toBeGreaterThanOrEqual(30);
    const trust = await service.get(ReadOfflineTerms).trust();
    for (const code of [first, second, third, fourth])
      expect(refuseSignedQr(code, trust, verifyEd25519)).toBeUndefined();

    await page.click('#till-offline');
    expect(await pay(await scan(page))).toMatchObject({ outcome: 'approved' });
  }, 60_000);

  it('says why it has no code for a till without a network', async () => {
    const page = await bindPhone(await admitStudent(service, 1_000));
    await certificatesOn(page);
    await page.click('#till-offline');
    await page.waitForSelector('[data-refusal=no_allowance]');
    expect(await page.innerText('.code-card')).toContain('余额不足');
    await picture(page, 'till-offline-refused');
  }, 60_000);

  it('is told what to do when its link was used already', async () => {
    const student = await admitStudent(service, BALANCE);
    const token = await enrolmentTokenFor(service, student);
    const first = await openPage(`/#enrolment=${token}`);
    await first.click('#bind');
    await first.waitForSelector('svg.qr');
    await context?.close();
    context = undefined;
    const second = await openPage(`/#enrolment=${token}`);
    await second.click('#bind');
    await second.waitForSelector('.trouble p');
    expect(await second.innerText('.trouble')).toContain('新链接');
    await picture(second, 'link-used');
  }, 60_000);
});

describe('another browser', () => {
  it('shows balance and payments to who signs in, but no code', async () => {
    const student = await admitStudent(service, BALANCE);
    const password = 'correct horse battery';
    await service.get(SetPassword).change({
      cardholder: student.cardholder,
      signIn: 0n,
      current: undefined,
      password,
    });
    const { rows } = await service.owner.query<{ number: string }>(
      'select number from cardholders.cardholder where id = $1',
      [student.cardholder.toString()],
    );
    const page = await openPage('/');
    await page.fill('input[name=number]', rows[0]?.number ?? '');
    await page.fill('input[name=password]', password);
    await picture(page, 'sign-in');
    await page.click('form button.main');
    await page.waitForSelector('#balance');
    expect(await page.innerText('#balance')).toBe('¥100.00');
    expect(await page.innerText('#content')).toContain('此浏览器未绑定');
    expect(await page.locator('svg.qr').count()).toBe(0);
    await picture(page, 'not-bound');
  }, 60_000);
});
