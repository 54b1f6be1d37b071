import { must, mustEqual } from '../check.js';
import { mustSay, type Heard, type Probe } from './probe.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

type Session = { readonly probe: Probe; readonly orderNumber: string; readonly bytes: string };
type State = Readonly<Record<string, unknown>> | null;

const sessionOf = ({ body }: Heard): State => body['session'] as State;

async function programmeOf(probe: Probe): Promise<Record<string, string>> {
  const heard = await probe.send('GET', '/v1/programmes');
  mustEqual(heard.status, 200, heard.text.slice(0, 200));
  const [first] = heard.body['programmes'] as { code: string }[];
  return first === undefined ? {} : { programme: first.code };
}

async function start(world: ServiceWorld): Promise<Session & { heard: Heard }> {
  const probe = world.terminal('metered');
  const more = await programmeOf(probe);
  const { orderNumber, body } = probe.draft(await world.code(), undefined, more);
  const heard = await probe.send('POST', '/v1/sessions', body);
  mustEqual([heard.status, heard.body['verdict']], [200, 'approved'], heard.text.slice(0, 200));
  return { probe, orderNumber, bytes: body, heard };
}

const report = (
  { probe, orderNumber }: Session,
  sequence: number,
  reading: number,
  final = false,
  progressNumber = probe.number(),
): Promise<Heard> => {
  const occurredAt = new Date(probe.now()).toISOString();
  const body = JSON.stringify({ progressNumber, sequence, reading, final, occurredAt });
  return probe.send('POST', `/v1/sessions/${orderNumber}/progress`, body);
};

/** Section 18: a shower, a washing machine, a charger. */
export const sessionChecks: readonly ServiceCheck[] = [
  {
    rule: 'R84',
    title: 'sells a session only at a metered place, without an amount',
    run: async (world) => {
      const { desk } = world;
      const wrong = desk.draft(await world.code());
      const there = desk.send('POST', '/v1/sessions', wrong.body);
      await desk.refused(there, 409, 'place_not_metered');
      const probe = world.terminal('metered');
      const priced = probe.draft(await world.code(), 300, await programmeOf(probe));
      const heard = await probe.send('POST', '/v1/sessions', priced.body);
      must(heard.status === 400 || heard.status === 422, `with an amount: ${heard.status}`);
      return 'place_not_metered; an amount is refused';
    },
  },
  {
    rule: 'R85',
    title: 'answers as to a sale, with the session beside it, and the same bytes again alike',
    run: async (world) => {
      const session = await start(world);
      const { probe, heard, bytes } = session;
      mustSay(heard, { state: 'held', captured: 0 });
      const state = sessionOf(heard);
      mustEqual([state?.['state'], state?.['reading']], ['running', 0], 'the session');
      must(Date.parse(String(state?.['expiresAt'])) > probe.now(), 'expiresAt has passed');
      const again = await probe.send('POST', '/v1/sessions', bytes);
      mustSay(again, { paymentId: heard.body['paymentId'], verdict: 'approved' });
      await report(session, 1, 0, true);
      return `until ${String(state?.['expiresAt'])}`;
    },
  },
  {
    rule: 'R86',
    title: 'lets a device run for one student at a time, and keeps the code of the next one',
    run: async (world) => {
      const session = await start(world);
      const { probe } = session;
      const next = probe.draft(await world.code(), undefined, await programmeOf(probe));
      const busy = probe.send('POST', '/v1/sessions', next.body);
      await probe.refused(busy, 409, 'session_running');
      await report(session, 1, 0, true);
      const later = await probe.send('POST', '/v1/sessions', next.body);
      mustSay(later, { verdict: 'approved' });
      await report({ probe, orderNumber: next.orderNumber, bytes: '' }, 1, 0, true);
      return 'session_running, then the same code starts it';
    },
  },
  {
    rule: 'R87',
    title: 'takes reports in their order, each once, and none that falls',
    run: async (world) => {
      const session = await start(world);
      const { probe } = session;
      const number = probe.number();
      const first = await report(session, 1, 1_000, false, number);
      mustSay(first, { progressNumber: number, outcome: 'noted', reading: 1_000 });
      await probe.refused(report(session, 2, 999), 409, 'reading_fell');
      mustSay(await report(session, 3, 2_000), { outcome: 'noted' });
      await probe.refused(report(session, 1, 3_000), 409, 'progress_out_of_order');
      await probe.refused(report(session, 4, 9_000, false, number), 409, 'progress_number_reused');
      await report(session, 5, 2_000, true);
      return 'noted, reading_fell, progress_out_of_order, progress_number_reused';
    },
  },
  {
    rule: 'R88',
    title: 'says when to stop, and what it costs by the last reading',
    run: async (world) => {
      const session = await start(world);
      const held = Number(sessionOf(session.heard)?.['held']);
      const price = Number(sessionOf(session.heard)?.['unitPrice']);
      const half = await report(session, 1, 2_000);
      const { amount, stop, programme } = half.body;
      if (programme === null) mustEqual([amount, stop], [2 * price, false], 'after two units');
      const all = await report(session, 2, 1_000 * (Math.ceil(held / price) + 1));
      mustSay(all, programme === null ? { amount: held, stop: true } : { amount: held });
      await report(session, 3, Number(all.body['reading']), true);
      return `${String(amount)} fen after two units, ${held} at most`;
    },
  },
  {
    rule: 'R89',
    title: 'ends a session by the report of its device, and notes what comes later as late',
    run: async (world) => {
      const session = await start(world);
      mustSay(await report(session, 1, 1_000, true), { state: 'ended', endReason: 'final' });
      mustSay(await report(session, 2, 5_000, true), { outcome: 'late', reading: 1_000 });
      return 'ended, late';
    },
  },
  {
    rule: 'R90',
    title: 'takes the money once, with the end, and gives it back by a reversal',
    run: async (world) => {
      const session = await start(world);
      const { probe, orderNumber } = session;
      const end = await report(session, 1, 3_000, true);
      const { captured } = end.body;
      mustSay(await probe.find(orderNumber), { captured });
      const seen = await probe.send('GET', `/v1/sessions/${orderNumber}`);
      mustSay(seen, { orderNumber, state: 'ended' });
      mustSay(await probe.reverse(orderNumber, 'device'), { returned: captured });
      const none = probe.send('GET', `/v1/sessions/${probe.number()}`);
      await probe.refused(none, 404, 'session_unknown');
      return `${String(captured)} fen, and back`;
    },
  },
];

