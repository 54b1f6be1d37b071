import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../support/ask.js';
import { Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import { TestTerminal, type Answer } from '../support/test-terminal.js';

let service: TestService;
let other: TestService;
let given: Given;
let own: TestTerminal;
let foreign: TestTerminal;
let student: Student;

beforeAll(async () => {
  service = await startService();
  other = await startService({ beside: service });
  given = new Given(service);
  own = await given.canteen();
  foreign = await given.canteen();
});
afterAll(async () => {
  await other.close();
  await service.close();
});
beforeEach(async () => {
  await service.setTime(noon);
  student = await given.student(10_000n);
});

const verdictOf = ({ body }: Answer): unknown => body['reason'] ?? body['verdict'] ?? body.code;

async function statementOf({ phone }: Student): Promise<Record<string, unknown>[]> {
  const url = `${service.url}/v1/me/payments`;
  const { body } = await ask(url, { token: phone.signInToken });
  return body['payments'] as Record<string, unknown>[];
}

describe('a picture of a code that is sent on (A5)', () => {
  it('is as good as the phone for one sale, of which the student reads amount and till', async () => {
    const code = student.phone.next();
    expect(verdictOf(await foreign.sell(code, 1_500))).toBe('approved');
    expect(verdictOf(await own.sell(code, 300))).toBe('code_used');
    const [last] = (await statementOf(student)).filter(({ captured }) => captured !== 0);
    expect(last).toMatchObject({
      amount: 1_500,
      shortNumber: expect.stringMatching(new RegExp(`^${foreign.code}-`)),
    });
  });

  it('is worth nothing once its owner paid with the next one', async () => {
    const [sentOn, next] = [student.phone.next(), student.phone.next()];
    expect(verdictOf(await own.sell(next, 300))).toBe('approved');
    expect(verdictOf(await foreign.sell(sentOn, 300))).toBe('code_used');
  });
});

describe('a till that calls a sale failed and passes its code on (A10)', () => {
  it('gains one sale, under the name of the till that made it', async () => {
    const kept = student.phone.next();
    // The student is told that it failed, and shows the next code.
    expect(verdictOf(await own.sell(student.phone.next(), 300))).toBe('approved');
    expect(verdictOf(await foreign.sell(kept, 5_000))).toBe('code_used');
    expect(await student.balance()).toBe(9_700n);
    const later = student.phone.next();
    expect(verdictOf(await foreign.sell(later, 500))).toBe('approved');
    const shortNumbers = (await statementOf(student))
      .filter(({ captured }) => captured !== 0)
      .map(({ shortNumber }) => String(shortNumber).split('-')[0]);
    expect(shortNumbers.sort()).toEqual([own.code, foreign.code].sort());
  });
});

describe('a phone that was lost (A6)', () => {
  it('pays nowhere from the moment its card is frozen: no second passes, at no process', async () => {
    const beside = new TestTerminal(other, own.id, own.code, own.key);
    beside.keyId = own.keyId;
    await other.clock.settle();
    const { phone } = student;
    expect(verdictOf(await own.sell(phone.next(), 100))).toBe('approved');
    const { status } = await ask(`${service.url}/v1/me/card/freeze`, {
      method: 'POST',
      token: phone.signInToken,
    });
    expect(status).toBeLessThan(300);
    expect(verdictOf(await beside.sell(phone.next(), 100))).toBe('card_frozen');
    expect(verdictOf(await own.sell(phone.next(), 100))).toBe('card_frozen');
    expect(await student.balance()).toBe(9_900n);
  });
});
