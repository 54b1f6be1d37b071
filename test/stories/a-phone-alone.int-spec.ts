import { startOfStep, STEP_SECONDS, stepOf } from '@campus-paycode/paycode';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

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
});

const pay = async (code: string): Promise<unknown> => {
  const { body } = await till.sell(code, 100);
  return body['reason'] ?? body['verdict'] ?? body.code;
};

/** Sets a clock that all but stands that many seconds into the step after the present one. */
async function standAt(seconds: number, steps = 0): Promise<void> {
  const step = stepOf(Date.parse(noon) / 1_000) + 10 + steps;
  const instant = new Date((startOfStep(step) + seconds) * 1_000);
  await service.owner.query('select platform.set_clock($1, 0.001)', [instant]);
  await service.clock.settle();
}

describe('a phone without a network', () => {
  it('pays ten times in ten minutes', async () => {
    const verdicts = [];
    for (let minute = 0; minute < 10; minute += 1) {
      await service.passTime(60);
      verdicts.push(await pay(student.phone.next()));
    }
    expect(verdicts).toEqual(Array(10).fill('approved'));
  });
});

describe('a code that is looked at when it changes', () => {
  it('pays when it was shown a second before', async () => {
    await standAt(STEP_SECONDS - 1);
    const code = student.phone.codeOf(0);
    await standAt(1, 1);
    expect(await pay(code)).toBe('approved');
  });

  it('pays up to the last second of the step after its own, and no longer', async () => {
    await standAt(0, 10);
    const [early, late] = [student.phone.codeOf(0, 0), student.phone.codeOf(0, 1)];
    await standAt(STEP_SECONDS - 1, 11);
    expect(await pay(early)).toBe('approved');
    await standAt(0, 12);
    expect(await pay(late)).toBe('code_invalid');
  });

  it('pays on a service whose clock is a step behind the phone, and no earlier', async () => {
    await standAt(STEP_SECONDS - 1, 20);
    const [next, afterNext] = [student.phone.codeOf(1), student.phone.codeOf(2)];
    expect([await pay(afterNext), await pay(next)]).toEqual(['code_invalid', 'approved']);
  });
});
