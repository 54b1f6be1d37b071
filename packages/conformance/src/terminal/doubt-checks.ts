import { must, mustEqual } from '../check.js';
import { mustBeSameBytes, orderOf, type TerminalCheck } from './terminal-world.js';
import type { Fault } from './played-wire.js';

const retryable = { status: 503, retryable: true, effect: 'none' } as const;
const final = { status: 409, retryable: false, effect: 'none' } as const;
const lost = (count: number): Fault[] => Array.from({ length: count }, () => 'lost');

/** Section 4: what a terminal does while it does not know. */
export const doubtChecks: readonly TerminalCheck[] = [
  {
    rule: 'R26',
    title: 'asks by the same bytes 3, 4, 6 and 9 s after the scan when it hears nothing',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost', 'answer_lost', 'answer_lost', 'answer_lost'];
      await world.scan();
      await world.pass(9_500);
      world.mustComeAt('sale', [0, 3_000, 4_000, 6_000, 9_000], 'the sale came');
      mustBeSameBytes(service.requests('sale'), 'the sale');
      await world.mustShow('approved', 'after the fifth');
      return 'five sendings of the same bytes, one sale';
    },
  },
  {
    rule: 'R26',
    title: 'asks again at once after a broken connection and after a retryable problem',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['broken', { problem: 'unavailable' }];
      await world.scan();
      await world.mustShow('checking', 'after a broken connection');
      await world.pass(2_000);
      world.mustComeAt('sale', [0, 500, 1_500], 'the sale came');
      await world.mustShow('approved', 'after the third');
      return 'after 0.5 and 1 s';
    },
  },
  {
    rule: 'R26',
    title: 'waits for a Retry-After that is longer',
    run: async (world) => {
      world.service.faults.sale = [{ problem: 'rate_limited', retryAfter: 4 }];
      await world.scan();
      await world.pass(4_700);
      world.mustComeAt('sale', [0, 4_000], 'the sale came');
      return 'after 4 s';
    },
  },
  {
    rule: 'R26',
    title: 'takes the late answer to an earlier sending',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = [{ delay: 4_200 }, 'lost', 'lost', 'lost', 'lost'];
      await world.scan();
      await world.pass(2_700);
      await world.mustShow('checking', 'after 2.7 s');
      await world.pass(1_700);
      await world.mustShow('approved', 'after 4.4 s');
      await world.pass(10_000);
      mustEqual(service.requests('reversal').length, 0, 'reversals');
      return 'approved after 4.2 s';
    },
  },
  {
    rule: 'R26',
    title: 'does not believe a final problem while an earlier sending may have been approved',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost', { problem: 'place_closed' }];
      await world.scan();
      await world.pass(3_500);
      mustEqual(service.requests('reversal').length, 1, 'reversals');
      return 'taken back';
    },
  },
  {
    rule: 'R26',
    title: 'takes back what it has not found out ten seconds after the scan',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost', ...lost(9)];
      await world.scan();
      await world.pass(9_000);
      mustEqual(service.requests('reversal').length, 0, 'reversals before');
      await world.pass(1_500);
      world.mustComeAt('reversal', [10_000], 'the reversal came');
      const [reversal] = service.requests('reversal');
      const order = orderOf(service.requests('sale')[0]);
      must(reversal?.target.includes(order) === true, `${reversal?.target}`);
      mustEqual(reversal?.json, { reason: 'timeout' }, 'its body');
      return 'reversed at 10 s, with reason timeout';
    },
  },
  {
    rule: 'R26',
    title: 'goes on with a young sale after a loss of power, and takes an old one back',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost'];
      await world.scan();
      await world.act({ do: 'reboot' });
      await world.pass(1_500);
      mustEqual(service.requests('sale').length, 2, 'sendings of the young sale');
      mustBeSameBytes(service.requests('sale'), 'the young sale');
      service.faults.sale = ['answer_lost'];
      await world.scan();
      service.line = 'silent';
      await world.pass(1_000);
      await world.act({ do: 'reboot' });
      await world.pass(30_000);
      service.line = 'up';
      await world.act({ do: 'reboot' });
      await world.pass(2_000);
      const old = orderOf(service.requests('sale').at(-1));
      const back = service.requests('reversal').map(({ target }) => target.includes(old));
      must(back.includes(true), 'the old sale was not taken back');
      return 'asked for the young one, reversed the old one';
    },
  },
  {
    rule: 'R22',
    title: 'has the sale on its disk before it sends it, and never uses a number twice',
    run: async (world) => {
      const { service } = world;
      await world.scan();
      await world.scan();
      service.faults.sale = ['lost'];
      await world.scan();
      await world.act({ do: 'reboot' });
      await world.pass(4_000);
      await world.scan();
      const sales = service.requests('sale');
      const orders = [...new Set(sales.map(orderOf))];
      mustEqual(orders.length, 4, 'order numbers that arrived');
      const sequences = orders.map((order) => sales.find((sale) => orderOf(sale) === order)?.json);
      mustEqual(
        sequences.map((json) => json?.['sequence']),
        [1, 2, 3, 4],
        'their sequences',
      );
      return 'the third sale arrived after the loss of power, the fourth has the next number';
    },
  },
  {
    rule: 'R29',
    title: 'never sends a sale later than its time',
    run: async (world) => {
      const { service } = world;
      await world.pass(1_000);
      service.line = 'silent';
      await world.scan();
      await world.pass(9_900);
      service.line = 'up';
      await world.pass(60_000);
      mustEqual(service.requests('sale').length, 0, 'sales that came after all');
      must(service.requests('reversal').length > 0, 'nothing was taken back');
      return 'only its reversal came';
    },
  },
  {
    rule: 'R40',
    title: 'handles a problem that is in no table by its own effect and retryable',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = [{ otherProblem: retryable }];
      await world.scan();
      await world.pass(1_000);
      await world.mustShow('approved', 'after a retryable problem');
      service.faults.sale = [{ otherProblem: final }];
      await world.scan();
      await world.mustShow('problem', 'after a final one');
      await world.pass(12_000);
      mustEqual(service.requests('sale').length, 3, 'sendings');
      return 'again after the first, ended by the second';
    },
  },
  {
    rule: 'R20',
    title: 'lets the service judge every code that is formed well',
    run: async (world) => {
      await world.scan();
      mustEqual(world.service.requests('sale').length, 1, 'sales');
      return 'sent';
    },
  },
  {
    rule: 'R18',
    title: 'says no amount where the tariff is fixed',
    tariff: { type: 'fixed', amount: 300 },
    run: async (world) => {
      await world.scan();
      const [sale] = world.service.requests('sale');
      must(sale !== undefined && !('amount' in sale.json), `it sent ${sale?.body}`);
      return 'no amount';
    },
  },
  {
    rule: 'R41',
    title: 'shows the short number from the scan on',
    run: async (world) => {
      const { service, till } = world;
      service.faults.sale = lost(9);
      await world.scan();
      const short = async () => (await till.screen()).shortNumber;
      mustEqual(await short(), 'B3-0001', 'after the scan');
      await world.pass(3_500);
      mustEqual(await short(), 'B3-0001', 'while it asks');
      await world.pass(8_000);
      mustEqual(await short(), 'B3-0001', 'while it takes back');
      return 'B3-0001';
    },
  },
  {
    rule: 'R42',
    title: 'says that it is checking, and then that nothing is charged or it comes back',
    run: async (world) => {
      world.service.faults.sale = lost(9);
      await world.scan();
      await world.pass(3_500);
      await world.mustShow('checking', 'after 3.5 s');
      await world.mustSay('请勿重复支付', 'after 3.5 s');
      await world.pass(8_000);
      await world.mustShow('not_confirmed', 'after 11.5 s');
      await world.mustSay('未确认', 'after 11.5 s');
      return 'both, in their words';
    },
  },
  {
    rule: 'R43',
    title: 'lets nobody pay again while a sale is asked for',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost', 'answer_lost', 'answer_lost'];
      await world.scan();
      await world.pass(3_500);
      await world.scan();
      await world.pass(4_500);
      mustEqual(new Set(service.requests('sale').map(orderOf)).size, 1, 'sales');
      return 'the second scan did nothing';
    },
  },
];
