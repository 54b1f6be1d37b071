/** A student looks how full the gym is, trains by the minute, buys a pass, and goes in by it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalClient } from '@campus-paycode/terminal-client';
import type { Browser, Page } from 'playwright-core';
import { OfferPass } from '../../src/gates/offer-pass.js';
import { SetGate } from '../../src/gates/set-gate.js';
import { launchBrowser, phoneScreen, picture } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';
import { admitStudent, enrolmentTokenFor, places, terminalCodeAt } from './small-campus.js';

const WHOLE = { from: '00:00', until: '24:00' };

let service: TestService;
let browser: Browser;
let gate: TerminalClient;
let page: Page;
let lastCode = '';

beforeAll(async () => {
  service = await startService();
  browser = await launchBrowser();
  gate = await TerminalClient.enrol({
    baseUrl: service.url,
    stateDir: null,
    serviceName: service.config.SERVICE_NAME,
    enrolmentCode: await terminalCodeAt(service, places.gym, 'G1'),
    model: 'story',
    softwareVersion: '1',
  });
  const place = BigInt(gate.settings().place.id);
  await service.get(SetGate).set({
    place,
    passback: 'hard',
    passbackMinutes: null,
    capacity: 120,
    opens: '00:00',
    closes: '24:00',
    hasSensor: true,
    forgottenAmount: 500n,
    rules: [{ group: 'student', ...WHOLE, charge: 'time', amount: 2_000n, minutePrice: 10n }],
  });
  const name = { zh: '月卡', en: 'Month' };
  const good = { place, places: [place], groups: ['student'] as const, ...WHOLE };
  await service.get(OfferPass).offer({ ...good, name, days: 30, uses: 30, amount: 8_000n }, 1n);
  const student = await admitStudent(service, 20_000);
  page = await (await browser.newContext(phoneScreen)).newPage();
  await page.clock.install({ time: service.clock.now() });
  await page.goto(`${service.url}/#enrolment=${await enrolmentTokenFor(service, student)}`);
  await page.click('#bind');
  await page.waitForSelector('svg.qr');
  await page.waitForSelector('#connection.mark-connected');
}, 60_000);
afterAll(async () => {
  await gate?.close();
  await browser?.close();
  await service?.close();
});

/** Scans the phone at the gate, and goes through. */
async function goThrough(direction: 'entry' | 'exit'): Promise<void> {
  await page.click('#tab-code');
  await page.waitForSelector(`.digit-groups:not([data-code="${lastCode}"])`, { state: 'attached' });
  lastCode = (await page.getAttribute('.digit-groups', 'data-code')) ?? '';
  const result = await gate.pass({ code: lastCode, direction });
  if (result.outcome !== 'open') throw new Error(JSON.stringify(result));
  await gate.gate.passed(result.orderNumber);
  await gate.drain();
}

const openGym = async (): Promise<void> => {
  await page.click('#tab-more');
  await page.click('#more-gym');
  await page.waitForSelector('.fullness');
};

describe('the gym on the phone', () => {
  it('shows who is inside, since when and what it costs so far', async () => {
    await goThrough('entry');
    const seconds = 29 * 60 + 30;
    await service.passTime(seconds);
    await page.clock.fastForward(seconds * 1_000);
    await openGym();
    await page.waitForSelector('#gym-visit');
    expect(await page.textContent('#gym-cost')).toBe('¥3.00');
    expect(await page.textContent('#gym-visit')).toContain('最多 ¥20.00');
    expect(await page.textContent('.fullness')).toContain('现在 1 / 120 人');
    await picture(page, 'gym-inside');
  });

  it('hears of the exit by itself', async () => {
    await goThrough('exit');
    await openGym();
    await page.waitForSelector('#gym-visit', { state: 'detached' });
    expect(await page.textContent('.gym .money')).toBe('-¥3.00');
  });

  it('sells a pass, asks again where the answer was lost, and buys it once', async () => {
    let isLost = false;
    await page.route('**/v1/me/passes', async (route) => {
      if (route.request().method() !== 'POST' || isLost) return route.fallback();
      isLost = true;
      await route.fetch();
      return route.abort();
    });
    await page.click('[data-offer]');
    await page.click('dialog .main');
    await page.waitForSelector('#gym-again');
    await picture(page, 'gym-unknown');
    expect(await page.isDisabled('[data-offer]')).toBe(true);
    await page.click('#gym-again');
    await page.waitForSelector('#gym-told:has-text("购买成功")');
    await service.relayAll();
    await page.waitForSelector('[data-pass]');
    expect(await page.locator('[data-pass]').count()).toBe(1);
    expect(await page.textContent('[data-pass]')).toContain('剩 30 次');
    await picture(page, 'gym-pass');
    const { rows } = await service.owner.query('select from payments.payment where amount = 8000');
    expect(rows).toHaveLength(1);
  });

  it('lets its owner in by the pass', async () => {
    await goThrough('entry');
    await openGym();
    await page.waitForSelector('#gym-visit:has-text("使用通行证入场")');
    expect(await page.textContent('[data-pass]')).toContain('剩 29 次');
    await page.click('#language');
    await page.waitForSelector('#gym-visit:has-text("Came in by a pass")');
    await picture(page, 'gym-english');
  });
});
