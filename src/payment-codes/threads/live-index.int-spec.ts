import { parseCode, type ParsedCode } from '@campus-paycode/paycode';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Given } from '../../../test/support/given.js';
import { noon, startService, type TestService } from '../../../test/support/service.js';
import type { TestPhone } from '../../../test/support/test-phone.js';
import type { TestTerminal } from '../../../test/support/test-terminal.js';
import { Clock } from '../../platform/clock/clock.js';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { keyRingToken } from '../../platform/config/key-ring.token.js';
import { matchCode } from '../domain/match-code.js';
import { hotpOnce } from '../domain/prepared-hmac.js';
import { IndexThread } from './index-thread.js';
import { LiveIndex } from './live-index.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let opened: LiveIndex[] = [];
let said: string[] = [];

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());
beforeEach(() => service.setTime(noon));
afterEach(async () => {
  await Promise.all(opened.map((live) => live.close()));
  [opened, said] = [[], []];
});

const say = (text: string): void => void said.push(text);

/** The index of another process of the service. */
function newIndex({ phonesToWaitFor = 1_000, phonesInPage = 1_000 } = {}): LiveIndex {
  const logger = { log: say, warn: say, error: say, debug: say };
  const keys = service.app.get<KeyRing>(keyRingToken);
  const live = new LiveIndex(service.get(DataSource), service.get(Clock), keys, logger, {
    phonesToWaitFor,
    phonesInPage,
  });
  opened.push(live);
  return live;
}

function parsed(code: string): ParsedCode {
  const read = parseCode(code);
  if (!read.ok) throw new Error('The code is none.');
  return read;
}

const whose = (live: LiveIndex, phone: TestPhone): bigint | undefined =>
  matchCode(live.index, parsed(phone.codeOf(0)), live.step, hotpOnce)?.credential.id;

/** Waits for a fact, and never for a duration. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

function isLoading(live: LiveIndex): boolean {
  try {
    return live.index === undefined;
  } catch (refusal) {
    expect(refusal).toMatchObject({ code: 'index_loading' });
    return true;
  }
}

const verdictOf = async (code: string): Promise<unknown> => {
  const { body } = await till.sell(code, 100);
  return body['reason'] ?? body['verdict'] ?? body.code;
};

describe('the index of a process', () => {
  it('is read in its own thread, and says how long it took', async () => {
    const { phone } = await given.student(0n);
    const live = newIndex();
    await live.open();
    expect(whose(live, phone)).toBe(phone.credential);
    expect(
      said.some((line) => /^\d+ phones were read and indexed in \d+\.\d s\.$/.test(line)),
    ).toBe(true);
  });

  it('takes in who came, who moved on and who left, when it looks again', async () => {
    const live = newIndex();
    await live.open();
    const { phone, bindAnotherPhone } = await given.student(0n);
    expect(whose(live, phone)).toBeUndefined();
    await live.keepUp();
    expect(whose(live, phone)).toBe(phone.credential);
    await phone.synchronise();
    await service.passTime(90);
    await live.reach();
    expect(whose(live, phone)).toBeUndefined();
    await live.keepUp();
    expect(whose(live, phone)).toBe(phone.credential);
    await bindAnotherPhone();
    await live.keepUp();
    expect(whose(live, phone)).toBe(phone.credential);
    await service.passTime(14 * 86_400 + 1);
    await live.keepUp();
    expect(whose(live, phone)).toBeUndefined();
  });

  it('reads page by page, and skips nobody between two pages', async () => {
    const phones = [];
    for (let count = 0; count < 5; count += 1) phones.push((await given.student(0n)).phone);
    const live = newIndex({ phonesInPage: 2 });
    await live.open();
    expect(phones.map((phone) => whose(live, phone))).toEqual(
      phones.map(({ credential }) => credential),
    );
  });
});

describe('a large campus', () => {
  it('is read while the service answers: whoever asks is told to come again', async () => {
    const { phone } = await given.student(0n);
    const live = newIndex({ phonesToWaitFor: 0 });
    const lock = await service.owner.connect();
    try {
      await lock.query('begin; lock table cardholders.cardholder in access exclusive mode');
      await live.open();
      expect(isLoading(live)).toBe(true);
    } finally {
      await lock.query('rollback');
      lock.release();
    }
    await until(() => !isLoading(live));
    expect(whose(live, phone)).toBe(phone.credential);
  });

  it('is indexed anew after a leap of the clock: whoever asks is told to come again', async () => {
    const { phone } = await given.student(0n);
    const live = newIndex({ phonesToWaitFor: 0 });
    await live.open();
    await until(() => !isLoading(live));
    await service.passTime(3_600);
    expect(live.index.covers(live.step)).toBe(false);
    await expect(live.reach()).rejects.toMatchObject({ code: 'index_loading' });
    await until(() => live.index.covers(live.step));
    expect(whose(live, phone)).toBe(phone.credential);
  });
});

describe('a thread that ends', () => {
  /** What the thread cannot read ends it. */
  const unreadable = (): never => ({ sealed: new Uint8Array(1) }) as never;

  it('fails what it was asked as loading, and is told of once', async () => {
    const deaths: string[] = [];
    const thread = new IndexThread((reason) => deaths.push(reason.message));
    const asked = thread.put(unreadable()).catch((error: { code: string }) => error.code);
    const built = thread.build(30, 1).catch((error: { code: string }) => error.code);
    expect(await Promise.all([asked, built])).toEqual(['index_loading', 'index_loading']);
    await until(() => deaths.length > 0);
    await expect(thread.build(30, 2)).rejects.toMatchObject({ code: 'index_loading' });
    await thread.close();
    expect(deaths).toHaveLength(1);
  });

  it('is replaced: all phones are read again', async () => {
    const { phone } = await given.student(0n);
    const live = newIndex();
    await live.open();
    const { reading } = live as unknown as { reading: { thread: IndexThread } };
    const died = reading.thread.put(unreadable());
    await expect(died).rejects.toMatchObject({ code: 'index_loading' });
    await until(() => isLoading(live));
    await live.keepUp();
    expect(whose(live, phone)).toBe(phone.credential);
    expect(said.filter((line) => line.includes('read again'))).toHaveLength(1);
  });
});

describe('a seed that cannot be opened', () => {
  it('makes no codes, is told of, and holds up nobody else', async () => {
    const [broken, whole] = [await given.student(1_000n), await given.student(1_000n)];
    await service.owner.query(
      `update payment_codes.credential
       set sealed_seed = overlay(sealed_seed placing '\\x000000000000' from 1), xid = pg_current_xact_id()
       where id = $1`,
      [broken.phone.credential.toString()],
    );
    const live = newIndex();
    await live.open();
    expect(said).toContainEqual(
      `A seed of credential ${broken.phone.credential} cannot be opened; it makes no codes.`,
    );
    expect([whose(live, broken.phone), whose(live, whole.phone)]).toEqual([
      undefined,
      whole.phone.credential,
    ]);
    // The same in the service, which had read it before it was broken.
    expect(await verdictOf(whole.phone.next())).toBe('approved');
    expect(await verdictOf((await given.student(100n)).phone.next())).toBe('approved');
    // A miss makes it look again.
    expect(await verdictOf(broken.phone.codeOf(50))).toBe('code_invalid');
    expect(await verdictOf(broken.phone.codeOf(0, 1))).toBe('code_invalid');
    expect(await verdictOf(whole.phone.next())).toBe('approved');
  });
});
