import { must, mustEqual } from '../check.js';
import { mustSay, type Heard, type Probe } from './probe.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

type Held = { readonly probe: Probe; readonly orderNumber: string; readonly hold: number };

async function hold(world: ServiceWorld): Promise<Held> {
  const probe = world.terminal('metered');
  const { orderNumber, body } = probe.draft(await world.code());
  const heard = await probe.post({ body });
  mustSay(heard, { verdict: 'approved', state: 'held', captured: 0 });
  const { tariff } = probe.settings ?? {};
  const held = tariff?.type === 'metered' ? tariff.hold : 0;
  mustEqual(heard.body['amount'], held, 'what is held');
  return { probe, orderNumber, hold: held };
}

/** Section 6: what is set aside, and what of it is taken. */
export const holdChecks: readonly ServiceCheck[] = [
  {
    rule: 'R34',
    title: 'sets money aside at a metered place until a time that it says',
    run: async (world) => {
      const { probe, orderNumber } = await hold(world);
      const { body } = await probe.find(orderNumber);
      const left = Date.parse(String(body['expiresAt'])) - probe.now();
      must(left > 0, `expiresAt ${String(body['expiresAt'])}`);
      mustSay(await probe.reverse(orderNumber), { outcome: 'released', returned: 0 });
      return `held for ${Math.round(left / 1000)} s`;
    },
  },
  {
    rule: 'R35',
    title: 'takes a capture once, however often its bytes come',
    run: async (world) => {
      const { probe, orderNumber, hold: all } = await hold(world);
      const number = probe.number();
      const send = () => probe.capture(orderNumber, 37, true, number);
      const [first, again] = [await send(), await send()];
      mustSay(first, { captured: 37, released: all - 37, state: 'captured' });
      mustEqual(again.text, first.text, 'the same bytes');
      const other = probe.capture(orderNumber, 38, true, number);
      await probe.refused(other, 409, 'capture_number_reused');
      return `37 taken, ${all - 37} given back`;
    },
  },
  {
    rule: 'R36',
    title: 'takes in parts, never more than is left, and 0 only at the end',
    run: async (world) => {
      const { probe, orderNumber, hold: all } = await hold(world);
      mustSay(await probe.capture(orderNumber, 10, false), { captured: 10, state: 'held' });
      const more = probe.capture(orderNumber, all, false);
      await probe.refused(more, 409, 'capture_exceeds_hold');
      const nothing = probe.capture(orderNumber, 0, false);
      await probe.refused(nothing, 400, 'malformed_request');
      mustSay(await probe.capture(orderNumber, 0, true), { captured: 0, released: all - 10 });
      const late = await probe.capture(orderNumber, 1, true);
      must(late.status === 409, `after the end: ${late.status}`);
      return 'in parts, and no more than was held';
    },
  },
];

const waits = async (world: ServiceWorld): Promise<{ orderNumber: string; heard: Heard }> => {
  const { desk } = world;
  const price = world.price();
  const [first = '', second = ''] = await world.twoCodes();
  mustSay(await desk.post(desk.draft(first, price)), { verdict: 'approved' });
  const { orderNumber, body } = desk.draft(second, price);
  const heard = await desk.post({ body });
  mustSay(heard, { verdict: 'pending', awaits: 'cashier', state: 'held', captured: 0 });
  return { orderNumber, heard };
};

const confirm = ({ desk }: ServiceWorld, orderNumber: string, decision: string): Promise<Heard> =>
  desk.send('POST', `/v1/payments/${orderNumber}/confirmation`, JSON.stringify({ decision }));

