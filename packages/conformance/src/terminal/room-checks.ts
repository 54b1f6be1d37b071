import { must, mustEqual } from '../check.js';
import { METERS } from './played-rooms.js';
import {
  mustBeSameBytes,
  orderOf,
  type TerminalCheck,
  type TerminalWorld,
} from './terminal-world.js';

const [METER = 0, OTHER = 0] = METERS;
const NO_METER = 99;

const desk = { needs: 'room', settings: { kind: 'dorm' } } as const;
const reader = { needs: 'reader', settings: { kind: 'dorm' } } as const;

async function buy(world: TerminalWorld, meterNumber = METER): Promise<void> {
  await world.present((code) => ({ do: 'credit', meterNumber, code, amount: 1_500 }));
}

async function read(world: TerminalWorld, meterNumber: number, reading: number): Promise<void> {
  const takenAt = new Date(world.service.now()).toISOString();
  await world.act({ do: 'read', meterNumber, reading, takenAt });
  await world.pass(world.time.tolerance);
}

/** Section 17, for terminals that sell credit of rooms, and for those that read meters. */
export const roomChecks: readonly TerminalCheck[] = [
  {
    ...desk,
    rule: 'R77',
    title: 'says for which meter before it sells, and sells under that number',
    run: async (world) => {
      const { service } = world;
      await buy(world);
      await world.pass(5_000);
      const [order] = service.requests('credit');
      const [sale] = service.requests('sale');
      mustEqual(order?.json['meterNumber'], METER, 'the meter');
      mustEqual(orderOf(sale), orderOf(order), 'the order number of the sale');
      const isFirst = service.log.findIndex(({ route }) => route === 'credit');
      const isSecond = service.log.findIndex(({ route }) => route === 'sale');
      must(isFirst < isSecond, 'the sale came before the order');
      return 'ordered, then sold';
    },
  },
  {
    ...desk,
    rule: 'R77',
    title: 'sells nothing before the order was answered, nor for a meter that is not there',
    run: async (world) => {
      const { service } = world;
      service.faults.credit = ['answer_lost'];
      await buy(world);
      await world.pass(15_000);
      await buy(world, NO_METER);
      await world.pass(15_000);
      const ordered = new Set(service.requests('credit').map(orderOf));
      must(ordered.size >= 1, 'it ordered nothing');
      mustEqual(service.requests('sale').length, 0, 'sales');
      await buy(world);
      await world.pass(5_000);
      mustEqual(service.requests('sale').length, 1, 'sales when it was ordered again');
      return 'no sale without an order';
    },
  },
  {
    ...desk,
    rule: 'R78',
    title: 'asks every second until the credit is there, and shows it then and not before',
    run: async (world) => {
      const { service } = world;
      await buy(world);
      await world.mustNotShow('delivered', 'before it was delivered');
      await world.pass(1_000);
      await world.mustNotShow('delivered', 'a second later');
      await world.pass(3_500);
      await world.mustShow('delivered', 'when it is at the meter');
      const times = world.times('credit_look');
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      const isSteady = gaps.every((gap) => Math.abs(gap - 1_000) <= world.time.tolerance);
      must(times.length >= 2 && isSteady, `it asked at ${times.join(', ')} ms`);
      const count = times.length;
      await world.pass(5_000);
      mustEqual(service.requests('credit_look').length, count, 'looks after it was there');
      return `${count} looks`;
    },
  },
  {
    ...desk,
    rule: 'R78',
    title: 'says after a minute that the credit is on its way, and sells on',
    run: async (world) => {
      const { service } = world;
      service.rooms.deliveryMillis = 3_600_000;
      await buy(world);
      await world.pass(65_000);
      await world.mustShow('on_its_way', 'after a minute');
      mustEqual(service.requests('reversal').length, 0, 'reversals');
      service.rooms.deliveryMillis = 0;
      await buy(world, OTHER);
      await world.pass(3_000);
      await world.mustShow('delivered', 'for the next one');
      return 'on its way, and then the next one';
    },
  },
  {
    ...reader,
    rule: 'R80',
    title: 'brings a reading by the same bytes until it is answered, also after a loss of power',
    run: async (world) => {
      const { service } = world;
      service.faults.readings = ['lost', { problem: 'unavailable' }, 'answer_lost'];
      await read(world, METER, 1_250_300);
      await world.pass(4_000);
      await world.act({ do: 'reboot' });
      await world.pass(60_000);
      const sent = service.requests('readings');
      must(sent.length >= 2, `${sent.length} came`);
      mustBeSameBytes(sent, 'the reading');
      const kept = service.rooms.readings.map(({ meterNumber, reading }) => [meterNumber, reading]);
      mustEqual(kept, [[METER, 1_250_300]], 'readings');
      return `${sent.length + 1} sendings, one reading`;
    },
  },
  {
    ...reader,
    rule: 'R80',
    title: 'brings the oldest of a meter first',
    run: async (world) => {
      const { service } = world;
      service.line = 'broken';
      for (const reading of [100, 200, 300]) {
        await read(world, METER, reading);
        await world.pass(61_000);
      }
      service.line = 'up';
      await world.pass(400_000);
      mustEqual(
        service.rooms.readings.map(({ reading }) => reading),
        [100, 200, 300],
        'readings',
      );
      return '100, 200, 300';
    },
  },
  {
    ...reader,
    rule: 'R81',
    title: 'takes every outcome for the end of a reading, also one that it does not know',
    run: async (world) => {
      const { service } = world;
      const outcomes = ['unlikely', 'falls', 'unknown', 'moonstruck'];
      for (const [at, outcome] of outcomes.entries()) {
        service.rooms.outcome = outcome;
        await read(world, METER, 100 + at);
        await world.pass(61_000);
        mustEqual(service.requests('readings').length, at + 1, `sendings after ${outcome}`);
      }
      return outcomes.join(', ');
    },
  },
];
