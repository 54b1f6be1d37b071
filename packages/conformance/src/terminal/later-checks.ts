import { must, mustEqual } from '../check.js';
import {
  mustBeSameBytes,
  orderOf,
  type TerminalCheck,
  type TerminalWorld,
} from './terminal-world.js';

const day = 300_000;

/** A sale of which nobody knows: it is taken back. */
async function inDoubt(world: TerminalWorld): Promise<void> {
  world.service.faults.sale = ['answer_lost', 'lost', 'lost', 'lost', 'lost', 'lost'];
  await world.scan();
  await world.pass(9_900);
}

async function pending(world: TerminalWorld, awaits: string): Promise<string> {
  const { service } = world;
  const expiresAt = new Date(service.now() + 20_000).toISOString();
  service.book.verdict = { verdict: 'pending', awaits, state: 'held', captured: 0, expiresAt };
  await world.scan();
  service.book.verdict = {};
  await world.mustShow('pending', 'while it waits for a word');
  return orderOf(service.requests('sale').at(-1));
}

const gapsOf = (times: readonly number[]): number[] =>
  times.slice(1).map((time, at) => time - (times[at] ?? 0));

/** Sections 5, 7 and 13. */
export const laterChecks: readonly TerminalCheck[] = [
  {
    rule: 'R30',
    title:
      'repeats a reversal after 1, 2, 4 s … until it is acknowledged, also after a loss of power',
    run: async (world) => {
      const { service } = world;
      service.faults.reversal = [
        'lost',
        { problem: 'internal' },
        'broken',
        { problem: 'unavailable' },
      ];
      await inDoubt(world);
      await world.pass(3_000);
      await world.act({ do: 'reboot' });
      await world.pass(60_000);
      const reversals = service.requests('reversal');
      must(reversals.length >= 3, `${reversals.length} reversals arrived`);
      mustBeSameBytes(reversals, 'the reversal');
      const count = reversals.length;
      await world.pass(day * 2);
      mustEqual(service.requests('reversal').length, count, 'reversals after the acknowledgement');
      return `${count + 1} sendings until it was heard`;
    },
  },
  {
    rule: 'R30',
    title: 'does not wait longer than five minutes between two',
    run: async (world) => {
      const { service } = world;
      service.faults.reversal = Array.from({ length: 12 }, () => ({
        problem: 'unavailable' as const,
      }));
      await inDoubt(world);
      await world.pass(900_000);
      const gaps = gapsOf(world.times('reversal'));
      must(gaps.length >= 9, `${gaps.length + 1} reversals in 15 minutes`);
      const long = gaps.filter((gap) => gap > day + world.time.tolerance);
      must(long.length === 0, `it waited ${long.join(', ')} ms`);
      must((gaps[0] ?? 0) < (gaps[4] ?? 0), `the gaps do not grow: ${gaps.join(', ')}`);
      return `${gaps.length + 1} in 15 minutes`;
    },
  },
  {
    rule: 'R31',
    title: 'takes every outcome for an acknowledgement',
    run: async (world) => {
      const { service } = world;
      const outcomes = ['released', 'never_seen', 'already_reversed', 'was_declined'] as const;
      for (const [at, outcome] of outcomes.entries()) {
        service.book.outcome = outcome;
        await inDoubt(world);
        await world.pass(20_000);
        mustEqual(service.requests('reversal').length, at + 1, `reversals after ${outcome}`);
      }
      return outcomes.join(', ');
    },
  },
  {
    rule: 'R32',
    title: 'stops repeating what is too late',
    run: async (world) => {
      const { service } = world;
      const late = { problem: 'reversal_too_late' } as const;
      service.faults.reversal = [late, late, late];
      await inDoubt(world);
      await world.pass(60_000);
      mustEqual(service.requests('reversal').length, 1, 'reversals');
      return 'one reversal';
    },
  },
  {
    rule: 'R95',
    title: 'keeps its queue while it is revoked',
    run: async (world) => {
      const { service } = world;
      const revoked = { problem: 'terminal_revoked' } as const;
      service.faults.reversal = [revoked, revoked, revoked];
      await inDoubt(world);
      await world.pass(day + 60_000);
      await world.act({ do: 'reboot' });
      await world.pass(day + 60_000);
      const known = service.book.sales.size;
      mustEqual(
        [known, service.requests('reversal').length >= 2],
        [1, true],
        'sales, and a reversal',
      );
      return 'the reversal went out when it was reinstated';
    },
  },
  {
    rule: 'R27',
    title: 'polls a pending sale every two seconds until it is decided',
    run: async (world) => {
      const { service } = world;
      const order = await pending(world, 'phone');
      await world.pass(7_000);
      const gaps = gapsOf([0, ...world.times('query')]);
      must(gaps.length === 3, `${gaps.length} polls in 7 s`);
      must(
        gaps.every((gap) => Math.abs(gap - 2_000) <= 2 * world.time.tolerance),
        gaps.join(', '),
      );
      service.book.decide(order, { verdict: 'approved', state: 'captured' });
      await world.pass(2_500);
      await world.mustShow('approved', 'after the word');
      mustEqual(service.requests('sale').length, 1, 'sendings');
      return 'polled after 2, 4 and 6 s';
    },
  },
  {
    rule: 'R27',
    title:
      'takes a pending sale back five seconds after its time, and polls on after a loss of power',
    run: async (world) => {
      const { service } = world;
      await pending(world, 'phone');
      await world.pass(5_000);
      await world.act({ do: 'reboot' });
      const before = service.requests('query').length;
      await world.pass(6_000);
      must(service.requests('query').length > before, 'it did not poll after the loss of power');
      mustEqual(service.requests('reversal').length, 0, 'reversals before its time');
      await world.pass(20_000);
      mustEqual(service.requests('reversal').length, 1, 'reversals after its time');
      return 'polled on, then took it back';
    },
  },
  {
    rule: 'R57',
    title: 'sends the word of the cashier, without a second scan',
    needs: 'confirm',
    run: async (world) => {
      const { service } = world;
      await pending(world, 'cashier');
      await world.act({ do: 'confirm', decision: 'confirm' });
      await world.pass(6_000);
      mustEqual(
        service.requests('confirmation').map(({ json }) => json),
        [{ decision: 'confirm' }],
        'words',
      );
      await world.mustShow('approved', 'after the word');
      mustEqual(service.requests('sale').length, 1, 'sendings');
      return 'one word, one sale';
    },
  },
  {
    rule: 'R56',
    title: 'waits for a word that it does not know as for one of the phone',
    run: async (world) => {
      const { service } = world;
      const order = await pending(world, 'the_parents');
      await world.pass(4_000);
      await world.mustShow('pending', 'while somebody else is asked');
      service.book.decide(order, { verdict: 'approved', state: 'captured', captured: 1_250 });
      await world.pass(4_000);
      await world.mustShow('approved', 'after the word');
      return 'pending, then approved';
    },
  },
  {
    rule: 'R58',
    title: 'says nothing by itself about what the phone has to confirm',
    run: async (world) => {
      await pending(world, 'phone');
      await world.pass(6_000);
      mustEqual(world.service.requests('confirmation').length, 0, 'words');
      return 'no word';
    },
  },
  {
    rule: 'R37',
    title: 'is heard every minute, and says how many reversals wait',
    run: async (world) => {
      const { service } = world;
      service.faults.reversal = Array.from({ length: 9 }, () => ({
        problem: 'unavailable' as const,
      }));
      await inDoubt(world);
      await world.pass(180_000);
      const beats = service.requests('heartbeat');
      must(beats.length >= 3, `${beats.length} heartbeats in three minutes`);
      mustEqual(beats.at(-1)?.json['queuedReversals'], 1, 'queuedReversals');
      return `${beats.length} heartbeats`;
    },
  },
  {
    rule: 'R38',
    title:
      'reports what it counted, by the same bytes until it is answered, and goes on from there',
    needs: 'shift',
    run: async (world) => {
      const { service } = world;
      await world.scan(1_000);
      await world.scan(250);
      await inDoubt(world);
      await world.pass(5_000);
      service.faults.shift = ['answer_lost', { problem: 'unavailable' }];
      await world.act({ do: 'close_shift' });
      await world.pass(60_000);
      const [shift, ...more] = service.requests('shift');
      must(more.length >= 2, `it was sent ${more.length + 1} times`);
      mustBeSameBytes(service.requests('shift'), 'the shift');
      mustEqual(shift?.json['sales'], { count: 3, amount: 2_500 }, 'sales');
      mustEqual(shift?.json['reversals'], { count: 1, amount: 1_250 }, 'reversals');
      const count = service.requests('shift').length;
      await world.act({ do: 'close_shift' });
      await world.pass(5_000);
      const next = service.requests('shift')[count];
      mustEqual(next?.json['openedAt'], shift?.json['closedAt'], 'openedAt of the next');
      mustEqual(next?.json['sales'], { count: 0, amount: 0 }, 'sales of the next');
      return '3 sales, 1 reversal, then none';
    },
  },
  {
    rule: 'R38',
    title: 'reports no shift while something is queued',
    needs: 'shift',
    run: async (world) => {
      const { service } = world;
      service.faults.reversal = Array.from({ length: 9 }, () => ({
        problem: 'unavailable' as const,
      }));
      await inDoubt(world);
      await world.pass(5_000);
      await world.act({ do: 'close_shift' });
      await world.pass(5_000);
      mustEqual(service.requests('shift').length, 0, 'shifts');
      return 'none while a reversal waits';
    },
  },
];
