/** A larger sale asks on the phone by itself; the student pays it with the PIN, or does not. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalClient, type SaleResult } from '@campus-paycode/terminal-client';
import type { Browser, Page } from 'playwright-core';
import { SetPaymentPin } from '../../src/cards/set-payment-pin.js';
import { IssuePlastic } from '../../src/static-credentials/issue-plastic.js';
import { launchBrowser, phoneScreen, picture } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';
import { admitStudent, enrolmentTokenFor, places, terminalCodeAt } from './small-campus.js';

const PRICE = 5_000;
const PIN = '402917';

let service: TestService;
let browser: Browser;
let terminal: TerminalClient;
let page: Page;
/** When the terminal has heard that a sale waits. */
let heardPending: () => void = () => undefined;
let lastCode = '';
let card = 0n;

beforeAll(async () => {
  service = await startService();
  await service.owner.query('update cards.group_limit set asks_above = $1', [PRICE - 1]);
  browser = await launchBrowser();
  terminal = await TerminalClient.enrol({
    baseUrl: service.url,
    stateDir: null,
    serviceName: service.config.SERVICE_NAME,
    enrolmentCode: await terminalCodeAt(service, places.canteen, 'B3'),
    model: 'story',
    softwareVersion: '1',
    onEvent: ({ type }) => {
      if (type === 'pending') heardPending();
    },
  });
  const student = await admitStudent(service, 20_000);
  card = student.card;
  await service.inTransaction((tx) => service.get(SetPaymentPin).give(tx, student.cardholder, PIN));
  page = await (await browser.newContext(phoneScreen)).newPage();
  await page.clock.install({ time: service.clock.now() });
  await page.goto(`${service.url}/#enrolment=${await enrolmentTokenFor(service, student)}`);
  await page.click('#bind');
  await page.waitForSelector('svg.qr');
  await page.waitForSelector('#connection.mark-connected');
}, 60_000);
afterAll(async () => {
  await terminal?.close();
  await browser?.close();
  await service?.close();
});

/** Sells to the phone's code; resolves when the sale waits. */
async function sell(): Promise<{ readonly end: Promise<SaleResult> }> {
  const pending = new Promise<void>((resolve) => {
    heardPending = resolve;
  });
  // A code pays once; the phone shows another when it hears of the sale.
  await page.waitForSelector(`.digit-groups:not([data-code="${lastCode}"])`, { state: 'attached' });
  const code = (await page.getAttribute('.digit-groups', 'data-code')) ?? '';
  lastCode = code;
  const end = terminal.pay({ code, amount: PRICE });
  await Promise.race([pending, end]);
  return { end };
}

describe('the phone', () => {
  it('asks with amount and place, and pays by the PIN', async () => {
    const { end } = await sell();
    await page.waitForSelector('#asked[open]');
    await picture(page, 'asked');
    expect(await page.textContent('#asked-amount')).toBe('¥50.00');
    expect(await page.textContent('#asked')).toContain('第一食堂');
    for (const digit of '111112') await page.click(`[data-pin="${digit}"]`);
    await page.waitForSelector('#asked-note:has-text("错误")');
    for (const digit of PIN) await page.click(`[data-pin="${digit}"]`);
    expect(await end).toMatchObject({ outcome: 'approved', answer: { captured: PRICE } });
    await page.waitForSelector('#asked', { state: 'detached' });
    await page.waitForSelector('#verdict.approved');
    await page.click('#verdict');
  });

  it('ends the sale without a charge when the student does not want to pay', async () => {
    const { end } = await sell();
    await page.waitForSelector('#asked[open]');
    await page.click('#asked-refuse');
    expect(await end).toMatchObject({
      outcome: 'declined',
      answer: { reason: 'confirmation_refused' },
    });
    await page.waitForSelector('#asked', { state: 'detached' });
  });
});

describe('a sale without the phone', () => {
  it('is told on the phone, and one tap ends what paid it', async () => {
    await service.owner.query('update cards.group_limit set asks_above = null');
    await service.get(IssuePlastic).issue(card, { printed: 'P7001', chip: '04A3B2C1' });
    const plastic = { instrument: { type: 'plastic', number: 'P7001' }, amount: 1_200 } as const;
    expect(await terminal.pay(plastic)).toMatchObject({ outcome: 'approved' });
    await page.waitForSelector('#verdict.approved');
    await page.click('#verdict');
    await service.relayAll();
    await page.click('#tab-inbox');
    await page.click('[data-stop]');
    const stopped = page.waitForResponse(/static-credentials\/stop$/);
    await page.click('dialog .danger');
    expect((await stopped).status()).toBe(200);
    await page.click('#tab-more');
    await page.click('#more-without-phone');
    await page.waitForSelector('#number-pin:has-text("已停用")');
    await picture(page, 'without-phone');
    expect(await page.textContent('#plastic')).toBe('没有使用中的实体卡');
    expect(await terminal.pay({ ...plastic, amount: 1_300 })).toMatchObject({
      answer: { reason: 'plastic_lost' },
    });
  });
});
