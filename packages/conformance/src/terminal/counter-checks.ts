import { must, mustEqual } from '../check.js';
import { PIN, SUPERVISOR } from './played-counter.js';
import {
  mustBeSameBytes,
  orderOf,
  type TerminalCheck,
  type TerminalWorld,
} from './terminal-world.js';
import type { Arrived } from './played-wire.js';

const CHIP = '04A3B2C1D4E5F6';

const tokenOf = (sale: Arrived | undefined): unknown =>
  (sale?.json['instrument'] as { token?: string } | undefined)?.token;

async function typePin(world: TerminalWorld, amount = 1_250): Promise<void> {
  await world.present(() => ({ do: 'type_pin', ...PIN, amount }));
}

async function sellPlastic(world: TerminalWorld): Promise<void> {
  await world.present(() => ({ do: 'plastic', number: CHIP, amount: 1_250 }));
}

async function takeBack(world: TerminalWorld): Promise<void> {
  await world.act({ do: 'void', ...SUPERVISOR });
  await world.pass(world.time.tolerance);
}

/** No request but the one that asks may carry the PIN. */
function mustNotBeSent(world: TerminalWorld, pin: string, asks: string): void {
  const others = world.service.log.filter(
    ({ route, body }) => route !== asks && body.includes(pin),
  );
  mustEqual(
    others.map(({ target }) => target),
    [],
    'other requests with the PIN',
  );
}

