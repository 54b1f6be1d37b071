/** A room-mate sees what is left, buys electricity once although an answer was lost, and shows a ticket to the water meter. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTicket } from '@campus-paycode/terminal-protocol';
import type { Browser, Page } from 'playwright-core';
import { SetRoom } from '../../src/meters/set-room.js';
import { OpenPlace } from '../../src/places/open-place.js';
import { RegisterMerchant } from '../../src/places/register-merchant.js';
import { launchBrowser, phoneScreen, picture, readSymbols } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';
import { admitStudent, enrolmentTokenFor } from './small-campus.js';

let service: TestService;
let browser: Browser;
let page: Page;
let electricity: string;
let water: string;

beforeAll(async () => {
  service = await startService();
  browser = await launchBrowser();
  const student = await admitStudent(service, 20_000);
  const name = { zh: '三号楼水电', en: 'House 3' };
  const merchant = await service.get(RegisterMerchant).register(name, null);
  const tariff = { type: 'entered', maximum: 50_000n } as const;
  const place = await service.get(OpenPlace).open({ merchant, name, kind: 'dorm', tariff });
  const meter = { place, per: 1_000n, dailyMost: 50_000n, warnBelow: 1_000n, reading: 0n };
  const { rows } = await service.owner.query<{ number: string }>(
    'select number from cardholders.cardholder where id = $1',
    [student.cardholder.toString()],
  );
  await service.get(SetRoom).set(
    {
      building: '三号楼',
      number: '401',
      residents: rows.map(({ number }) => number),
      meters: [
        { ...meter, kind: 'electricity', device: 101n, networked: true, price: 55n },
        { ...meter, kind: 'water', device: 102n, networked: false, price: 320n },
      ],
    },
    1n,
  );
  page = await (await browser.newContext(phoneScreen)).newPage();
  await page.clock.install({ time: service.clock.now() });
  await page.goto(`${service.url}/#enrolment=${await enrolmentTokenFor(service, student)}`);
  await page.click('#bind');
  await page.waitForSelector('svg.qr');
  await page.waitForSelector('#connection.mark-connected');
  await page.click('#tab-more');
  await page.click('#more-rooms');
  await page.waitForSelector('section[id^="meter-"]');
  const ids = await page
    .locator('section[id^="meter-"]')
    .evaluateAll((all) => all.map(({ id }) => id));
  [electricity = '', water = ''] = ids;
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const paid = async (): Promise<number> =>
  (await service.owner.query('select from payments.payment where verdict = $1', ['approved']))
    .rowCount ?? 0;

describe('a room on the phone', () => {
  it('says that little is left, and sells credit once although an answer was lost', async () => {
    expect(await page.textContent(`#${electricity}`)).toContain('余额不足');
    let isLost = false;
    await page.route('**/v1/me/meters/*/credits', async (route) => {
      if (isLost) return route.fallback();
      isLost = true;
      await route.fetch();
      return route.abort();
    });
    await page.click(`#${electricity}-2000`);
    expect(await paid()).toBe(0);
    await page.click(`#${electricity}-pay`);
    await page.waitForSelector('#rooms-again');
    expect(await page.isDisabled(`#${electricity}-2000`)).toBe(true);
    await page.click('#rooms-again');
    await page.waitForSelector('#rooms-said:has-text("已付款")');
    await service.relayAll();
    await page.waitForSelector(`#${electricity}:has-text("余额 ¥20.00")`);
    expect(await paid()).toBe(1);
    await page.click(`#${electricity}-lines`);
    await page.waitForSelector(`#${electricity} .list:has-text("充值")`);
    await picture(page, 'rooms-bought');
  });

  it('shows a ticket that the meter can read from the screen', async () => {
    await page.click(`#${water}-5000`);
    await page.click(`#${water}-pay`);
    await page.waitForSelector('#rooms-said:has-text("已付款")');
    await service.relayAll();
    await page.click(`#${water}-ticket`);
    await page.waitForSelector(`#${water} svg`);
    const png = await page.locator(`#${water} svg`).screenshot();
    const [digits = ''] = (await readSymbols(png)).map(({ text }) => text);
    // ¥50.00 at ¥3.20 a cubic meter.
    expect(readTicket(digits)).toMatchObject({
      ok: true,
      ticket: { kind: 'top_up', device: 102, number: 1, units: 15_625 },
    });
    await picture(page, 'rooms-ticket');
    await page.click('#language');
    await page.waitForSelector(`#${electricity}:has-text("¥20.00 left")`);
  });
});
