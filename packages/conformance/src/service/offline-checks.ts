import { sha256 } from '@campus-paycode/terminal-client';
import {
  CHAIN_START,
  chainEndOf,
  previousOf,
  recordMessage,
  toBase64Url,
  writeOfflineRecord,
  type OfflineRecord,
  type SignedRecord,
} from '@campus-paycode/terminal-protocol';
import { randomUUID } from 'node:crypto';
import { given, must, mustEqual } from '../check.js';
import { mustSay, type Heard, type Probe } from './probe.js';
import type { ServiceCheck, ServiceWorld } from './service-world.js';

const boot = randomUUID();

/** Two records that follow one another, of codes that nobody ever showed. */
function twoRecords(probe: Probe): SignedRecord[] {
  let end = CHAIN_START;
  return [1, 2].map((sequence) => {
    probe.sequence += 1;
    const record: OfflineRecord = {
      terminalId: probe.id,
      keyId: probe.keyId,
      sequence,
      previous: previousOf(end),
      orderNumber: probe.number(),
      saleSequence: probe.sequence,
      signedQr: (probe.settings?.codePrefix ?? '97').padEnd(453, String(sequence)),
      amount: 100,
      occurredAt: new Date(probe.now()).toISOString(),
      monotonic: 1_000 * sequence,
      boot,
      hotlistVersion: 0,
      hotlistAt: new Date(probe.now() - 60_000).toISOString(),
    };
    const text = writeOfflineRecord(record);
    end = chainEndOf(text, record, sha256);
    return { record: text, signature: toBase64Url(probe.key.sign(recordMessage(text))) };
  });
}

const upload = (probe: Probe, records: readonly SignedRecord[]): Promise<Heard> =>
  probe.send('POST', '/v1/offline-sales', JSON.stringify({ records }));

async function allowed({ desk }: ServiceWorld) {
  const { offline } = await desk.fetchSettings();
  return given(offline, 'a terminal that may sell without a network');
}

/** Section 12, as far as it needs no phone of the service's own. */
export const offlineChecks: readonly ServiceCheck[] = [
  {
    rule: 'R44',
    title: 'tells what a terminal may sell without a network, and nothing at a metered place',
    run: async (world) => {
      const offline = await allowed(world);
      const { classes, perTerminal, issuerKeys, hotlistVersion } = offline;
      const numbers = [
        ...classes.flatMap(({ perSale, perCard }) => [perSale, perCard]),
        ...Object.values(perTerminal),
        hotlistVersion,
      ];
      must(numbers.every(Number.isSafeInteger), JSON.stringify(numbers));
      must(issuerKeys.length > 0, 'no key of the issuer');
      const metered = await world.terminal('metered').fetchSettings();
      mustEqual(metered.offline ?? null, null, 'at a metered place');
      return `${perTerminal.records} records of ${perTerminal.amount} fen`;
    },
  },
  {
    rule: 'R45',
    title: 'gives the whole hotlist to whoever has none, and nothing to whoever has the newest',
    run: async ({ desk }) => {
      const whole = await desk.send('GET', '/v1/hotlists/0');
      mustEqual(whole.status, 200, 'the hotlist');
      const { number, madeAt } = whole.body;
      must(Number.isSafeInteger(number) && !Number.isNaN(Date.parse(String(madeAt))), whole.text);
      mustSay(await desk.send('GET', `/v1/hotlists/${String(number)}`), { number, update: null });
      return `list ${String(number)}`;
    },
  },
  {
    rule: 'R52',
    title: 'takes 1 to 50 records at a time',
    run: async (world) => {
      await allowed(world);
      const { desk } = world;
      await desk.refused(upload(desk, []), 400, 'malformed_request');
      const [record] = twoRecords(desk);
      const many = Array.from({ length: 51 }, () => given(record, 'a record'));
      await desk.refused(upload(desk, many), 400, 'malformed_request');
      return 'neither none nor 51';
    },
  },
  {
    rule: 'R53',
    title: 'decides each record once, in the order sent, and merely forged ones cost nobody',
    run: async (world) => {
      await allowed(world);
      const probe = world.terminal('entered', 1);
      const records = twoRecords(probe);
      const heard = await upload(probe, records);
      mustEqual(heard.status, 200, heard.text.slice(0, 200));
      const decisions = heard.body['decisions'] as { decision: string; paymentId: unknown }[];
      mustEqual(decisions.length, 2, 'decisions');
      const paid = decisions.filter(({ paymentId }) => paymentId !== null);
      mustEqual(paid.length, 0, 'payments by codes that nobody showed');
      const again = await upload(probe, records);
      mustEqual(again.body['decisions'], decisions, 'the same records again');
      return decisions.map(({ decision }) => decision).join(', ');
    },
  },
];
