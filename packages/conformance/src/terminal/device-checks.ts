import { must, mustEqual } from '../check.js';
import {
  mustBeSameBytes,
  orderOf,
  type TerminalCheck,
  type TerminalWorld,
} from './terminal-world.js';
import { untrueAnswers, type Arrived } from './played-wire.js';

const device = {
  needs: 'device',
  tariff: { type: 'metered', hold: 500, unit: 'liter', unitPrice: 5, holdSeconds: 900 },
} as const;

const MINUTE_MILLIS = 60_000;

async function start(world: TerminalWorld, programme?: string): Promise<void> {
  const chosen = programme === undefined ? {} : { programme };
  await world.present((code) => ({ do: 'start', code, ...chosen }));
}

async function startTruly(world: TerminalWorld): Promise<void> {
  await start(world);
  await world.mustShow('giving', 'after approved');
}

const reports = ({ service }: TerminalWorld): Arrived[] => service.requests('progress');
const finals = (world: TerminalWorld): Arrived[] =>
  reports(world).filter(({ json }) => json['final'] === true);

/** Each report once, however often it was sent. */
const distinct = (sent: readonly Arrived[]): Arrived[] =>
  sent.filter(({ body }, at) => sent.findIndex((other) => other.body === body) === at);

function mustRise(world: TerminalWorld): void {
  const said = distinct(reports(world)).map(({ json }) => json);
  const sequences = said.map(({ sequence }) => Number(sequence));
  const readings = said.map(({ reading }) => Number(reading));
  const isRising = sequences.every((each, at) => at === 0 || each > (sequences[at - 1] ?? 0));
  const isKept = readings.every((each, at) => at === 0 || each >= (readings[at - 1] ?? 0));
  must(isRising, `the sequences were ${sequences.join(', ')}`);
  must(isKept, `the readings were ${readings.join(', ')}`);
}