/** Section 13: the same again within a minute waits for the cashier. */
export const pendingChecks: readonly ServiceCheck[] = [
  {
    rule: 'R55',
    title: 'asks the cashier about the same student and the same amount within a minute',
    run: async (world) => {
      const { orderNumber, heard } = await waits(world);
      await confirm(world, orderNumber, 'refuse');
      const { expiresAt } = heard.body;
      must(typeof expiresAt === 'string', heard.text);
      return `pending, awaits the cashier until ${expiresAt}`;
    },
  },
  {
    rule: 'R57',
    title: 'charges by the word of the cashier, and by the same word once',
    run: async (world) => {
      const { orderNumber } = await waits(world);
      const paid = await confirm(world, orderNumber, 'confirm');
      mustSay(paid, { verdict: 'approved', state: 'captured' });
      mustEqual((await confirm(world, orderNumber, 'confirm')).text, paid.text, 'said again');
      return 'approved by the word';
    },
  },
  {
    rule: 'R59',
    title: 'ends it once: a refused one has charged nothing, and no later word changes it',
    run: async (world) => {
      const { orderNumber } = await waits(world);
      const refused = await confirm(world, orderNumber, 'refuse');
      mustSay(refused, { verdict: 'declined', reason: 'confirmation_refused', captured: 0 });
      const late = confirm(world, orderNumber, 'confirm');
      await world.desk.refused(late, 409, 'confirmation_ended');
      return 'confirmation_refused, then confirmation_ended';
    },
  },
  {
    rule: 'R60',
    title: 'lets a reversal withdraw what waits',
    run: async (world) => {
      const { orderNumber } = await waits(world);
      const { desk } = world;
      mustSay(await desk.reverse(orderNumber), { outcome: 'released', returned: 0 });
      mustSay(await desk.find(orderNumber), {
        verdict: 'declined',
        reason: 'confirmation_withdrawn',
      });
      return 'released, nothing returned';
    },
  },
  {
    rule: 'R58',
    title: 'takes no word about a sale that waits for none',
    run: async (world) => {
      const { orderNumber } = await world.sell();
      const word = confirm(world, orderNumber, 'confirm');
      return world.desk.refused(word, 409, 'confirmation_not_awaited');
    },
  },
];

/** Section 7. */
export const dayChecks: readonly ServiceCheck[] = [
  {
    rule: 'R37',
    title: 'answers a heartbeat with its time',
    run: async ({ desk }) => {
      const body = JSON.stringify({ softwareVersion: '1.0.0', queuedReversals: 2 });
      const heard = await desk.send('POST', '/v1/terminal-heartbeats', body);
      mustEqual(heard.status, 200, 'the heartbeat');
      const off = Math.abs(Date.parse(String(heard.body['serverTime'])) - heard.created * 1000);
      must(off < 5_000, `serverTime ${String(heard.body['serverTime'])}`);
      return String(heard.body['serverTime']);
    },
  },
  {
    rule: 'R38',
    title:
      'agrees to a shift that was counted right, says what it counted itself, and keeps it once',
    run: async (world) => {
      const probe = world.terminal('entered', 1);
      const openedAt = new Date(probe.now() - 1_000).toISOString();
      const price = world.price();
      const sale = probe.draft(await world.code(), price);
      mustSay(await probe.post(sale), { verdict: 'approved' });
      const closedAt = new Date(probe.now() + 1).toISOString();
      const shift = {
        shiftNumber: probe.number(),
        openedAt,
        closedAt,
        sales: { count: 1, amount: price },
        reversals: { count: 0, amount: 0 },
      };
      const send = (body: object) => probe.send('POST', '/v1/shifts', JSON.stringify(body));
      const heard = await send(shift);
      mustSay(heard, { shiftNumber: shift.shiftNumber, agrees: true });
      mustEqual((await send(shift)).text, heard.text, 'the same bytes');
      const other = send({ ...shift, sales: { count: 2, amount: 1 } });
      await probe.refused(other, 409, 'shift_number_reused');
      const backwards = { ...shift, openedAt: closedAt, closedAt: openedAt };
      const early = send({ ...backwards, shiftNumber: probe.number() });
      await probe.refused(early, 422, 'shift_ends_before_it_begins');
      return `1 sale of ${price} agrees`;
    },
  },
];
