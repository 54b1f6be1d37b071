import { must, mustEqual } from '../check.js';
import { gate, mustStayShut, mustStayShutFor, scan, words } from './gate-world.js';
import type { TerminalCheck } from './terminal-world.js';
import { untrueAnswers } from './played-wire.js';

const OPEN_MILLIS = 8_000;

/** Section 14. */
export const gateChecks: readonly TerminalCheck[] = [
  {
    ...gate,
    rule: 'R13',
    title: 'opens for no answer that is not truly the one to its scan',
    run: async (world) => {
      const { service } = world;
      for (const fault of untrueAnswers) {
        service.faults.passage = [fault, ...Array.from({ length: 30 }, () => 'lost' as const)];
        await scan(world);
        await mustStayShutFor(world, 7_000, `an answer that was ${fault}`);
        service.faults.passage = [];
        await world.pass(60_000);
      }
      mustEqual([...new Set(words(world))], ['not-passed'], 'what it said');
      return untrueAnswers.join(', ');
    },
  },
  {
    ...gate,
    rule: 'R67',
    title: 'counts its passages, and says the direction and the code as it was scanned',
    run: async (world) => {
      const { service } = world;
      await scan(world);
      const [entry] = service.requests('passage');
      mustEqual(entry?.json['instrument'], { type: 'code', code: world.scanned }, 'the instrument');
      await world.act({ do: 'walk' });
      await world.pass(1_000);
      await scan(world, 'exit');
      await world.act({ do: 'walk' });
      await world.pass(1_000);
      const said = service
        .requests('passage')
        .map(({ json }) => [json['sequence'], json['direction']]);
      mustEqual(
        said,
        [
          [1, 'entry'],
          [2, 'exit'],
        ],
        'sequences and directions',
      );
      return '1 entry, 2 exit';
    },
  },
  {
    ...gate,
    rule: 'R68',
    title: 'lets the verdict alone decide, whatever the status',
    run: async (world) => {
      const { service } = world;
      const declined = { verdict: 'declined', state: 'declined', expiresAt: null } as const;
      service.gate.verdict = { ...declined, reason: 'already_inside', visit: null };
      await scan(world);
      await mustStayShutFor(world, 20_000, 'a decline');
      mustEqual(words(world), [], 'what it said of a declined one');
      return 'shut after a decline with status 200';
    },
  },
  {
    ...gate,
    rule: 'R69',
    title: 'opens for approved, and says that somebody passed until it is heard',
    run: async (world) => {
      const { service } = world;
      service.faults.passed = ['lost', { problem: 'unavailable' }, 'answer_lost'];
      await scan(world);
      await world.mustShow('gate_open', 'for approved');
      await world.act({ do: 'walk' });
      await world.pass(4_000);
      await mustStayShut(world, 'after somebody went through');
      await world.act({ do: 'reboot' });
      await world.pass(60_000);
      mustEqual([...new Set(words(world))], ['passed'], 'what it said');
      const count = words(world).length;
      must(count >= 3, `said ${count} times`);
      await world.pass(400_000);
      mustEqual(words(world).length, count, 'after it was heard');
      mustEqual([...service.gate.passages.values()][0]?.answer.state, 'passed', 'the passage');
      return `${count + 1} sendings, across a loss of power`;
    },
  },
  {
    ...gate,
    rule: 'R69',
    title: 'shuts after eight seconds, and says that nobody passed',
    run: async (world) => {
      await scan(world);
      await world.pass(OPEN_MILLIS - 1_500);
      await world.mustShow('gate_open', 'while its time lasts');
      await world.pass(2_000 + world.time.tolerance);
      await mustStayShut(world, 'when its time is over');
      await world.pass(5_000);
      mustEqual(words(world), ['not-passed'], 'what it said');
      await world.act({ do: 'walk' });
      await world.pass(5_000);
      mustEqual([...new Set(words(world))], ['not-passed'], 'what it said afterwards');
      return 'shut after 8 s, not-passed';
    },
  },
  {
    ...gate,
    rule: 'R69',
    title: 'opens for no answer whose time is over, nor for one that has ended',
    run: async (world) => {
      const { service } = world;
      const expiresAt = new Date(service.now() - 1_000).toISOString();
      service.gate.verdict = { expiresAt };
      await scan(world);
      await mustStayShutFor(world, 20_000, 'an answer whose time was over');
      service.gate.verdict = { state: 'voided' };
      await scan(world);
      await mustStayShutFor(world, 20_000, 'the answer that it has lapsed');
      must(!words(world).includes('passed'), `it said ${words(world).join(', ')}`);
      return 'shut both times';
    },
  },
  {
    ...gate,
    rule: 'R69',
    title: 'does not open when the answer is lost, and says that nobody passed',
    run: async (world) => {
      const { service } = world;
      service.faults.passage = Array.from({ length: 40 }, () => 'answer_lost' as const);
      await scan(world);
      await mustStayShutFor(world, 14_000, 'a scan whose answer was lost');
      mustEqual([...new Set(words(world))], ['not-passed'], 'what it said');
      return 'shut, not-passed';
    },
  },
  {
    ...gate,
    rule: 'R70',
    title: 'reports nothing where there is no sensor',
    run: async (world) => {
      const { service } = world;
      service.gate.hasSensor = false;
      await scan(world);
      await world.mustShow('gate_open', 'for what has passed at once');
      await world.pass(30_000);
      mustEqual(words(world), [], 'what it said');
      return 'nothing';
    },
  },
  {
    ...gate,
    rule: 'R71',
    title: 'sends no captures and no reversals of its own',
    run: async (world) => {
      const { service } = world;
      service.faults.passage = [
        'answer_lost',
        'lost',
        ...Array.from({ length: 30 }, () => 'lost' as const),
      ];
      await scan(world);
      await world.pass(30_000);
      service.faults.passage = [];
      await scan(world);
      await world.act({ do: 'walk' });
      await world.pass(60_000);
      const own = service.requests('reversal', 'capture', 'sale', 'query');
      mustEqual(
        own.map(({ target }) => target),
        [],
        'requests about money',
      );
      return 'none, in doubt neither';
    },
  },
  {
    ...gate,
    rule: 'R72',
    title: 'shows the words of a reason, also of one that it does not know',
    run: async (world) => {
      const declined = { verdict: 'declined', state: 'declined', expiresAt: null } as const;
      const message = { zh: '已经在里面', en: 'Already inside' };
      world.service.gate.verdict = { ...declined, reason: 'under_the_moon', message, visit: null };
      await scan(world);
      const { text } = await world.till.screen();
      must(text.includes(message.zh) || text.includes(message.en), `the screen says ${text}`);
      return 'the words of the answer';
    },
  },
];
