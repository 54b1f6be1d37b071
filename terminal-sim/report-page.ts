import { clockText } from './day.js';
import type { Fate, Outcome } from './fates.js';
import type { Report } from './report.js';
import { rateOf } from './report.js';
import { bars, histogram, stackedColumns, type Series } from './report-charts.js';

type Text = { readonly zh: string; readonly en: string };

/** In the order in which they are stacked; the colors are told apart by those who see few. */
const outcomes: readonly (Text & { readonly outcome: Outcome; readonly color: string })[] = [
  { outcome: 'approved', zh: '成功', en: 'approved', color: '#2a7f62' },
  { outcome: 'declined', zh: '拒绝', en: 'declined', color: '#e0a100' },
  { outcome: 'refused', zh: '未受理', en: 'refused', color: '#8a8f98' },
  { outcome: 'reversed', zh: '已撤销', en: 'reversed', color: '#3b6fb6' },
  { outcome: 'pending', zh: '等待确认', en: 'pending', color: '#9a5fb5' },
  { outcome: 'unknown', zh: '未知', en: 'unknown', color: '#c0392b' },
];

const columnCount = 60;

const style = `:root{color-scheme:light dark;--ink:#1b1f24;--soft:#667;--ground:#fff;--line:#d8dce2}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#9aa3ad;--ground:#15181c;--line:#3a4048}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin:2rem 0 .5rem;font-size:1.1rem}small,.soft,figcaption{color:var(--soft)}
svg{width:100%;height:auto;display:block}svg text{fill:var(--soft);font-size:11px}svg .axis{stroke:var(--line)}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.25rem .5rem;text-align:left}
td.number{text-align:right;font-variant-numeric:tabular-nums}.verdict{font-size:1.4rem;font-weight:600}
.holds{color:#2a7f62}.fails{color:#c0392b}.key{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 1em}`;

/** The report as one page that needs nothing else: charts, figures and checks, in Chinese and English. */
export function writePage(report: Report, fates: readonly Fate[]): string {
  const { title } = report;
  const parts = [
    `<h1>${escaped(title.zh)} <small>${escaped(title.en)}</small></h1>`,
    `<p class="soft">${escaped(report.startedAt)} · seed ${report.seed}</p>`,
    verdictOf(report),
    figuresOf(report),
    coursePart(fates),
    placesPart(report),
    latencyPart(fates),
    tablePart({ zh: '原因', en: 'Reasons' }, report.tally.byReason),
    tablePart(
      { zh: '故障', en: 'What went wrong' },
      countBy(fates, ({ mishap }) => mishap),
    ),
    tablePart({ zh: '被询问者的回答', en: 'Words of those asked' }, countBy(fates, wordOf)),
    checksPart(report),
  ];
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title.zh)} ${escaped(title.en)}</title><style>${style}</style></head>
<body>
${parts.filter((part) => part !== '').join('\n')}
</body></html>
`;
}

function verdictOf({ judgment: { checks } }: Report): string {
  const failed = checks.filter(({ holds }) => !holds).length;
  return failed === 0
    ? `<p class="verdict holds">✓ ${checks.length} 项检查全部成立 <small>all checks hold</small></p>`
    : `<p class="verdict fails">✗ ${failed} / ${checks.length} 项检查不成立 <small>checks fail</small></p>`;
}

function figuresOf({ tally, durationMs, terminals, students, judgment, lateness }: Report): string {
  const ms = (value: number | null) => (value === null ? '–' : `${value} ms`);
  const lines: readonly (readonly [string, string, string])[] = [
    ['笔数', 'Sales', String(tally.sales)],
    ['每秒笔数', 'Sales per second', String(rateOf(tally, durationMs))],
    ['终端', 'Terminals', String(terminals)],
    ['学生', 'Students', String(students)],
    ['首次应答 p50 / p99', 'First answer', `${ms(tally.p50Ms)} / ${ms(tally.p99Ms)}`],
    [
      '模拟器自身延迟 p99 / 最大',
      'How late the simulator itself was',
      `${ms(lateness?.p99Ms ?? null)} / ${ms(lateness?.mostMs ?? null)}`,
    ],
    ['等待确认的笔数', 'Sales that waited for a word', String(tally.asked)],
    [
      '至最终结果 p50 / p99',
      'Scan to their end',
      `${ms(tally.p50WordMs)} / ${ms(tally.p99WordMs)}`,
    ],
    ['重复入账', 'Paid twice', String(judgment.doubled)],
    ['缺失', 'Missing', String(judgment.missing)],
    ['总账合计（分）', 'Sum of the ledger (fen)', String(judgment.ledgerSum)],
  ];
  const rows = lines.map(
    ([zh, en, value]) =>
      `<tr><td>${zh} <small>${en}</small></td><td class="number">${escaped(value)}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

