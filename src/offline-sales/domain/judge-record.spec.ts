import { describe, expect, it } from '@jest/globals';
import { judgeRecord, type Judgement, type RecordFacts } from './judge-record.js';

const now = 1_795_320_000;
const plain: RecordFacts = {
  fault: undefined,
  order: 'free',
  forged: undefined,
  codeTime: now - 600,
  occurredAt: now - 595,
  now,
  amount: 1_250n,
  perSale: 3_000n,
  perCard: 6_000n,
  soldHere: 0n,
  twin: null,
  isDoubled: false,
  listed: null,
  hotlistVersion: 12n,
};
const listed = { at: now - 700, version: 12n, reason: 'card_lost' };
const sell: Judgement = { kind: 'sell', isDoubled: false };
const quarantine = (reason: string) => ({ kind: 'quarantine', reason });
const refuse = (reason: string) => ({ kind: 'refuse', reason });

const table: readonly [string, Partial<RecordFacts>, object][] = [
  ['sells what is in order', {}, sell],
  ['sells at the very limits', { amount: 3_000n, soldHere: 3_000n }, sell],
  [
    'sells both codes of one counter, and ends the phone',
    { isDoubled: true },
    { kind: 'sell', isDoubled: true },
  ],
  ['keeps what does not follow for two people', { fault: 'record_gap' }, quarantine('record_gap')],
  [
    'keeps a fault before it asks anything else',
    { fault: 'chain_broken', order: 'reversed' },
    quarantine('chain_broken'),
  ],
  [
    'keeps what has not happened yet',
    { occurredAt: now + 61, codeTime: now + 61 },
    quarantine('time_disorder'),
  ],
  ['takes a clock that is a minute ahead', { occurredAt: now + 60, codeTime: now + 60 }, sell],
  [
    'keeps a code from another minute than the sale',
    { codeTime: now - 656 },
    quarantine('code_time_off'),
  ],
  ['takes a code that is a minute old', { codeTime: now - 655 }, sell],
  [
    'keeps a sale above the limit of its class',
    { amount: 3_001n },
    quarantine('amount_over_limit'),
  ],
  [
    'keeps a sale above what a card may spend there',
    { amount: 2_000n, soldHere: 4_001n },
    quarantine('card_over_limit'),
  ],
  ['refuses what the terminal reversed', { order: 'reversed' }, refuse('order_number_reversed')],
  ['refuses an order number with an answer', { order: 'answered' }, refuse('order_number_reused')],
  [
    'refuses a code that its phone did not sign',
    { forged: 'code_forged' },
    refuse('code_not_ours'),
  ],
  [
    'refuses a certificate that nobody issued',
    { forged: 'unknown', amount: 9_000n, perSale: 0n },
    refuse('code_not_ours'),
  ],
  [
    'answers the same sale, scanned twice, as one',
    { twin: { at: 'here', payment: 7n } },
    { kind: 'replay', reason: 'scanned_again', payment: 7n, bears: 'cardholder' },
  ],
  [
    'lets a merchant bear a code that its other terminal took',
    { twin: { at: 'merchant', payment: 7n } },
    { kind: 'replay', reason: 'offline_replay', payment: 7n, bears: 'merchant' },
  ],
  [
    'lets the house bear a code that another merchant took',
    { twin: { at: 'elsewhere', payment: 7n }, soldHere: 6_000n },
    { kind: 'replay', reason: 'offline_replay', payment: 7n, bears: 'house' },
  ],
  [
    'refuses a certificate that the terminal had on its list',
    { listed },
    refuse('certificate_revoked'),
  ],
  [
    'refuses it by a newer list too',
    { listed, hotlistVersion: 13n },
    refuse('certificate_revoked'),
  ],
  [
    'lets the house bear what the terminal could not know',
    { listed, hotlistVersion: 11n },
    { kind: 'bear', reason: 'certificate_revoked' },
  ],
  [
    'lets the house bear what no list had yet',
    { listed: { ...listed, version: null }, hotlistVersion: 99n },
    { kind: 'bear', reason: 'certificate_revoked' },
  ],
  ['sells a code from before it was listed', { listed: { ...listed, at: now - 599 } }, sell],
  ...(['allowance_drawn', 'owed', 'code_doubled'] as const).map(
    (reason): [string, Partial<RecordFacts>, object] => [
      `sells by a phone in its owner's hand: ${reason}`,
      { listed: { ...listed, reason }, hotlistVersion: 11n },
      sell,
    ],
  ),
  [
    'refuses a terminal that knew, whosever hand it was in',
    { listed: { ...listed, reason: 'owed' } },
    refuse('certificate_revoked'),
  ],
];

describe('a record that a terminal brings', () => {
  it.each(table)('%s', (_, facts, judgement) => {
    expect(judgeRecord({ ...plain, ...facts })).toEqual(judgement);
  });

  it.each(
    table.flatMap(([, facts, judgement]) =>
      'kind' in judgement && judgement.kind === 'quarantine' ? [facts] : [],
    ),
  )('is decided as it would have been when two people release it: %o', (facts) => {
    const expected = facts.order === 'reversed' ? refuse('order_number_reversed') : sell;
    expect(judgeRecord({ ...plain, ...facts }, true)).toEqual(expected);
  });
});
