import { must, mustEqual } from '../check.js';
import { gate, mustStayShut, mustStayShutFor, scan, words } from './gate-world.js';
import { mustBeSameBytes, orderOf, type TerminalCheck } from './terminal-world.js';

const PATIENCE_MILLIS = 6_000;

/** Section 14: what a gate does while it does not know. */
export const gateDoubtChecks: readonly TerminalCheck[] = [
  {
    ...gate,
    rule: 'R76',
    title: 'lets nobody in without the service',
    run: async (world) => {
      const { service } = world;
      for (const line of ['silent', 'broken'] as const) {
        service.line = line;
        await scan(world);
        await mustStayShutFor(world, 10_000, `a scan at a ${line} line`);
        await world.act({ do: 'walk' });
      }
      service.line = 'up';
      await world.pass(400_000);
      mustEqual([...new Set(words(world))], ['not-passed'], 'what it said when it was back');
      mustEqual(service.requests('passage').length, 0, 'scans that came late');
      return 'shut; not-passed was told afterwards';
    },
  },
  {
    ...gate,
    rule: 'R104',
    title: 'sends the same bytes, for six seconds at most',
    run: async (world) => {
      const { service } = world;
      service.faults.passage = Array.from({ length: 40 }, () => ({
        problem: 'unavailable' as const,
      }));
      await scan(world);
      await world.pass(30_000);
      const sendings = world.times('passage');
      mustBeSameBytes(service.requests('passage'), 'the scan');
      must(sendings.length >= 2, `${sendings.length} sendings`);
      const last = sendings.at(-1) ?? 0;
      must(last <= PATIENCE_MILLIS + world.time.tolerance, `the last came after ${last} ms`);
      return `${sendings.length} sendings, the last after ${last} ms`;
    },
  },
  {
    ...gate,
    rule: 'R104',
    title: 'takes no second scan before the first one has ended',
    run: async (world) => {
      const { service } = world;
      await scan(world);
      await scan(world);
      await world.pass(2_000);
      mustEqual(
        new Set(service.requests('passage').map(orderOf)).size,
        1,
        'scans while it is open',
      );
      await world.act({ do: 'walk' });
      await world.pass(2_000);
      await scan(world);
      mustEqual(new Set(service.requests('passage').map(orderOf)).size, 2, 'scans afterwards');
      return 'one at a time';
    },
  },
  {
    ...gate,
    rule: 'R104',
    title: 'says after a loss of power that nobody passed of whom it saw no end, and opens again',
    run: async (world) => {
      const { service } = world;
      await scan(world);
      await world.mustShow('gate_open', 'before the loss of power');
      await world.act({ do: 'reboot' });
      await world.pass(3_000);
      await mustStayShut(world, 'after the loss of power');
      mustEqual([...new Set(words(world))], ['not-passed'], 'what it said of the open one');
      service.faults.passage = ['lost'];
      await scan(world);
      await world.act({ do: 'reboot' });
      await world.pass(10_000);
      const told = new Set(service.requests('passed').map(({ target }) => target));
      mustEqual(told.size, 2, 'scans of which it said so');
      await scan(world);
      await world.mustShow('gate_open', 'for the next one');
      return 'not-passed twice, then open';
    },
  },
];