/** How many sales of each outcome began when. */
function coursePart(fates: readonly Fate[]): string {
  if (fates.length === 0) return '';
  const began = fates.map(({ beganAt }) => beganAt);
  const first = began.reduce((least, one) => Math.min(least, one), Infinity);
  const last = began.reduce((most, one) => Math.max(most, one), -Infinity);
  const width = Math.max(1_000, Math.ceil((last - first + 1) / columnCount / 1_000) * 1_000);
  const count = Math.floor((last - first) / width) + 1;
  const series: Series[] = outcomes.map(({ outcome, color }) => {
    const columns = Array<number>(count).fill(0);
    for (const fate of fates) {
      const at = Math.floor((fate.beganAt - first) / width);
      if (fate.outcome === outcome) columns[at] = (columns[at] ?? 0) + 1;
    }
    return { color, columns };
  });
  const totals = outcomes.map(({ outcome, zh, en, color }) => ({
    label: `${zh} ${en}`,
    color,
    value: fates.filter((fate) => fate.outcome === outcome).length,
  }));
  const seconds = width / 1_000;
  const unit = `每 ${seconds} 秒的笔数 <small>sales per ${seconds} s, by their outcome</small>`;
  return (
    section({ zh: '结果', en: 'Outcomes' }, bars(totals)) +
    `<figure>${stackedColumns(series, ['0 s', `${count * seconds} s`])}<figcaption>${unit}</figcaption></figure>`
  );
}

/** How the places of a day fared, and how long the queue of each was. */
function placesPart({ day }: Report): string {
  if (day === null) return '';
  const { plan, names, hours } = day;
  const heads = [
    ['地点', 'place'],
    ['笔数', 'served'],
    ['最长队伍', 'longest queue'],
    ['平均等待（秒）', 'mean wait, s'],
    ['最长等待（秒）', 'longest wait, s'],
    ['嫌队长离开', 'too many people'],
    ['未营业', 'closed'],
  ].map(([zh, en]) => `<th>${zh} <small>${en}</small></th>`);
  const rows = plan.places.map((fared) => {
    const { served, queueMost, waitMean, waitMost, drivenAway, foundClosed } = fared;
    const figures = [served, queueMost, waitMean, waitMost, drivenAway, foundClosed];
    const cells = figures.map((figure) => `<td class="number">${figure}</td>`).join('');
    return `<tr><td>${escaped(names[fared.place] ?? '')}</td>${cells}</tr>`;
  });
  const ends = [clockText(hours.from), clockText(hours.until)] as const;
  const charts = plan.places.map(({ place, queues }) => {
    const chart = stackedColumns([{ color: '#3b6fb6', columns: queues }], ends);
    const caption = `${escaped(names[place] ?? '')}：每刻钟排队人数 <small>people waiting, each quarter of an hour</small>`;
    return `<figure>${chart}<figcaption>${caption}</figcaption></figure>`;
  });
  return (
    section(
      { zh: '地点', en: 'Places' },
      `<table><tr>${heads.join('')}</tr>${rows.join('')}</table>`,
    ) + section({ zh: '队伍', en: 'Queues' }, charts.join(''))
  );
}

function latencyPart(fates: readonly Fate[]): string {
  const first = fates.map(({ millis }) => millis).filter((one) => one !== null);
  const final = fates.map(({ finalMillis }) => finalMillis).filter((one) => one !== null);
  const charts = [
    section({ zh: '首次应答用时', en: 'Time to the first answer' }, histogram(first)),
  ];
  const words = { zh: '等待确认者至最终结果', en: 'Scan to the end, of those that waited' };
  if (final.length > 0) charts.push(section(words, histogram(final)));
  return first.length === 0 ? '' : charts.join('');
}

function tablePart(title: Text, counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `<tr><td>${escaped(name)}</td><td class="number">${count}</td></tr>`);
  return rows.length === 0 ? '' : section(title, `<table>${rows.join('')}</table>`);
}

function checksPart({ judgment: { checks } }: Report): string {
  const rows = checks.map(({ name, holds, detail }) => {
    const mark = holds ? '<td class="holds">✓</td>' : '<td class="fails">✗</td>';
    return `<tr>${mark}<td>${escaped(name)}</td><td class="soft">${escaped(detail)}</td></tr>`;
  });
  return section({ zh: '检查', en: 'Checks' }, `<table>${rows.join('')}</table>`);
}

const wordOf = ({ asked, word }: Fate): string | null =>
  asked === null || word === null ? null : `${asked}: ${word}`;

function countBy(fates: readonly Fate[], nameOf: (fate: Fate) => string | null) {
  const counts: Record<string, number> = {};
  for (const fate of fates) {
    const name = nameOf(fate);
    if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const section = ({ zh, en }: Text, content: string): string =>
  `<h2>${zh} <small>${en}</small></h2>${content}`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
