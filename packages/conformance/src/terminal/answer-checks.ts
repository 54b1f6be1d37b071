import { must, mustEqual } from '../check.js';
import { mustBeSameBytes, type TerminalCheck, type TerminalWorld } from './terminal-world.js';
import type { Fault } from './played-wire.js';

/** The first answer is none: the terminal asks again, and shows nothing before it was answered truly. */
async function takesForSilence(world: TerminalWorld, fault: Fault): Promise<string> {
  const { service } = world;
  service.faults.sale = [fault, 'lost', 'lost'];
  await world.scan();
  await world.mustNotShow('approved', 'after an answer that is none');
  await world.pass(3_700);
  await world.mustShow('approved', 'after the true answer');
  mustEqual(service.requests('sale').length, 2, 'sendings');
  return 'asked again by the same bytes, then approved';
}

const untrue: readonly (readonly [string, string, Fault])[] = [
  ['R13', 'takes an answer whose bytes were changed for silence', 'tampered'],
  ['R13', 'takes an answer by another key for silence', 'stranger'],
  ['R13', 'takes an answer without a signature for silence', 'unsigned'],
  ['R13', 'takes the answer to another request for silence', 'replayed'],
  ['R14', 'takes an answer that is bound to nothing for silence', 'unbound'],
];

/** Section 2: which answers count; section 3: whose. */
export const answerChecks: readonly TerminalCheck[] = [
  ...untrue.map(([rule, title, fault]) => ({
    rule,
    title,
    run: (world: TerminalWorld) => takesForSilence(world, fault),
  })),
  {
    rule: 'R11',
    title: 'signs each sending afresh, by the time of the sending',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['lost', 'answer_lost', 'answer_lost'];
      await world.scan();
      await world.pass(5_000);
      const sendings = service.requests('sale');
      must(sendings.length >= 2, `${sendings.length} sendings`);
      for (const { created, at } of sendings) {
        const off = Math.abs(created - (at + service.skewMillis) / 1000);
        must(off <= 3 + world.time.tolerance / 1000, `created was ${off.toFixed(1)} s off`);
      }
      return `${sendings.length} sendings, each signed at its own time`;
    },
  },
  {
    rule: 'R16',
    title: 'enrols again with the same key when the answer was lost',
    bare: true,
    needs: 'enrol-again',
    run: async (world) => {
      const { service, till, where } = world;
      service.faults.enrolment = ['answer_lost'];
      const first = await world.begin().then(
        () => 'it was enrolled',
        () => null,
      );
      must(first === null, `the first time ${first}`);
      await world.act({ do: 'enrol', ...where });
      const keys = service.requests('enrolment').map(({ json }) => json['publicKey']);
      mustEqual(new Set(keys).size, 1, 'keys');
      mustEqual((await till.screen()).says, 'ready', 'the screen');
      return `one key in ${keys.length} sendings`;
    },
  },
  {
    rule: 'R19',
    title: 'fetches the settings when their version changed, and trusts exactly their keys',
    run: async (world) => {
      const { service } = world;
      await world.pass(1_000);
      service.settingsVersion += 1;
      service.offered = ['s-2'];
      await world.pass(310_000);
      must(service.requests('settings').length > 0, 'the settings were not fetched');
      await world.pass(1_000);
      service.signsBy = 's-2';
      await world.scan();
      await world.mustShow('approved', 'under the new key of the service');
      service.signsBy = 's-1';
      await world.scan();
      await world.mustNotShow('approved', 'by a key that the settings list no more');
      return 'the new key counts, the old one does not';
    },
  },
  {
    rule: 'R21',
    title: 'corrects its time after clock_off, and sends at once again',
    run: async (world) => {
      const { service } = world;
      service.skewMillis = 3_600_000;
      await world.scan();
      await world.mustShow('approved', 'at a service that is an hour ahead');
      world.mustComeAt('sale', [0, 0], 'sendings');
      return 'twice at once, then approved';
    },
  },
  {
    rule: 'R23',
    title: 'states the time of the scan by the service’s clock, and the code as it was scanned',
    run: async (world) => {
      const { service } = world;
      await world.scan();
      const [sale] = service.requests('sale');
      const off = Date.parse(String(sale?.json['occurredAt'])) - (sale?.at ?? 0);
      must(Math.abs(off) <= 3_000 + world.time.tolerance, `occurredAt is ${off} ms off`);
      mustEqual(sale?.json['instrument'], { type: 'code', code: world.scanned }, 'the instrument');
      return String(sale?.json['occurredAt']);
    },
  },
  {
    rule: 'R24',
    title: 'lets the verdict alone decide, whatever the status',
    run: async (world) => {
      const declined = { verdict: 'declined', state: 'declined', captured: 0 };
      world.service.book.verdict = { ...declined, reason: 'insufficient_funds' };
      await world.scan();
      await world.mustNotShow('approved', 'after a decline');
      return 'a decline with status 200 is a decline';
    },
  },
  {
    rule: 'R3',
    title:
      'ignores fields that it does not know, and shows the message of a reason it does not know',
    run: async (world) => {
      const { service } = world;
      service.book.verdict = { weather: { rain: [true] }, aField: null };
      await world.scan();
      await world.mustShow('approved', 'after an answer with more fields');
      service.book.verdict = {
        verdict: 'declined',
        state: 'declined',
        captured: 0,
        reason: 'moon_in_the_wrong_house',
        message: { zh: '月亮不对', en: 'The moon stands wrong' },
      };
      await world.scan();
      const { text } = await world.till.screen();
      const isShown = text.includes('月亮不对') || text.includes('The moon stands wrong');
      must(isShown, `the screen says ${text}`);
      return 'approved, then the message of the new reason';
    },
  },
  {
    rule: 'R25',
    title: 'delivers nothing for a sale that has ended since',
    run: async (world) => {
      const { service } = world;
      service.faults.sale = ['answer_lost'];
      await world.scan();
      const { orderNumber = '' } = service.requests('sale')[0]?.json ?? {};
      service.book.decide(String(orderNumber), { state: 'reversed' });
      await world.pass(3_500);
      await world.mustNotShow('approved', 'after a sale that was taken back');
      mustBeSameBytes(service.requests('sale'), 'the sale');
      return 'approved with the state reversed is not shown as approved';
    },
  },
];
