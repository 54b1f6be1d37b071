import { parseCode } from '@campus-paycode/paycode';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Given, type Student } from '../../test/support/given.js';
import { noon, startService, type TestService } from '../../test/support/service.js';
import type { TestPhone } from '../../test/support/test-phone.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';
import { FindCard } from '../cards/find-card.js';
import { FreezeCard } from '../cards/freeze-card.js';
import { ResolveCode } from './resolve-code.js';
import { SynchronisePhone } from './synchronise-phone.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let student: Student;
let phone: TestPhone;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
beforeEach(async () => {
  await service.setTime(noon);
  student = await given.student(10_000n);
  ({ phone } = student);
});
afterAll(() => service.close());

const stepSeconds = 30;

async function pay(code: string): Promise<unknown> {
  const { body } = await till.sell(code, 100);
  return body['reason'] ?? body['verdict'];
}

/** The time from which the phone makes codes by its new seed. */
const untilFirstStep = (): Promise<void> => service.passTime(2 * stepSeconds);

/** In the database: which generation is the newest, which is known to be held, and whether the one before is kept. */
async function kept(): Promise<unknown[]> {
  const { rows } = await service.owner.query<Record<string, unknown>>(
    `select generation, proven_generation, sealed_previous is not null as keeps, status
     from payment_codes.credential where id = $1`,
    [phone.credential.toString()],
  );
  return Object.values(rows[0] ?? {});
}

const cardStatus = async (): Promise<string> =>
  (await service.get(FindCard).ofCardholder(student.cardholder)).status;

const alarms = async (): Promise<unknown[]> =>
  (
    await service.owner.query('select kind from payment_codes.alarm where credential = $1', [
      phone.credential.toString(),
    ])
  ).rows;

describe('a phone that synchronises', () => {
  it('may make codes for another fourteen days', async () => {
    const before = service.clock.nowMs();
    const { usableUntil } = await phone.synchronise();
    const days = (Date.parse(usableUntil) - before) / 86_400_000;
    expect(Math.round(days)).toBe(14);
    expect(days).toBeGreaterThanOrEqual(14);
  });

  it('pays by the old seed until the first step of the new one, and then by the new', async () => {
    const { firstStep } = await phone.synchronise();
    expect(firstStep).toBe(Math.floor(service.clock.unixSeconds() / stepSeconds) + 2);
    expect(await pay(phone.next())).toBe('approved');
    expect(await kept()).toEqual([1, 0, true, 'active']);
    await untilFirstStep();
    expect(await pay(phone.next())).toBe('approved');
    expect(await kept()).toEqual([1, 1, true, 'active']);
  });

  it('is forgotten in its old seed once the new one paid, here and in every index', async () => {
    const old = phone.copy();
    await phone.synchronise();
    await untilFirstStep();
    expect(await pay(phone.next())).toBe('approved');
    const late = old.codeOf(1);
    expect(await pay(late)).toBe('code_invalid');
    await service.runJob('forget-seeds');
    expect(await kept()).toEqual([1, 1, false, 'active']);
    expect(await pay(old.codeOf(1, 1))).toBe('code_invalid');
    const resolve = async (code: string): Promise<unknown> => {
      const parsed = parseCode(code);
      return parsed.ok ? service.get(ResolveCode).resolve(parsed) : 'none';
    };
    // A miss brings the index up to date.
    expect(await resolve((await given.student(0n)).phone.copy().codeOf(9))).toBeUndefined();
    expect(await resolve(late)).toBeUndefined();
    expect(await pay(phone.codeOf(1, 3))).toBe('approved');
  });

  it('moves on from seed to seed, each proven by the next question', async () => {
    for (const generation of [1, 2, 3]) {
      const answer = await phone.synchronise();
      expect(answer).toMatchObject({ status: 200, generation });
      expect(await kept()).toEqual([generation, generation - 1, true, 'active']);
    }
    await untilFirstStep();
    expect(await pay(phone.next())).toBe('approved');
  });

  it('keeps its mark: no code below one that was used pays by the new seed', async () => {
    await phone.synchronise();
    await service.passTime(stepSeconds);
    const early = phone.copy();
    expect(await pay(phone.codeOf(1, 2))).toBe('approved');
    expect(await pay(early.codeOf(1, 1))).toBe('code_used');
  });
});

describe('many phones that synchronise at once', () => {
  it('need one connection each: none waits for a second while it holds the first', async () => {
    const narrow = await startService({ beside: service, env: { DATABASE_POOL: '1' } });
    try {
      const { credentialId, generation, deviceRandom, proof } = phone.ask();
      const { cardholder } = student;
      const { rows } = await service.owner.query<{ sign_in: string }>(
        'select sign_in from payment_codes.credential where id = $1',
        [credentialId],
      );
      const synchronised = narrow.get(SynchronisePhone).synchronise({
        cardholder,
        credential: BigInt(credentialId),
        signIn: BigInt(rows[0]?.sign_in ?? 0),
        generation,
        deviceRandom: Buffer.from(deviceRandom, 'base64url'),
        proof: Buffer.from(proof, 'base64url'),
      });
      expect(await synchronised).toMatchObject({ generation: 1 });
    } finally {
      await narrow.close();
    }
  });
});