/** Section 18, for metered devices. */
export const deviceChecks: readonly TerminalCheck[] = [
  {
    ...device,
    rule: 'R13',
    title: 'gives nothing for an answer that is not truly the one to its start',
    run: async (world) => {
      const { service } = world;
      for (const fault of untrueAnswers) {
        service.faults.session = [fault, 'lost', 'lost', 'lost', 'lost', 'lost'];
        await start(world);
        await world.mustNotShow('giving', `after an answer that was ${fault}`);
        await world.pass(11_000);
        await world.mustNotShow('giving', `11 s after an answer that was ${fault}`);
        service.faults.session = [];
        await world.pass(MINUTE_MILLIS);
      }
      return untrueAnswers.join(', ');
    },
  },
  {
    ...device,
    rule: 'R84',
    title: 'begins by its own route, without an amount, with the programme that was chosen',
    run: async (world) => {
      const { service } = world;
      await start(world);
      await world.act({ do: 'finish' });
      await world.pass(2_000);
      const name = { zh: '快洗', en: 'Quick wash' };
      service.meter.programmes = [{ code: 'quick-wash', name, amount: 500, seconds: 900 }];
      await start(world, 'quick-wash');
      const said = service
        .requests('session')
        .map(({ json }) => [json['programme'], json['sequence']]);
      mustEqual(
        said,
        [
          [undefined, 1],
          ['quick-wash', 2],
        ],
        'programmes and sequences',
      );
      mustEqual(service.requests('sale').length, 0, 'sales beside');
      return 'none, then quick-wash';
    },
  },
  {
    ...device,
    rule: 'R85',
    title: 'asks by the same bytes, and gives nothing before approved',
    run: async (world) => {
      const { service } = world;
      service.faults.session = ['answer_lost'];
      await start(world);
      await world.mustNotShow('giving', 'before an answer');
      await world.pass(3_500);
      await world.mustShow('giving', 'after the answer to the second sending');
      mustBeSameBytes(service.requests('session'), 'the start');
      await world.act({ do: 'finish' });
      await world.pass(2_000);
      service.book.verdict = {
        verdict: 'declined',
        state: 'declined',
        reason: 'too_many_sessions',
      };
      await start(world);
      await world.mustNotShow('giving', 'after a decline');
      return 'after the second sending; not for a decline';
    },
  },
  {
    ...device,
    rule: 'R85',
    title: 'gives nothing while the start waits for the phone',
    run: async (world) => {
      const { service } = world;
      const expiresAt = new Date(service.now() + 20_000).toISOString();
      service.book.verdict = { verdict: 'pending', awaits: 'phone', state: 'held', expiresAt };
      await start(world);
      service.book.verdict = {};
      await world.pass(3_000);
      await world.mustNotShow('giving', 'while it waits');
      const order = orderOf(service.requests('session')[0]);
      const until = new Date(service.now() + 900_000).toISOString();
      service.book.decide(order, { verdict: 'approved', expiresAt: until });
      await world.pass(5_000);
      await world.mustShow('giving', 'after the word');
      return 'after the word alone';
    },
  },
  {
    ...device,
    rule: 'R86',
    title: 'gives nothing where a session runs, and stops asking',
    run: async (world) => {
      const { service } = world;
      service.faults.session = [{ problem: 'session_running' }];
      await start(world);
      await world.mustNotShow('giving', 'after session_running');
      await world.pass(15_000);
      mustEqual(service.requests('session').length, 1, 'sendings');
      return 'refused once';
    },
  },
  {
    ...device,
    rule: 'R87',
    title: 'says at least once a minute what was used, by rising sequences and readings',
    run: async (world) => {
      await startTruly(world);
      for (const reading of [4_000, 9_500, 20_000]) {
        await world.act({ do: 'use', reading });
        await world.pass(MINUTE_MILLIS + 1_000);
        must(reports(world).length > 0, 'no report in the first minute');
        const last = reports(world).at(-1)?.json['reading'];
        mustEqual(last, reading, 'the reading of the last report');
      }
      await world.act({ do: 'finish' });
      await world.pass(2_000);
      mustRise(world);
      return `${reports(world).length} reports`;
    },
  },
  {
    ...device,
    rule: 'R87',
    title:
      'repeats its last report by the same bytes until it is heard, also after a loss of power',
    run: async (world) => {
      const { service } = world;
      await startTruly(world);
      await world.act({ do: 'use', reading: 27_400 });
      service.faults.progress = ['lost', { problem: 'unavailable' }, 'answer_lost'];
      await world.act({ do: 'finish' });
      await world.pass(4_000);
      await world.act({ do: 'reboot' });
      await world.pass(MINUTE_MILLIS);
      const last = finals(world);
      must(last.length >= 2, `${last.length} last reports arrived`);
      mustBeSameBytes(last, 'the last report');
      mustEqual(last[0]?.json['reading'], 27_400, 'its reading');
      const count = last.length;
      await world.pass(10 * MINUTE_MILLIS);
      mustEqual(finals(world).length, count, 'last reports after it was heard');
      return `${count + 1} sendings`;
    },
  },
  {
    ...device,
    rule: 'R88',
    title: 'stops when the service says so, and says then what was used',
    run: async (world) => {
      const { service } = world;
      await startTruly(world);
      await world.act({ do: 'use', reading: 12_000 });
      service.meter.stops = true;
      await world.pass(MINUTE_MILLIS + 5_000);
      await world.mustNotShow('giving', 'after stop');
      mustEqual(finals(world).length, 1, 'last reports');
      mustEqual(finals(world)[0]?.json['reading'], 12_000, 'the reading');
      return 'closed, and reported';
    },
  },
  {
    ...device,
    rule: 'R89',
    title: 'ends after a loss of power what ran before it, by what its meter had counted',
    run: async (world) => {
      const { service } = world;
      await startTruly(world);
      await world.act({ do: 'use', reading: 8_000 });
      await world.pass(MINUTE_MILLIS + 1_000);
      await world.act({ do: 'use', reading: 9_000 });
      await world.act({ do: 'reboot' });
      await world.pass(10_000);
      await world.mustNotShow('giving', 'after the loss of power');
      const [last] = finals(world);
      must(last !== undefined, 'it reported no end');
      mustEqual(last.json['reading'], 9_000, 'the reading');
      mustRise(world);
      mustEqual(service.book.find(orderOf(service.requests('session')[0]))?.captured, 45, 'paid');
      await start(world);
      await world.mustShow('giving', 'for the next one');
      return 'reported, nothing more given, and then the next one';
    },
  },
  {
    ...device,
    rule: 'R90',
    title: 'sends no captures and no reversals of its own for a session',
    run: async (world) => {
      const { service } = world;
      await startTruly(world);
      await world.act({ do: 'use', reading: 27_400 });
      await world.pass(MINUTE_MILLIS + 1_000);
      await world.act({ do: 'finish' });
      await world.pass(MINUTE_MILLIS);
      const own = service.requests('reversal', 'capture');
      mustEqual(
        own.map(({ target }) => target),
        [],
        'requests about money',
      );
      return 'none';
    },
  },
  {
    ...device,
    needs: ['device', 'shift'],
    rule: 'R90',
    title: 'counts a session as one sale of what it cost',
    run: async (world) => {
      await startTruly(world);
      await world.act({ do: 'use', reading: 27_400 });
      await world.pass(MINUTE_MILLIS + 1_000);
      await world.act({ do: 'finish' });
      await world.pass(5_000);
      await world.act({ do: 'close_shift' });
      await world.pass(5_000);
      const [shift] = world.service.requests('shift');
      mustEqual(shift?.json['sales'], { count: 1, amount: 137 }, 'sales');
      return '1 sale of 137';
    },
  },
];
