import { must, mustEqual } from '../check.js';
import type { PlayedIssuer, SignedPhone } from './played-issuer.js';
import { mustBeSameBytes, type TerminalCheck, type TerminalWorld } from './terminal-world.js';

type Without = { readonly issuer: PlayedIssuer; readonly phone: SignedPhone };

/** The cable is pulled, and the terminal has noticed: its heartbeats go unanswered. */
async function pull(world: TerminalWorld): Promise<Without> {
  const { service } = world;
  const { issuer } = service;
  service.line = 'broken';
  await world.pass(61_000);
  return { issuer, phone: issuer.phone() };
}

async function plugIn(world: TerminalWorld): Promise<void> {
  world.service.line = 'up';
  await world.pass(61_000);
}

const show = (world: TerminalWorld, phone: SignedPhone, amount = 1_000): Promise<string> =>
  world.scanCode(phone.show(), amount);

const offline = { needs: 'offline', offline: true } as const;

/** Section 12, for terminals that sell without a network. */
export const offlineChecks: readonly TerminalCheck[] = [
  {
    ...offline,
    rule: 'R46',
    title: 'sells a signed QR by the service while it answers, and none that it had sent to it',
    run: async (world) => {
      const { service } = world;
      const phone = service.issuer.phone();
      await show(world, phone);
      await world.mustShow('approved', 'while the service answers');
      const [sale] = service.requests('sale');
      const type = (sale?.json['instrument'] as { type?: string } | undefined)?.type;
      mustEqual(type, 'signed_qr', 'the instrument');
      service.line = 'broken';
      const sent = await show(world, phone);
      await world.pass(11_000);
      await world.mustShow('not_confirmed', 'when the cable was pulled in the middle');
      await world.scanCode(sent, 1_000);
      await world.mustNotShow('offline_accepted', 'by a code that was sent');
      await world.pass(61_000);
      await show(world, phone);
      await world.mustShow('offline_accepted', 'by the next code');
      return 'online first, then by the next code alone';
    },
  },
  {
    ...offline,
    bare: true,
    rule: 'R47',
    title: 'refuses a forged code, a refused phone, too much at once and too often',
    run: async (world) => {
      const { issuer } = world.service;
      const refused = issuer.phone();
      issuer.refuse(refused);
      await world.begin();
      const { phone } = await pull(world);
      const never = async (code: string, amount: number, what: string): Promise<void> => {
        await world.scanCode(code, amount);
        await world.mustNotShow('offline_accepted', what);
      };
      await never(issuer.phone({ forged: true }).show(), 1_000, 'by a forged certificate');
      await never(refused.show(), 1_000, 'by a phone of the hotlist');
      await never(phone.show(), 3_001, 'above the sum of one sale');
      for (const turn of ['first', 'second']) {
        await show(world, phone);
        await world.mustShow('offline_accepted', `the ${turn} time`);
      }
      await never(phone.show(), 1_000, 'the third time by one certificate');
      await never(world.codeOfNobody(), 1_000, 'by a code that only the service can judge');
      return 'two sales of one certificate, and nothing else';
    },
  },
  {
    ...offline,
    rule: 'R47',
    title: 'sells no more after a loss of power, or when the service was heard too long ago',
    run: async (world) => {
      const { phone, issuer } = await pull(world);
      await show(world, phone);
      await world.mustShow('offline_accepted', 'before');
      await world.act({ do: 'reboot' });
      await world.pass(2_000);
      await show(world, issuer.phone());
      await world.mustNotShow('offline_accepted', 'when nobody had told it the time');
      await plugIn(world);
      await pull(world);
      await world.pass(3 * 3_600_000);
      await show(world, issuer.phone());
      await world.mustNotShow('offline_accepted', 'three hours after the service was heard');
      return 'neither without time nor after its two hours';
    },
  },
  {
    ...offline,
    rule: 'R48',
    title: 'takes the same digits for the same sale, and sends them nowhere',
    run: async (world) => {
      const { service } = world;
      const { phone, issuer } = await pull(world);
      const code = await show(world, phone);
      await world.scanCode(code, 1_000);
      await plugIn(world);
      await world.scanCode(code, 1_000);
      await world.pass(5_000);
      mustEqual(issuer.kept.length, 1, 'records');
      mustEqual(service.requests('sale').length, 0, 'sales that were sent');
      return 'one record';
    },
  },
  {
    ...offline,
    rule: 'R50',
    title: 'counts records and sales without a gap, each bound to the one before',
    run: async (world) => {
      await world.scan();
      const { phone, issuer } = await pull(world);
      await show(world, phone);
      await show(world, issuer.phone());
      await plugIn(world);
      const told = issuer.kept.map(({ record }) => [record.sequence, record.saleSequence]);
      mustEqual(
        told,
        [
          [1, 2],
          [2, 3],
        ],
        'sequence and saleSequence',
      );
      const wrong = world.service.broken.filter(({ rule }) => rule === 'R50');
      must(wrong.length === 0, wrong[0]?.what ?? '');
      return 'two records after one sale';
    },
  },
  {
    ...offline,
    rule: 'R49',
    title: 'writes records as they must be written',
    run: async (world) => {
      const { phone, issuer } = await pull(world);
      await show(world, phone, 777);
      await plugIn(world);
      const wrong = world.service.broken.filter(({ rule }) => rule === 'R49');
      must(wrong.length === 0, wrong[0]?.what ?? '');
      mustEqual(
        issuer.kept.map(({ record }) => record.amount),
        [777],
        'amounts',
      );
      return issuer.kept[0]?.record.orderNumber ?? '';
    },
  },
  {
    ...offline,
    rule: 'R51',
    title: 'has what it showed as accepted after a loss of power, under the same number',
    run: async (world) => {
      const { phone, issuer } = await pull(world);
      await show(world, phone);
      const { shortNumber } = await world.mustShow('offline_accepted', 'before the loss of power');
      await world.act({ do: 'reboot' });
      await world.pass(1_000);
      await plugIn(world);
      mustEqual(issuer.kept.length, 1, 'records');
      const short = `B3-${String(issuer.kept[0]?.record.saleSequence).padStart(4, '0')}`;
      mustEqual(short, shortNumber, 'its short number');
      return String(shortNumber);
    },
  },
  {
    ...offline,
    rule: 'R52',
    title: 'brings its records by itself, the oldest first, by the same bytes until it is answered',
    run: async (world) => {
      const { service } = world;
      const { phone, issuer } = await pull(world);
      await show(world, phone);
      await show(world, issuer.phone());
      service.faults.records = ['answer_lost', { problem: 'unavailable' }];
      await plugIn(world);
      await world.pass(61_000);
      const uploads = service.requests('records');
      must(uploads.length >= 2, `${uploads.length} uploads`);
      const orders = new Set(issuer.kept.map(({ record }) => record.orderNumber));
      mustEqual([issuer.kept.length, orders.size], [2, 2], 'records and order numbers');
      mustBeSameBytes(uploads.slice(0, 1), 'the upload');
      const { length } = uploads;
      await world.pass(120_000);
      mustEqual(service.requests('records').length, length, 'uploads after the answer');
      return `${length} uploads, two records`;
    },
  },
  {
    ...offline,
    rule: 'R53',
    title: 'sells no more without a network when a record was quarantined',
    run: async (world) => {
      const { phone, issuer } = await pull(world);
      await show(world, phone);
      issuer.decision = 'quarantined';
      await plugIn(world);
      mustEqual(issuer.kept.length, 1, 'records');
      await pull(world);
      await show(world, issuer.phone());
      await world.mustNotShow('offline_accepted', 'after a quarantined record');
      return 'stopped';
    },
  },
  {
    ...offline,
    rule: 'R54',
    title: 'says that it was accepted without a network, and not that it is paid',
    run: async (world) => {
      const { phone } = await pull(world);
      await show(world, phone);
      await world.mustShow('offline_accepted', 'after a sale without a network');
      await world.mustSay('离线已收款', 'after a sale without a network');
      return '离线已收款';
    },
  },
];
