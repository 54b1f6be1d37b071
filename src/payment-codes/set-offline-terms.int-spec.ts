import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { Given } from '../../test/support/given.js';
import { startService, type TestService } from '../../test/support/service.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';

const terms = {
  allowance: { most: 8_000, spares: 1_000, least: 500 },
  perTerminal: { amount: 200_000, records: 50, hours: 12 },
  classes: [{ group: 'student', perSale: 2_000, perCard: 4_000 }],
};

let service: TestService;
let till: TestTerminal;
let office: Colleague;
let auditor: Colleague;

beforeAll(async () => {
  service = await startService();
  till = await new Given(service).canteen();
  office = await givenColleague(service, 'wang.li', ['administrator']);
  auditor = await givenColleague(service, 'han.mei', ['auditor']);
}, 60_000);
afterAll(() => service.close());

describe('what may be sold without a network', () => {
  it('is set by the office at once, and terminals hear that there is something to fetch', async () => {
    const beat = async (): Promise<unknown> => {
      const body = { softwareVersion: '1', queuedReversals: 0 };
      return (await till.send('POST', '/v1/terminal-heartbeats', body)).body['settingsVersion'];
    };
    const before = await beat();
    const { body } = await office.put('offline-terms', terms);
    expect(body).toEqual({
      ...terms,
      classes: [
        { group: 'student', perSale: 2_000, perCard: 4_000 },
        { group: 'staff', perSale: 3_000, perCard: 6_000 },
        { group: 'guest', perSale: 3_000, perCard: 6_000 },
      ],
    });
    expect((await auditor.get('offline-terms')).body).toEqual(body);
    expect(await beat()).not.toBe(before);
    const settings = await till.send('GET', '/v1/terminal-settings');
    expect(settings.body['offline']).toMatchObject({
      perTerminal: terms.perTerminal,
      classes: expect.arrayContaining([{ class: 0, perSale: 2_000, perCard: 4_000 }]),
    });
  });

  it('does not contradict itself, and is not for everybody to set', async () => {
    const { body } = await office.get('offline-terms');
    const allowance = { most: 500, spares: 0, least: 501 };
    const wrong = [
      { ...terms, allowance },
      { ...terms, classes: [{ group: 'guest', perSale: 2, perCard: 1 }] },
    ];
    for (const each of wrong)
      expect((await office.put('offline-terms', each)).body.code).toBe('offline_terms_wrong');
    const twice = { ...terms, classes: [terms.classes[0], terms.classes[0]] };
    expect((await office.put('offline-terms', twice)).body.code).toBe('malformed_request');
    expect((await auditor.put('offline-terms', terms)).body.code).toBe('permission_missing');
    expect((await office.get('offline-terms')).body).toEqual(body);
  });
});