/** Section 17, as far as it needs no room: a number that is no meter’s is refused everywhere. */
export const meterChecks: readonly ServiceCheck[] = [
  {
    rule: 'R77',
    title: 'takes no order for a meter that is not of the place',
    run: async (world) => {
      const probe = world.terminal('metered');
      const ask = (meterNumber: unknown) => {
        const body = JSON.stringify({ orderNumber: probe.number(), meterNumber });
        return probe.send('POST', '/v1/room-credits', body);
      };
      await probe.refused(ask(4_294_967_295), 404, 'meter_unknown');
      await probe.refused(ask(0), 400, 'malformed_request');
      return 'meter_unknown';
    },
  },
  {
    rule: 'R81',
    title: 'settles each reading by an outcome, in the order sent, also that of no meter',
    run: async (world) => {
      const probe = world.terminal('metered');
      const takenAt = new Date(probe.now()).toISOString();
      const numbers = [4_294_967_295, 4_294_967_294];
      const readings = numbers.map((meterNumber) => ({ meterNumber, reading: 1, takenAt }));
      const send = (body: object) => probe.send('POST', '/v1/meter-readings', JSON.stringify(body));
      const heard = await send({ readings });
      mustEqual(heard.status, 200, heard.text.slice(0, 200));
      const said = heard.body['readings'] as { meterNumber: number; outcome: string }[];
      const told = said.map(({ meterNumber, outcome }) => [meterNumber, outcome]);
      mustEqual(
        told,
        numbers.map((meterNumber) => [meterNumber, 'unknown']),
        'outcomes',
      );
      await probe.refused(send({ readings: [] }), 400, 'malformed_request');
      return 'unknown, unknown';
    },
  },
];
