/** What a sale costs the database in messages, heard on the wire: one Execute, whether a batch has one sale or twenty. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentsStore } from '../../src/payments/store/payments.store.js';
import { Counter } from '../support/counter.js';
import { Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';
import { tapWire, type Said, type Wiretap } from '../support/wiretap.js';

const students = 20;
/** More than there are lanes, and no more than a phone has codes at once. */
const warmUpSales = 6;

let service: TestService;
let wire: Wiretap;
let tills: TestTerminal[];
let payers: Student[];

beforeAll(async () => {
  service = await startService({
    through: async (url) => {
      wire = await tapWire(url);
      return wire.url;
    },
  });
  const given = new Given(service);
  tills = [];
  payers = [];
  for (let number = 0; number < students; number += 1) {
    tills.push(await given.canteen());
    payers.push(await given.student(10_000n));
  }
  // The first sales open the lanes and prepare their statement; a lone sale takes the lane that was used last.
  for (let sale = 0; sale < warmUpSales; sale += 1) await sell(0);
  await untilMirrorsAreFresh();
});
afterAll(async () => {
  await service.close();
  await wire.close();
});

async function sell(number: number): Promise<unknown> {
  const code = payers[number]?.phone.next() ?? '';
  return (await tills[number]?.sell(code, 100))?.body['verdict'];
}

/** What was said while `work` was done. */
async function during(work: () => Promise<unknown>): Promise<readonly Said[]> {
  const from = wire.said.length;
  await work();
  return wire.said.slice(from);
}

const isLane = ({ by }: Said): boolean => by === 'campus-paycode lane';
const messages = (said: readonly Said[]): string[] => said.map(({ message }) => message);

const isVersionAsked = ({ message, sql }: Said): boolean =>
  message === 'Bind' && /platform\.table_version/.test(sql);

/** What the setup changed is loaded once after it; each mirror has asked twice then, so that its load is over. */
async function untilMirrorsAreFresh(): Promise<void> {
  const mirrors = new Set(wire.said.filter(isVersionAsked).map(({ body }) => body));
  expect(mirrors.size).toBeGreaterThan(0);
  const from = wire.said.length;
  for (const mirror of mirrors) {
    const asked = (): number => wire.said.slice(from).filter(({ body }) => body === mirror).length;
    while (asked() < 2) await service.owner.query('select pg_sleep(0.01)');
  }
}

/**
 * What a process asks by its timers, whether anybody sells or not: versions of mirrored tables, the clock, new phones,
 * cards of another group, paused terminals, new events.
 */
const byTheClock = [
  /platform\.table_version/,
  /^select platform\.now\(\) as now/,
  /^select pg_snapshot_xmin/,
  /from payment_codes\.credential k/,
  /from payment_codes\.scanner s/,
  /c\.group_xid >=/,
  /platform\.read_outbox/,
];
const isSaid = ({ message, sql }: Said): boolean =>
  (message === 'Query' || message === 'Bind') && !byTheClock.some((known) => known.test(sql));

describe('one scan over HTTP', () => {
  it('is exactly one Execute of a statement that is prepared already', async () => {
    const said = await during(async () => expect(await sell(1)).toBe('approved'));
    expect(messages(said.filter(isLane)).filter((message) => message !== 'other')).toEqual([
      'Bind',
      'Execute',
      'Sync',
    ]);
  });

  it('makes no other connection of its process say anything', async () => {
    const said = await during(async () => expect(await sell(2)).toBe('approved'));
    expect(said.filter((each) => !isLane(each) && isSaid(each))).toEqual([]);
  });

  it('that comes again is one Execute as well', async () => {
    const draft = tills[3]?.draft(payers[3]?.phone.next() ?? '', 100) ?? { body: '' };
    await tills[3]?.post(draft);
    const said = await during(async () => tills[3]?.post(draft));
    expect(messages(said).filter((message) => message === 'Execute').length).toBeGreaterThan(0);
    expect(messages(said.filter(isLane)).filter((each) => each === 'Execute')).toHaveLength(1);
    expect(said.filter((each) => !isLane(each) && isSaid(each))).toEqual([]);
  });
});

describe('a batch of twenty sales', () => {
  it('that come together is exactly one Execute', async () => {
    const counter = await Counter.at(service, tills[0] as TestTerminal);
    const sales = payers.map((payer) => counter.sale(payer, { amount: 100n }));
    const store = service.get(PaymentsStore);
    const said = await during(async () => {
      const decisions = await Promise.all(sales.map((sale) => store.decide(sale)));
      expect(decisions.map(({ outcome }) => outcome)).toEqual(sales.map(() => 'decided'));
    });
    const heard = messages(said.filter(isLane)).filter((message) => message !== 'other');
    expect(heard).toEqual(['Bind', 'Execute', 'Sync']);
  });
});
