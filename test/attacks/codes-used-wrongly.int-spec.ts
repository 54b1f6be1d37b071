import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let student: Student;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());
beforeEach(async () => {
  await service.setTime(noon);
  student = await given.student(10_000n);
  await service.setTime(noon);
});

const verdictOf = ({ body }: Answer): unknown => body['reason'] ?? body['verdict'] ?? body.code;
const pay = async (code: string): Promise<unknown> => verdictOf(await till.sell(code, 100));

describe('a code that is used again (A3)', () => {
  it('pays once of twenty times at once', async () => {
    const code = student.phone.next();
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => pay(code)));
    expect(verdicts.filter((verdict) => verdict === 'approved')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'code_used')).toHaveLength(19);
    expect(await student.balance()).toBe(9_900n);
  });

  it('does not pay again after the service’s clock was set back', async () => {
    const code = student.phone.codeOf(0);
    expect(await pay(code)).toBe('approved');
    await service.passTime(-30);
    expect(await pay(code)).toBe('code_used');
    expect(await pay(student.phone.codeOf(0, 3))).toBe('code_used');
    expect(await student.balance()).toBe(9_900n);
  });
});

describe('an older screenshot (A4)', () => {
  it('is worth nothing once a newer code was used', async () => {
    const [older, newer] = [student.phone.next(), student.phone.next()];
    expect([await pay(newer), await pay(older)]).toEqual(['approved', 'code_used']);
  });

  it('is worth nothing after a newer code that was declined', async () => {
    const [older, newer] = [student.phone.next(), student.phone.next()];
    expect(verdictOf(await till.sell(newer, 49_999))).not.toBe('approved');
    expect(await pay(older)).toBe('code_used');
  });

  it('is worth nothing a minute later', async () => {
    const code = student.phone.next();
    await service.passTime(60);
    expect(await pay(code)).toBe('code_invalid');
  });
});

describe('clocks that jump', () => {
  it('on a phone: codes harvested for tomorrow do not pay today, nor tomorrow after the phone moved on (A9)', async () => {
    const day = 2_880;
    const harvested = [student.phone.codeOf(day), student.phone.codeOf(day + 1)];
    for (const code of harvested) expect(await pay(code)).toBe('code_invalid');
    await student.phone.synchronise();
    await service.passTime(120);
    expect(await pay(student.phone.next())).toBe('approved');
    await service.setTime(new Date(Date.parse(noon) + day * 30_000));
    for (const code of harvested) expect(await pay(code)).toBe('code_invalid');
    expect(await pay(student.phone.next())).toBe('approved');
  });

  it('on a terminal: a request that is signed a minute off changes nothing', async () => {
    for (const off of [-90, 90]) {
      const draft = till.draft(student.phone.next(), 100);
      const created = service.clock.unixSeconds() + off;
      const answer = await till.post(draft, { created });
      expect([answer.status, answer.body.code]).toEqual([401, 'clock_off']);
      expect((await till.find(draft.orderNumber)).body.code).toBe('order_unknown');
    }
    expect(await pay(student.phone.next())).toBe('approved');
  });

  it('on the service: honest codes fail until it is set right, and then pay', async () => {
    const code = student.phone.next();
    await service.passTime(600);
    expect(await pay(code)).toBe('code_invalid');
    await service.setTime(noon);
    expect(await pay(code)).toBe('approved');
  });
});
