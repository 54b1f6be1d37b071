import { checkDigit } from '@campus-paycode/paycode';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Given, type Student } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let office: Colleague;
let now = new Date(noon);

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'office', ['cashier-office']);
});
afterAll(() => service.close());

/** Hours apart, so that no test sees what another did to the last ten seconds or to an epoch. */
beforeEach(async () => {
  now = new Date(now.getTime() + 3_600_000);
  await service.setTime(now);
});

/** The same alias with another password, whole in itself: what somebody who saw a code would try. */
function guess(code: string, number: number): string {
  const otp = (Number(code.slice(11, 19)) + 1 + number) % 100_000_000;
  const body = code.slice(0, 11) + String(otp).padStart(8, '0');
  return body + checkDigit(body);
}

/** Wrong codes meant for nobody. */
function blind(number: number): string {
  const body = `97${String(number * 7_919 + 13).padStart(17, '0')}`;
  return body + checkDigit(body);
}

const verdictOf = ({ body }: Answer): unknown => body['reason'] ?? body['verdict'] ?? body.code;

async function guessAt(till: TestTerminal, codes: readonly string[]): Promise<unknown[]> {
  const answers = await Promise.all(codes.map((code) => till.sell(code, 100)));
  return answers.map(verdictOf);
}

const range = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, at) => from + at);

async function alarms(): Promise<{ kind: string; cardNumber: string; terminalId: string }[]> {
  const { body } = await office.get('code-alarms');
  return body['alarms'] as { kind: string; cardNumber: string; terminalId: string }[];
}

describe('a terminal that guesses', () => {
  const wrong = (count: number): string[] => range(count).map(blind);

  it('is paused for thirty seconds after fifteen wrong codes in a minute, and the office hears of it', async () => {
    const [till, other] = [await given.canteen(), await given.canteen()];
    const student = await given.student(10_000n);
    await guessAt(till, wrong(14));
    expect(verdictOf(await till.sell(student.phone.next(), 100))).toBe('approved');
    await guessAt(till, wrong(1));
    const paused = await till.sell(student.phone.next(), 100);
    expect([paused.status, paused.body.code]).toEqual([429, 'terminal_paused']);
    expect(paused.body).toMatchObject({ retryable: true, effect: 'none' });
    expect(verdictOf(await other.sell(student.phone.next(), 100))).toBe('approved');
    await service.passTime(31);
    expect(verdictOf(await till.sell(student.phone.next(), 100))).toBe('approved');
    const own = (await alarms()).filter(({ terminalId }) => terminalId === till.id.toString());
    expect(own.map(({ kind }) => kind)).toEqual(['terminal_paused']);
  });

  it('hears old verdicts while it is paused', async () => {
    const till = await given.canteen();
    const student = await given.student(10_000n);
    const draft = till.draft(student.phone.next(), 100);
    expect(verdictOf(await till.post(draft))).toBe('approved');
    await guessAt(till, wrong(15));
    expect(verdictOf(await till.sell(student.phone.next(), 100))).toBe('terminal_paused');
    expect(verdictOf(await till.post(draft))).toBe('approved');
  });

  it('is not paused by wrong codes that come slowly, and counts a request that comes again once', async () => {
    const till = await given.canteen();
    const draft = till.draft(blind(99), 100);
    for (const _ of range(20)) expect(verdictOf(await till.post(draft))).toBe('code_invalid');
    await service.setTime(new Date(now.getTime() + 61_000));
    await guessAt(till, wrong(13));
    await service.setTime(new Date(now.getTime() + 122_000));
    await guessAt(till, wrong(13));
    expect(await guessAt(till, wrong(1))).toEqual(['code_invalid']);
  });

  it('fails by nobody’s fault when a code is malformed or of another scheme', async () => {
    const till = await given.canteen();
    for (const _ of range(20)) await till.sell('134567890123456789', 100);
    await guessAt(
      till,
      range(20).map(() => '97185965475126865313'),
    );
    expect(await guessAt(till, wrong(1))).toEqual(['code_invalid']);
  });
});

describe('guessing at a student whose alias was seen (A2)', () => {
  const perTill = 14;

  /** Over four terminals, each of which stays below its own pause. */
  async function attack(student: Student, count: number): Promise<void> {
    const seen = student.phone.codeOf(0, 3);
    for (let made = 0; made < count; made += perTill) {
      const till = await given.canteen();
      await service.setTime(now);
      const codes = range(Math.min(perTill, count - made), made).map((each) => guess(seen, each));
      expect(new Set(await guessAt(till, codes))).toEqual(new Set(['code_invalid']));
    }
    await service.setTime(now);
  }

  it('leaves the right code good after forty-nine wrong ones', async () => {
    const student = await given.student(1_000n);
    await attack(student, 49);
    const till = await given.canteen();
    expect(verdictOf(await till.sell(student.phone.codeOf(0), 100))).toBe('approved');
  });

  it('is refused after fifty, even by the right code, and alarms the office at ten', async () => {
    const student = await given.student(1_000n);
    await attack(student, 9);
    const own = async (): Promise<string[]> =>
      (await alarms())
        .filter(({ cardNumber }) => cardNumber === student.cardNumber)
        .map(({ kind }) => kind);
    expect(await own()).toEqual([]);
    now = new Date(now.getTime() + 60_000);
    await service.setTime(now);
    await attack(student, 50);
    expect(await own()).toEqual(['code_guessed']);
    const till = await given.canteen();
    expect(verdictOf(await till.sell(student.phone.codeOf(0), 100))).toBe('code_invalid');
    expect(await student.balance()).toBe(1_000n);
  });

  it('locks nobody out: the next epoch pays (A18)', async () => {
    const student = await given.student(1_000n);
    await attack(student, 50);
    const till = await given.canteen();
    expect(verdictOf(await till.sell(student.phone.codeOf(0), 100))).toBe('code_invalid');
    expect(verdictOf(await till.sell(student.phone.codeOf(1), 100))).toBe('approved');
  });

  it('is forgotten when its epoch is long over', async () => {
    const student = await given.student(1_000n);
    await attack(student, 3);
    await service.passTime(3_600);
    await service.runJob('forget-guesses');
    const { rows } = await service.owner.query(
      'select from payment_codes.guess where credential = $1',
      [student.phone.credential.toString()],
    );
    expect(rows).toEqual([]);
  });
});

describe('codes that fail everywhere', () => {
  it('pause nobody, end the pauses that are, and raise one alarm', async () => {
    const tills = [];
    for (const _ of range(5)) tills.push(await given.canteen());
    await service.setTime(now);
    const [first] = tills;
    if (first === undefined) throw new Error('There is no till.');
    await guessAt(first, range(15).map(blind));
    expect(verdictOf(await first.sell(blind(1), 100))).toBe('terminal_paused');
    for (const till of tills.slice(1)) await guessAt(till, range(5).map(blind));
    for (const till of tills)
      expect(new Set(await guessAt(till, range(20).map(blind)))).toEqual(new Set(['code_invalid']));
    const raised = (await alarms()).map(({ kind }) => kind);
    expect(raised.filter((kind) => kind === 'codes_failing')).toHaveLength(1);
    const ids = tills.slice(1).map(({ id }) => id.toString());
    expect((await alarms()).filter(({ terminalId }) => ids.includes(terminalId))).toEqual([]);
  });
});
