import { must, mustEqual, NotLookedAt } from '../check.js';
import { mustSay, type Heard, type Probe } from './probe.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

type Passage = { readonly gate: Probe; readonly orderNumber: string; readonly heard: Heard };

/** The first terminal with a price where somebody counts who is inside. */
async function gateOf(world: ServiceWorld): Promise<Probe> {
  for (const at of [0, 1, 2]) {
    const probe = world.terminal('fixed', at);
    const word = await probe.send('POST', `/v1/passages/${probe.number()}/not-passed`);
    const scan = probe.draft('97', undefined, { direction: 'exit' });
    const heard = await probe.send('POST', '/v1/passages', scan.body);
    if (word.status === 200 && heard.body['code'] !== 'gate_unknown') return probe;
  }
  throw new NotLookedAt('no gate');
}

async function scan(gate: Probe, code: string, direction: string): Promise<Passage> {
  const { orderNumber, body } = gate.draft(code, undefined, { direction });
  return { gate, orderNumber, heard: await gate.send('POST', '/v1/passages', body) };
}

async function comeIn(world: ServiceWorld, code?: string): Promise<Passage> {
  const passage = await scan(await gateOf(world), code ?? (await world.code()), 'entry');
  const { verdict, reason } = passage.heard.body;
  if (reason === 'outside_hours') throw new NotLookedAt('the gate is closed at this hour');
  mustEqual([passage.heard.status, verdict], [200, 'approved'], 'the entry');
  return passage;
}

const say = ({ gate, orderNumber }: Passage, word: string): Promise<Heard> =>
  gate.send('POST', `/v1/passages/${orderNumber}/${word}`);

/** Section 14. */
export const gateChecks: readonly ServiceCheck[] = [
  {
    rule: 'R67',
    title: 'knows passages by their own order numbers, and gates only where the office set one',
    run: async (world) => {
      const { desk } = world;
      const direct = desk.draft(await world.code(), undefined, { direction: 'entry' });
      const nowhere = desk.send('POST', '/v1/passages', direct.body);
      await desk.refused(nowhere, 404, 'gate_unknown');
      const gate = await gateOf(world);
      await gate.refused(gate.send('GET', `/v1/passages/${gate.number()}`), 404, 'passage_unknown');
      return 'gate_unknown and passage_unknown';
    },
  },
  {
    rule: 'R68',
    title: 'stores its verdict, and shows the state of now',
    run: async (world) => {
      const passage = await comeIn(world);
      mustSay(passage.heard, { state: 'authorized', direction: 'entry' });
      const { gate, orderNumber } = passage;
      mustSay(await say(passage, 'passed'), { outcome: 'passed' });
      mustSay(await gate.send('GET', `/v1/passages/${orderNumber}`), {
        verdict: 'approved',
        state: 'passed',
      });
      const visit = passage.heard.body['visit'] as { charge?: string } | null;
      must(typeof visit?.charge === 'string', passage.heard.text);
      return `let in by ${visit.charge}`;
    },
  },
  {
    rule: 'R69',
    title: 'opens for eight seconds, and keeps what the gate says of it',
    run: async (world) => {
      const passage = await comeIn(world);
      const { expiresAt, decidedAt } = passage.heard.body;
      mustEqual(Date.parse(String(expiresAt)) - Date.parse(String(decidedAt)), 8_000, 'open for');
      mustSay(await say(passage, 'not-passed'), { outcome: 'not_passed' });
      const other = await comeIn(world);
      mustSay(await say(other, 'passed'), { outcome: 'passed' });
      mustSay(await say(other, 'passed'), { outcome: 'passed' });
      mustSay(await say(other, 'not-passed'), { outcome: 'already_passed' });
      const { gate } = passage;
      const never = { gate, orderNumber: gate.number(), heard: passage.heard };
      mustSay(await say(never, 'not-passed'), { outcome: 'never_seen' });
      return 'passed, not_passed, already_passed, never_seen';
    },
  },
  {
    rule: 'R73',
    title: 'gives a card no second passage while one is open',
    run: async (world) => {
      const [first = '', second = ''] = await world.twoCodes();
      const passage = await comeIn(world, first);
      const { gate } = passage;
      mustSay((await scan(gate, second, 'entry')).heard, { verdict: 'declined' });
      mustSay(await say(passage, 'not-passed'), { outcome: 'not_passed' });
      return 'declined';
    },
  },
  {
    rule: 'R71',
    title: 'charges at the exit what the visit cost, and lets out who came in',
    run: async (world) => {
      const [first = '', second = ''] = await world.twoCodes();
      const entry = await comeIn(world, first);
      mustSay(await say(entry, 'passed'), { outcome: 'passed' });
      const exit = await scan(entry.gate, second, 'exit');
      mustSay(exit.heard, { verdict: 'approved', direction: 'exit' });
      const { amount } = exit.heard.body;
      must(Number.isSafeInteger(amount), exit.heard.text);
      must(
        Number(amount) <= Number(entry.heard.body['amount']),
        `more than was held: ${String(amount)}`,
      );
      mustSay(await say(exit, 'passed'), { outcome: 'passed' });
      return `${String(amount)} of at most ${String(entry.heard.body['amount'])}`;
    },
  },
];
