/** The office freezes a card or takes it out of use when its cardholder cannot. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Given } from '../../test/support/given.js';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { startService, type TestService } from '../../test/support/service.js';

let service: TestService;
let given: Given;
let office: Colleague;
let auditor: Colleague;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'office', ['cashier-office']);
  auditor = await givenColleague(service, 'auditor', ['auditor']);
});
afterAll(() => service.close());

describe('the office', () => {
  it('freezes and unfreezes a card, and the very next scan knows', async () => {
    const till = await given.canteen();
    const student = await given.student(2_000n);
    const frozen = await office.post(`cards/${student.cardNumber}/freeze`);
    expect(frozen).toMatchObject({ status: 200, body: { status: 'frozen' } });
    const declined = await till.post(till.draft(student.phone.next(), 100));
    expect(declined.body['reason']).toBe('card_frozen');
    await office.post(`cards/${student.cardNumber}/unfreeze`);
    const approved = await till.post(till.draft(student.phone.next(), 100));
    expect(approved.body['verdict']).toBe('approved');
  });

  it('reports a card lost, which nobody but the office undoes', async () => {
    const till = await given.canteen();
    const student = await given.student(2_000n);
    await office.post(`cards/${student.cardNumber}/loss`);
    const declined = await till.post(till.draft(student.phone.next(), 100));
    expect(declined.body['reason']).toBe('card_lost');
    expect(await office.post(`cards/${student.cardNumber}/unfreeze`)).toMatchObject({
      status: 409,
      body: { code: 'card_not_usable' },
    });
    const back = await office.post(`cards/${student.cardNumber}/recovery`);
    expect(back).toMatchObject({ status: 200, body: { status: 'active' } });
  });

  it('needs the permission, and a card that exists', async () => {
    expect(await auditor.post('cards/80000001/freeze')).toMatchObject({
      status: 403,
      body: { code: 'permission_missing' },
    });
    expect(await office.get('cards/99999999')).toMatchObject({
      status: 404,
      body: { code: 'card_unknown' },
    });
  });
});
