import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssueEnrolmentLink } from '../cardholders/issue-enrolment-link.js';
import { SetPassword } from '../cardholders/set-password.js';
import { ask, type Answer } from '../../test/support/ask.js';
import { Given, type Student } from '../../test/support/given.js';
import { startService, type TestService } from '../../test/support/service.js';
import { CheckPaymentPin } from './check-payment-pin.js';

const password = 'correct horse';
const pin = '402917';

let service: TestService;
let given: Given;
let student: Student;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  student = await given.student(0n);
  await service.inTransaction((tx) =>
    service.get(SetPassword).give(tx, student.cardholder, password),
  );
});
afterAll(() => service.close());

const path = (): string => `${service.url}/v1/me/card/payment-pin`;
const read = async (): Promise<unknown> =>
  (await ask(path(), { token: student.phone.signInToken })).body;
const set = (body: Record<string, unknown>): Promise<Answer> =>
  ask(path(), { method: 'PUT', token: student.phone.signInToken, body });
const judge = (digits: string, triedFor: string | null = null): Promise<string> =>
  service.get(CheckPaymentPin).judge(student.card, digits, triedFor);

describe('a payment PIN', () => {
  it('is set after a fresh proof alone', async () => {
    expect(await read()).toEqual({ isSet: false, lockedUntil: null, usableFrom: null });
    expect((await set({ pin })).body).toMatchObject({ code: 'malformed_request' });
    const wrong = await set({ pin, password: 'another horse' });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'cardholder_unproven' } });
    expect(await judge(pin)).toBe('missing');
    expect((await set({ pin, password })).status).toBe(204);
    expect(await read()).toMatchObject({ isSet: true, lockedUntil: null });
    const { rows } = await service.owner.query<{ row: string }>(
      'select p::text as row from cards.payment_pin p',
    );
    expect(rows[0]?.row).not.toContain(pin);
  });

  it('that is the first is good a day later, whoever sets it once more meanwhile', async () => {
    expect(await judge(pin)).toBe('held_back');
    await service.passTime(23 * 3_600);
    expect((await set({ pin, password })).status).toBe(204);
    await service.passTime(2 * 3_600);
    await expect(service.get(CheckPaymentPin).require(student.card, pin)).rejects.toMatchObject({
      code: 'payment_pin_held_back',
    });
    const { usableFrom } = (await read()) as { usableFrom: string };
    expect(Date.parse(usableFrom)).toBeGreaterThan(service.clock.nowMs());
    await service.passTime(22 * 3_600);
    expect(await judge(pin)).toBe('right');
    // The password is old by now: a PIN in the place of one that is good is good at once.
    expect((await set({ pin, password })).status).toBe(204);
    expect(await judge(pin)).toBe('right');
    expect(await read()).toEqual({ isSet: true, lockedUntil: null, usableFrom: null });
  });

  it('that a password of today sets anew is held back, and one by a link of the office is not', async () => {
    const { cardholder, card, phone } = await given.student(0n);
    const token = phone.signInToken;
    const path = `${service.url}/v1/me/card/payment-pin`;
    const link = await service.get(IssueEnrolmentLink).issue(cardholder, 'sign-in');
    const byLink = { pin, linkToken: link.token };
    expect((await ask(path, { method: 'PUT', token, body: byLink })).status).toBe(204);
    expect(await service.get(CheckPaymentPin).judge(card, pin)).toBe('right');
    await service.inTransaction((tx) => service.get(SetPassword).give(tx, cardholder, password));
    const byPassword = { pin: '715304', password };
    expect((await ask(path, { method: 'PUT', token, body: byPassword })).status).toBe(204);
    expect(await service.get(CheckPaymentPin).judge(card, '715304')).toBe('held_back');
  });

  it('is none that everybody tries first', async () => {
    for (const guess of ['000000', '123456', '987654'])
      expect((await set({ pin: guess, password })).body).toMatchObject({
        code: 'payment_pin_weak',
      });
    expect((await set({ pin: '12345', password })).status).toBe(400);
  });

  it('is locked for an hour by the fifth wrong try, and a new one ends the lock', async () => {
    // The same request again is no second try.
    for (const _ of [1, 2]) expect(await judge('111112', 'one')).toBe('wrong');
    for (const request of ['two', 'three', 'four', 'five'])
      expect(await judge('111112', request)).toBe('wrong');
    expect(await judge(pin, 'six')).toBe('locked');
    expect(await read()).toMatchObject({ lockedUntil: expect.any(String), usableFrom: null });
    const { token } = await service.get(IssueEnrolmentLink).issue(student.cardholder, 'sign-in');
    expect((await set({ pin: '715304', linkToken: token })).status).toBe(204);
    expect(await judge('715304')).toBe('right');
    expect((await set({ pin, linkToken: token })).body).toMatchObject({ code: 'link_used' });
  });
});