/** Sections 15 and 19. */
export const counterChecks: readonly TerminalCheck[] = [
  {
    rule: 'R96',
    title: 'offers nothing that the place does not take',
    needs: ['plastic', 'pin'],
    settings: { instruments: ['code'] },
    run: async (world) => {
      const { service } = world;
      await sellPlastic(world);
      await typePin(world);
      await world.pass(5_000);
      mustEqual(service.requests('sale', 'pin_check').length, 0, 'requests');
      return 'nothing was sent';
    },
  },
  {
    rule: 'R97',
    title: 'sells a plastic card as every sale, and shows no more than its last characters',
    needs: 'plastic',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost'];
      await sellPlastic(world);
      const { text: early } = await world.till.screen();
      await world.pass(3_500);
      const { text } = await world.mustShow('approved', 'after the second sending');
      mustBeSameBytes(service.requests('sale'), 'the sale');
      const said = service.requests('sale')[0]?.json['instrument'];
      const { type, number = '' } = said as { type?: string; number?: string };
      const plain = number.replaceAll(/[ :.-]/g, '').toUpperCase();
      mustEqual([type, plain], ['plastic', CHIP], 'the instrument');
      const shown = [early, text].some((words) => words.includes(CHIP.slice(-5)));
      must(!shown, `the screen says ${text}`);
      return 'approved after the second sending of the same bytes';
    },
  },
  {
    rule: 'R98',
    title: 'sells by what the check gave, each for one sale',
    needs: 'pin',
    run: async (world) => {
      const { service } = world;
      await typePin(world);
      await world.mustShow('approved', 'after number and PIN');
      service.book.verdict = { verdict: 'declined', state: 'declined', reason: 'limit_static_day' };
      await typePin(world);
      service.book.verdict = {};
      await typePin(world);
      const sales = service.requests('sale');
      const pairs = new Set(sales.map((sale) => `${String(tokenOf(sale))} ${orderOf(sale)}`));
      const tokens = new Set(sales.map(tokenOf));
      mustEqual([tokens.size, pairs.size], [3, 3], 'tokens, and sales by them');
      mustEqual(service.requests('pin_check').length, 3, 'checks');
      await world.mustShow('approved', 'by the third');
      return 'three checks, three sales';
    },
  },
  {
    rule: 'R98',
    title: 'repeats no check by itself, and sells nothing without its answer',
    needs: 'pin',
    run: async (world) => {
      const { service } = world;
      service.faults.pin_check = ['answer_lost'];
      await typePin(world);
      await world.pass(15_000);
      mustEqual(service.requests('pin_check').length, 1, 'checks');
      mustEqual(service.requests('sale').length, 0, 'sales');
      await typePin(world);
      await world.mustShow('approved', 'when it was typed again');
      return 'one check, no sale, until it was typed again';
    },
  },
  {
    rule: 'R99',
    title: 'sells nothing by a wrong PIN, and shows no PIN',
    needs: 'pin',
    run: async (world) => {
      const { service } = world;
      await world.present(() => ({ do: 'type_pin', ...PIN, pin: '918273', amount: 1_250 }));
      await world.pass(5_000);
      mustEqual(service.requests('sale').length, 0, 'sales');
      mustEqual(service.requests('pin_check').length, 1, 'checks');
      const { text } = await world.till.screen();
      must(!text.includes('918273'), `the screen says ${text}`);
      return 'refused once';
    },
  },
  {
    rule: 'R99',
    title: 'keeps no PIN, and sends it nowhere but to be checked',
    needs: ['pin', 'disk'],
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost', 'lost'];
      await typePin(world);
      must(!(await world.till.keeps(PIN.pin)), 'the PIN is on the disk during the sale');
      await world.pass(20_000);
      await world.act({ do: 'reboot' });
      await world.pass(5_000);
      must(!(await world.till.keeps(PIN.pin)), 'the PIN is on the disk after the sale');
      mustNotBeSent(world, PIN.pin, 'pin_check');
      return 'nowhere';
    },
  },
  {
    rule: 'R100',
    title: 'shows the words of a decline, and asks no second time',
    needs: 'plastic',
    run: async (world) => {
      const { service } = world;
      const message = { zh: '请使用手机付款码', en: 'Please use the code on the phone' };
      const declined = { verdict: 'declined', state: 'declined', captured: 0 } as const;
      service.book.verdict = { ...declined, reason: 'limit_static_sale', message };
      await sellPlastic(world);
      const { text } = await world.mustShow('declined', 'above the cap');
      must(text.includes(message.zh) || text.includes(message.en), `the screen says ${text}`);
      await world.pass(15_000);
      mustEqual(service.requests('sale').length, 1, 'sendings');
      return 'declined once';
    },
  },
  {
    rule: 'R101',
    title: 'accepts no plastic card without a network',
    needs: ['plastic', 'offline'],
    offline: true,
    run: async (world) => {
      const { service } = world;
      service.line = 'broken';
      await world.pass(61_000);
      await sellPlastic(world);
      await world.pass(15_000);
      await world.mustNotShow('offline_accepted', 'by a plastic card');
      await world.mustNotShow('approved', 'without a network');
      service.line = 'up';
      await world.pass(400_000);
      mustEqual(service.issuer.kept.length, 0, 'records');
      return 'no record';
    },
  },
  {
    rule: 'R61',
    title:
      'repeats a void by the same bytes, under a number of its own, also after a loss of power',
    needs: 'void',
    run: async (world) => {
      const { service } = world;
      await world.scan(1_000);
      service.faults.void = ['lost', { problem: 'unavailable' }, 'answer_lost'];
      await takeBack(world);
      await world.pass(4_000);
      await world.act({ do: 'reboot' });
      await world.pass(60_000);
      const voids = service.requests('void');
      must(voids.length >= 2, `${voids.length} voids arrived`);
      mustBeSameBytes(voids, 'the void');
      const [sale] = service.requests('sale');
      const { voidNumber, orderNumber } = voids[0]?.json ?? {};
      mustEqual(orderNumber, orderOf(sale), 'the sale');
      must(voidNumber !== orderNumber, 'the void has the number of the sale');
      mustEqual(service.requests('reversal').length, 0, 'reversals beside');
      return `${voids.length + 1} sendings, one void`;
    },
  },
  {
    rule: 'R62',
    title: 'stops at a void that comes too late',
    needs: 'void',
    run: async (world) => {
      const { service } = world;
      await world.scan(1_000);
      const late = { problem: 'void_too_late' } as const;
      service.faults.void = [late, late, late];
      await takeBack(world);
      await world.pass(60_000);
      mustEqual(service.requests('void', 'reversal').length, 1, 'voids and reversals');
      return 'one';
    },
  },
  {
    rule: 'R63',
    title: 'asks the supervisor when it has to, once, and voids anew by the word',
    needs: 'void',
    settings: { voids: { minutes: 10, supervisorAbove: 500 } },
    run: async (world) => {
      const { service } = world;
      await world.scan(1_000);
      await takeBack(world);
      await world.pass(5_000);
      mustEqual(service.requests('supervision').length, 1, 'supervisions');
      const [first, second, ...more] = service.requests('void');
      mustEqual(more.length, 0, 'further voids');
      mustEqual(typeof second?.json['supervision'], 'string', 'the word in the second void');
      must(first?.json['voidNumber'] !== second?.json['voidNumber'], 'the number was used twice');
      mustEqual(service.book.find(orderOf(service.requests('sale')[0]))?.state, 'reversed', 'sale');
      return 'a word, and a void by it';
    },
  },
  {
    rule: 'R64',
    title: 'keeps no PIN of a supervisor, and sends it nowhere but to be checked',
    needs: ['void', 'disk'],
    settings: { voids: { minutes: 10, supervisorAbove: 500 } },
    run: async (world) => {
      const { service } = world;
      await world.scan(1_000);
      service.faults.void = [undefined, 'lost', 'lost'];
      await takeBack(world);
      await world.pass(3_000);
      must(!(await world.till.keeps(SUPERVISOR.pin)), 'the PIN is on the disk');
      mustNotBeSent(world, SUPERVISOR.pin, 'supervision');
      return 'nowhere';
    },
  },
  {
    rule: 'R65',
    title: 'opens a shift by the same bytes until it is heard, and reports it under that number',
    needs: ['opening', 'shift'],
    run: async (world) => {
      const { service } = world;
      service.faults.opening = ['lost', { problem: 'unavailable' }, 'answer_lost'];
      await world.act({ do: 'open_shift', cashier: '101' });
      await world.pass(4_000);
      await world.act({ do: 'reboot' });
      await world.pass(60_000);
      const openings = service.requests('opening');
      must(openings.length >= 2, `${openings.length} openings arrived`);
      mustBeSameBytes(openings, 'the opening');
      await world.scan(1_000);
      await world.act({ do: 'close_shift' });
      await world.pass(5_000);
      const [shift] = service.requests('shift');
      const named = (json: Arrived['json'] | undefined) => [
        json?.['shiftNumber'],
        json?.['openedAt'],
      ];
      mustEqual(named(shift?.json), named(openings[0]?.json), 'number and beginning');
      return `${openings.length + 1} sendings, one shift`;
    },
  },
];
