import { must, mustEqual } from '../check.js';
import { mustSay, type Heard, type Probe } from './probe.js';
import type { ServiceCheck } from './service-world.js';

const voidOf = (probe: Probe, orderNumber: string, more: Record<string, unknown> = {}) => ({
  voidNumber: probe.number(),
  orderNumber,
  ...more,
});

const send = (probe: Probe, body: object): Promise<Heard> =>
  probe.send('POST', '/v1/voids', JSON.stringify(body));

/** Section 15: what the person at the till may do. */
export const cashierChecks: readonly ServiceCheck[] = [
  {
    rule: 'R65',
    title: 'opens a shift once, and takes the report of it under the same number',
    run: async (world) => {
      const probe = world.terminal('entered', 1);
      const shiftNumber = probe.number();
      const openedAt = new Date(probe.now()).toISOString();
      const open = (more: object) =>
        probe.send(
          'POST',
          '/v1/shift-openings',
          JSON.stringify({ shiftNumber, openedAt, ...more }),
        );
      const heard = await open({ cashier: '101' });
      mustEqual(heard.status, 200, heard.text.slice(0, 200));
      mustSay(heard, { shiftNumber, openedAt });
      mustEqual((await open({ cashier: '101' })).text, heard.text, 'the same bytes');
      await probe.refused(open({ cashier: '102' }), 409, 'shift_number_reused');
      await probe.refused(open({ cashier: '123456789' }), 400, 'malformed_request');
      const closedAt = new Date(probe.now() + 1).toISOString();
      const nothing = { count: 0, amount: 0 };
      const report = { shiftNumber, openedAt, closedAt, sales: nothing, reversals: nothing };
      const closed = await probe.send('POST', '/v1/shifts', JSON.stringify(report));
      mustEqual(closed.status, 200, closed.text.slice(0, 200));
      return 'opened and closed';
    },
  },
  {
    rule: 'R61',
    title: 'voids a whole sale once, by the word of its own terminal',
    run: async (world) => {
      const { desk } = world;
      const { orderNumber, heard } = await world.sell();
      const word = voidOf(desk, orderNumber);
      const voided = await send(desk, word);
      mustEqual(voided.status, 200, voided.text.slice(0, 200));
      const returned = heard.body['captured'];
      mustSay(voided, { ...word, outcome: 'voided', returned });
      mustEqual((await send(desk, word)).text, voided.text, 'the same bytes');
      mustSay(await send(desk, voidOf(desk, orderNumber)), { outcome: 'already_voided', returned });
      const other = { ...word, orderNumber: (await world.sell()).orderNumber };
      await desk.refused(send(desk, other), 409, 'order_number_reused');
      await desk.refused(send(desk, voidOf(desk, desk.number())), 404, 'order_unknown');
      const stranger = world.terminal('entered', 1);
      const foreign = send(stranger, voidOf(stranger, other.orderNumber));
      await stranger.refused(foreign, 404, 'order_unknown');
      return `voided, returned ${String(returned)}`;
    },
  },
  {
    rule: 'R62',
    title: 'tells who may void for how long, and lets nobody where nobody stands',
    run: async (world) => {
      const { voids } = (await world.desk.fetchSettings()) as { voids?: unknown };
      const { minutes, supervisorAbove } = (voids ?? {}) as Record<string, unknown>;
      must(Number.isSafeInteger(minutes), `voids ${JSON.stringify(voids)}`);
      must(supervisorAbove === null || Number.isSafeInteger(supervisorAbove), 'supervisorAbove');
      const metered = world.terminal('metered');
      const held = metered.draft(await world.code());
      await metered.post(held);
      const { voids: there } = await metered.fetchSettings();
      const word = await send(metered, voidOf(metered, held.orderNumber));
      if (there === null) await metered.refused(word, 409, 'void_not_attended');
      else mustSay(word, { outcome: 'released', returned: 0 });
      await metered.reverse(held.orderNumber, 'device');
      return `for ${String(minutes)} minutes, alone up to ${String(supervisorAbove)} fen`;
    },
  },
  {
    rule: 'R63',
    title: 'believes no supervisor whose number and PIN do not go together',
    run: async ({ desk }) => {
      const asked = JSON.stringify({ supervisor: '99999999', pin: '000000' });
      const wrong = await desk.send('POST', '/v1/supervisions', asked);
      await desk.refused(wrong, 422, 'supervisor_pin_wrong');
      const short = JSON.stringify({ supervisor: '101', pin: '12' });
      await desk.refused(desk.send('POST', '/v1/supervisions', short), 400, 'malformed_request');
      return 'supervisor_pin_wrong';
    },
  },
  {
    rule: 'R66',
    title: 'says what a till shows, and tells it no more',
    run: async (world) => {
      const { shows } = (await world.desk.fetchSettings()) as {
        shows?: { maskedName: boolean; purses: boolean; balance: boolean };
      };
      must(shows !== undefined, 'the settings have no shows');
      const { heard } = await world.sell();
      const cardholder = (heard.body['cardholder'] ?? {}) as Record<string, unknown>;
      for (const what of ['purses', 'balance'] as const) {
        must(shows[what] || cardholder[what] === undefined, `it tells ${what}`);
      }
      must(shows.maskedName || cardholder['maskedName'] === '*', 'it tells the name');
      return JSON.stringify(shows);
    },
  },
];