describe('an answer that is lost', () => {
  it('is given again, word for word, as often as the phone asks', async () => {
    const question = phone.ask();
    const answers = [await phone.send(question), await phone.send(question)];
    await service.passTime(90);
    answers.push(await phone.send(question));
    const same = answers.map(({ generation, serverRandom, firstStep }) =>
      [generation, serverRandom, firstStep].join(),
    );
    expect(new Set(same).size).toBe(1);
    phone.hear(question, answers[2] ?? answers[0]!);
    expect(await pay(phone.next())).toBe('approved');
  });

  it('leaves the phone paying by its old seed for as long as it does not ask again', async () => {
    await phone.send(phone.ask());
    await service.passTime(10 * stepSeconds);
    expect(await pay(phone.next())).toBe('approved');
    expect(await kept()).toEqual([1, 0, true, 'active']);
  });

  it('is found again by a phone that was set back after it had paid by the new seed', async () => {
    const question = phone.ask();
    const setBack = phone.copy();
    const answer = await phone.send(question);
    phone.hear(question, answer);
    await untilFirstStep();
    expect(await pay(phone.next())).toBe('approved');
    await service.runJob('forget-seeds');
    const again = await setBack.send(question);
    expect(again).toMatchObject({ status: 200, serverRandom: answer.serverRandom });
    setBack.hear(question, again);
    await service.passTime(stepSeconds);
    expect(await pay(setBack.next())).toBe('approved');
  });

  it('may be asked for by another question while nobody has used it: the last answer counts', async () => {
    const forgotten = phone.ask();
    await phone.send(forgotten);
    expect(await phone.synchronise()).toMatchObject({ status: 200, generation: 1 });
    await untilFirstStep();
    expect(await pay(phone.next())).toBe('approved');
    expect(await alarms()).toEqual([]);
  });

  it('that comes twice moves the phone on once', async () => {
    const question = phone.ask();
    const [one, two] = await Promise.all([phone.send(question), phone.send(question)]);
    phone.hear(question, one);
    phone.hear(question, two);
    expect(phone.generation).toBe(1);
    expect(two).toMatchObject({ serverRandom: one.serverRandom, generation: 1 });
    expect(await phone.synchronise()).toMatchObject({ status: 200, generation: 2 });
  });

  it('that comes after the next synchronisation changes nothing', async () => {
    const question = phone.ask();
    const answer = await phone.send(question);
    phone.hear(question, answer);
    await phone.synchronise();
    phone.hear(question, answer);
    expect(phone.generation).toBe(2);
    await untilFirstStep();
    expect(await pay(phone.next())).toBe('approved');
  });
});

describe('a seed that is held twice', () => {
  const thief = async (): Promise<TestPhone> => {
    const copy = phone.copy();
    await phone.synchronise();
    await untilFirstStep();
    await pay(phone.next());
    return copy;
  };

  it('freezes the card and closes the phone when the copy synchronises', async () => {
    const copy = await thief();
    const balance = await student.balance();
    expect(await copy.synchronise()).toMatchObject({ status: 409, code: 'phone_cloned' });
    expect([await cardStatus(), (await kept())[3]]).toEqual(['frozen', 'closed']);
    expect(await alarms()).toEqual([{ kind: 'phone_cloned' }]);
    await service.passTime(stepSeconds);
    expect(await pay(phone.next())).toBe('credential_closed');
    expect(await student.balance()).toBe(balance);
  });

  it('is found by the honest phone as well, when the thief moved on first', async () => {
    const copy = phone.copy();
    await copy.synchronise();
    await untilFirstStep();
    expect(await pay(copy.next())).toBe('approved');
    expect(await phone.synchronise()).toMatchObject({ code: 'phone_cloned' });
    expect(await cardStatus()).toBe('frozen');
  });

  it('is found however old the copy is', async () => {
    const copy = phone.copy();
    for (let turn = 0; turn < 3; turn += 1) await phone.synchronise();
    expect(await copy.synchronise()).toMatchObject({ code: 'phone_cloned' });
  });

  it('tells the student in the inbox and on every screen', async () => {
    await (await thief()).synchronise();
    const { rows } = await service.owner.query<{ type: string }>(
      `select type from platform.outbox where payload ->> 'cardholder' = $1`,
      [student.cardholder.toString()],
    );
    const types = rows.map(({ type }) => type);
    for (const type of ['credential.cloned', 'card.frozen', 'message.said'])
      expect(types.filter((each) => each === type)).toEqual([type]);
  });

  it('ends with a new phone: the copy makes no code even after the card is unfrozen', async () => {
    const copy = await thief();
    await copy.synchronise();
    const bound = await student.bindAnotherPhone();
    await service
      .get(FreezeCard)
      .unfreeze(student.card, { kind: 'cardholder', id: student.cardholder });
    expect(await pay(bound.next())).toBe('approved');
    await service.passTime(stepSeconds);
    expect(await pay(copy.next())).not.toBe('approved');
  });
});

describe('a synchronisation that proves nothing', () => {
  it('is refused, and neither moves the seed nor renews the phone', async () => {
    const before = await kept();
    const question = phone.ask();
    const strangers = await given.student(0n);
    const wrong = [
      { ...question, proof: strangers.phone.ask().proof },
      { ...question, generation: 1 },
    ];
    for (const each of wrong)
      expect(await phone.send(each)).toMatchObject({
        status: 409,
        code: 'synchronisation_unproven',
      });
    expect(await kept()).toEqual(before);
    expect(await cardStatus()).toBe('active');
  });

  it('is refused for a phone that was closed, and for one of somebody else', async () => {
    const other = await given.student(0n);
    const question = { ...phone.ask(), credentialId: other.phone.credential.toString() };
    expect(await phone.send(question)).toMatchObject({ code: 'phone_not_enrolled' });
    const own = phone.ask();
    const bound = await student.bindAnotherPhone();
    expect(await bound.send(own)).toMatchObject({ code: 'phone_not_enrolled' });
  });
});
