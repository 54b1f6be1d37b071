import { describe, expect, it } from '@jest/globals';
import type { Fate } from './fates.js';
import { writePage } from './report-page.js';
import { markOf, writeReport, type Report } from './report.js';
import { tally } from './tally.js';

const fate = (told: Partial<Fate>): Fate => ({
  orderNumber: 'one',
  terminalId: '1',
  kind: 'canteen',
  student: 0,
  mishap: null,
  outcome: 'approved',
  reason: null,
  amount: 1250,
  captured: 1250,
  returned: 0,
  beganAt: 1_000,
  millis: 40,
  asked: null,
  word: null,
  heard: null,
  finalMillis: null,
  ...told,
});

const fates: Fate[] = [
  fate({}),
  fate({ beganAt: 2_500, millis: 900 }),
  fate({ beganAt: 2_600, outcome: 'declined', reason: 'code_used', mishap: 'code-again' }),
  fate({ beganAt: 9_000, asked: 'phone', word: 'confirm', millis: 50, finalMillis: 4_200 }),
  fate({ beganAt: 9_100, mishap: 'line-dead', millis: 8_000 }),
];

const report: Report = {
  scenario: 'mine',
  title: { zh: '甲', en: 'A <lunch>' },
  tally: tally(fates),
  judgment: {
    checks: [{ name: 'All & sundry', holds: true, detail: '3 < 4' }],
    doubled: 0,
    missing: 0,
    ledgerSum: 0n,
  },
  seed: 7,
  durationMs: 10_000,
  terminals: 2,
  students: 5,
  sentHome: 0,
  p99Mark: null,
  day: null,
  lateness: { p50Ms: 0.1, p99Ms: 3, mostMs: 40 },
  startedAt: '2026-11-22T04:00:00Z',
};

/** The numbers behind the bars of outcomes, and how many rectangles each color has. */
const drawn = (page: string, color: string): number => page.split(`fill="${color}"`).length - 1;

describe('the figures of a lunch', () => {
  it('count a sale that waits by its first answer, and its end by itself', () => {
    expect(report.tally).toMatchObject({ asked: 1, p50WordMs: 4_200, p99WordMs: 4_200 });
    expect(report.tally).toMatchObject({ p50Ms: 40, p99Ms: 900 });
  });

  it('name the scenario and the seed', () => {
    expect(JSON.parse(writeReport(report))).toMatchObject({ scenario: 'mine', seed: 7, asked: 1 });
  });
});

describe('the page of a lunch', () => {
  const page = writePage(report, fates);

  it('needs nothing from anywhere else', () => {
    expect(page).not.toMatch(/https?:|<script|<link|<img|@import|url\(/);
  });

  it('is in Chinese and English', () => {
    for (const words of ['首次应答', 'First answer', '项检查全部成立', 'all checks hold']) {
      expect(page).toContain(words);
    }
  });

  it('takes no text for markup', () => {
    expect(page).toContain('A &#60;lunch&#62;');
    expect(page).toContain('All &#38; sundry');
    expect(page).not.toContain('<lunch>');
  });

  it('draws outcomes in all and over time', () => {
    // One bar in all; approved sales began in three of the seconds, declined ones in one.
    expect(drawn(page, '#2a7f62')).toBe(1 + 3);
    expect(drawn(page, '#e0a100')).toBe(1 + 1);
  });

  it('draws no time that is not a number, also of a lunch that nobody came to', () => {
    const empty = writePage({ ...report, tally: tally([]) }, []);
    for (const one of [page, empty]) expect(one).not.toMatch(/NaN|Infinity|undefined/);
    expect(empty).toContain('</html>');
  });

  it('says in large type that checks fail', () => {
    const checks = [{ name: 'Sums', holds: false, detail: '1 fen' }];
    const failed = writePage({ ...report, judgment: { ...report.judgment, checks } }, fates);
    expect(failed).toContain('✗ 1 / 1 项检查不成立');
  });

  it('shows the queues of a day, place by place', () => {
    const fared = {
      place: 0,
      served: 12,
      drivenAway: 5,
      foundClosed: 0,
      queueMost: 31,
      waitMost: 240,
      waitMean: 60,
      queues: [3, 31],
    };
    const day = {
      plan: { sales: [], places: [fared], wentHome: 2 },
      names: ['一食堂 <First>'],
      hours: { from: 39_600, until: 41_400 },
      lateMs: [1_000, 4_000],
      passages: [],
      uses: [],
    };
    const page = writePage({ ...report, day }, fates);
    expect(page).toContain('一食堂 &#60;First&#62;');
    expect(page).toContain('<td class="number">31</td>');
    expect(page).toContain('11:30');
    expect(JSON.parse(writeReport({ ...report, day }))).toMatchObject({
      day: {
        wentHome: 2,
        late: { p99Seconds: 4 },
        places: [{ name: '一食堂 <First>', queueMost: 31 }],
      },
    });
    expect(writePage(report, fates)).not.toContain('Queues');
  });

  it('says whether a mark is met, which nothing unknown may spoil', () => {
    const mark = (change: object, p99Mark: number | null = 300) =>
      markOf({
        p99Mark,
        tally: { ...report.tally, p99Ms: 299.9, unknown: 0, pending: 0, ...change },
      });
    expect(mark({})).toEqual({ p99Ms: 300, isMet: true });
    expect(mark({ p99Ms: 300 })?.isMet).toBe(false);
    expect(mark({ unknown: 1 })?.isMet).toBe(false);
    expect(mark({}, null)).toBeNull();
  });
});