/** Section 19: what pays without a phone. */
export const staticChecks: readonly ServiceCheck[] = [
  {
    rule: 'R96',
    title: 'lists what a place takes, and refuses what it does not list',
    run: async (world) => {
      const { instruments = [], staticCaps } = await world.desk.fetchSettings();
      must(instruments.includes('code'), `instruments ${JSON.stringify(instruments)}`);
      must(Object.values(staticCaps ?? {}).every(Number.isSafeInteger), JSON.stringify(staticCaps));
      const metered = world.terminal('metered');
      const { instruments: there = [] } = await metered.fetchSettings();
      if (!there.includes('plastic')) {
        const card = metered.draft({ type: 'plastic', number: '04A3B2C1D4E5F6' });
        await metered.refused(metered.post(card), 422, 'instrument_unsupported');
      }
      return instruments.join(', ');
    },
  },
  {
    rule: 'R100',
    title: 'declines a plastic card that nobody has, and a word of no check',
    run: async (world) => {
      const { desk } = world;
      const sell = (instrument: object) => desk.post(desk.draft(instrument, world.price()));
      const plastic = await sell({ type: 'plastic', number: '04 a3:b2-c1.d4e5f6' });
      mustEqual(plastic.status, 200, plastic.text.slice(0, 200));
      mustSay(plastic, { verdict: 'declined', reason: 'plastic_invalid' });
      const token = 'A'.repeat(43);
      const word = await sell({ type: 'number_pin', token });
      mustSay(word, { verdict: 'declined', reason: 'pin_check_invalid' });
      return 'plastic_invalid, pin_check_invalid';
    },
  },
  {
    rule: 'R99',
    title: 'tells a number that nobody has no differently from a wrong PIN',
    run: async ({ desk }) => {
      const asked = JSON.stringify({ number: '00000000', pin: '000000' });
      const heard = await desk.send('POST', '/v1/pin-checks', asked);
      await desk.refused(heard, 422, 'payment_pin_wrong');
      must(!heard.text.includes('000000'), 'the PIN stands in the answer');
      return 'payment_pin_wrong';
    },
  },
];

/** Section 16. */
export const versionChecks: readonly ServiceCheck[] = [
  {
    rule: 'R109',
    title: 'lists its versions, and when each earlier one ends',
    run: async ({ desk }) => {
      const { protocolVersions, protocolEnds } = await desk.fetchSettings();
      const newest = Math.max(...protocolVersions);
      const ends = Object.entries(protocolEnds);
      for (const [version, end] of ends) {
        must(
          protocolVersions.includes(Number(version)),
          `version ${version} ends and is not spoken`,
        );
        must(Number(version) < newest, `the newest version ${version} ends`);
        must(!Number.isNaN(Date.parse(end)), `version ${version} ends ${end}`);
      }
      return `${protocolVersions.join(', ')}; ${ends.length} end`;
    },
  },
];
