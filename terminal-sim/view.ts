import type { Glance, Outcome } from './fates.js';
import type { Lateness } from './own-lag.js';
import { rateOf } from './report.js';
import type { Tally } from './tally.js';

export type Snapshot = {
  readonly planned: number;
  readonly elapsedMs: number;
  readonly tally: Glance;
  readonly tills: readonly TillOnScreen[];
  /** Of a day: what the campus's clock says, and who waits where. */
  readonly campus: { readonly clock: string; readonly places: readonly PlaceOnScreen[] } | null;
  readonly waitsForService: boolean;
};

/** How many people wait, and how many have paid. */
export type PlaceOnScreen = {
  readonly name: string;
  readonly waiting: number;
  readonly served: number;
};

export type TillOnScreen = { readonly code: string; readonly shows: string };

const redrawMs = 200;
const lineMs = 2_000;
const barWidth = 36;
const cellWidth = 22;
const nameWidth = 24;

/** Redraws in place on a terminal; says a plain line now and then anywhere else. */
export class View {
  private timer: NodeJS.Timeout | undefined;
  private drawn = 0;
  private look: () => Snapshot = () => {
    throw new Error('Nothing to look at yet.');
  };

  constructor(private readonly screen: NodeJS.WriteStream = process.stdout) {}

  say(line: string): void {
    this.screen.write(`${line}\n`);
  }

  /** A line that the next one replaces; nothing where lines stay. */
  mention(line: string): void {
    if (this.screen.isTTY) this.screen.write(`\r\x1b[2K${line}`);
  }

  start(look: () => Snapshot): void {
    this.look = look;
    const every = this.screen.isTTY ? redrawMs : lineMs;
    this.timer = setInterval(() => {
      this.draw();
    }, every);
  }

  stop(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.draw();
  }

  private draw(): void {
    const snapshot = this.look();
    if (!this.screen.isTTY) {
      this.say(lineOf(snapshot));
      return;
    }
    const width = Math.max(40, this.screen.columns - 1);
    const lines = pictureOf(snapshot, width).map((line) => cut(line, width));
    // One write, so that nothing flickers: back to the first line, each line anew, the rest away.
    const back = this.drawn > 0 ? `\x1b[${this.drawn}A` : '';
    this.screen.write(`${back}${lines.map((line) => `\x1b[2K${line}\n`).join('')}\x1b[J`);
    this.drawn = lines.length;
  }
}

/** The picture for a terminal of this width, line by line. */
export function pictureOf(snapshot: Snapshot, width: number): string[] {
  const { planned, tally, elapsedMs, tills, waitsForService } = snapshot;
  const part = planned === 0 ? 1 : Math.min(1, tally.sales / planned);
  const full = Math.round(part * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  const perRow = Math.max(1, Math.floor((width - 2) / cellWidth));
  const rows: string[] = [];
  for (let at = 0; at < tills.length; at += perRow) {
    const row = tills.slice(at, at + perRow);
    rows.push(`  ${row.map(cellOf).join('')}`);
  }
  return [
    `${bar} ${tally.sales}/${planned}  ${rateOf(tally, elapsedMs)}/s`,
    `  ${countsOf(tally)}`,
    `  ${reasonsOf(tally)}`,
    `  p50 ${ms(tally.p50Ms)}   p99 ${ms(tally.p99Ms)}${waitsForService ? '   waiting for the service' : ''}`,
    ...campusRows(snapshot, width),
    ...rows,
  ];
}

/** A queue for each place, as long as there is room. */
function campusRows({ campus }: Snapshot, width: number): string[] {
  if (campus === null) return [];
  const room = Math.max(5, width - nameWidth - 20);
  const rows = campus.places.map(({ name, waiting, served }) => {
    const queue = '•'.repeat(Math.min(waiting, room));
    return `  ${name.slice(0, nameWidth).padEnd(nameWidth)} ${String(served).padStart(5)}  ${queue} ${waiting}`;
  });
  return [`  ${campus.clock}`, ...rows];
}

/** One plain line for a log. */
export function lineOf({ planned, tally, elapsedMs, waitsForService, campus }: Snapshot): string {
  const wait = waitsForService ? '  waiting for the service' : '';
  return (
    `${campus === null ? '' : `${campus.clock}  `}${tally.sales}/${planned}  ${rateOf(tally, elapsedMs)}/s  ${countsOf(tally)}  ` +
    `p50 ${ms(tally.p50Ms)}  p99 ${ms(tally.p99Ms)}${wait}`
  );
}

export function countsOf(counts: Readonly<Record<Outcome, number>>) {
  const { approved, declined, refused, reversed, pending, unknown } = counts;
  const open = pending + unknown;
  return `approved ${approved}  declined ${declined}  refused ${refused}  reversed ${reversed}  open ${open}`;
}

export function reasonsOf({ byReason }: Pick<Glance, 'byReason'>): string {
  const reasons = Object.entries(byReason).sort(([, a], [, b]) => b - a);
  return reasons.map(([reason, count]) => `${reason} ${count}`).join('  ') || 'no declines yet';
}

/** Scan to verified answer, and how late this program itself was, which counts in it. */
export function timesOf({ p50Ms, p99Ms, p999Ms, quiet, lateWords }: Tally, own: Lateness): string {
  const still = quiet === null ? '' : `, p99 ${ms(quiet.p99Ms)} of the ${quiet.sales} in which it`;
  return (
    `first answers: p50 ${ms(p50Ms)}  p99 ${ms(p99Ms)}  p999 ${ms(p999Ms)}; the simulator itself ` +
    `was late by p99 ${own.p99Ms} ms, at most ${own.mostMs} ms${still}${still && ' never stood still'}` +
    (lateWords > 0
      ? `\n${lateWords} students said yes too late: one PIN is checked after another`
      : '')
  );
}

const cellOf = ({ code, shows }: TillOnScreen): string =>
  `${code} ${shows}`.slice(0, cellWidth - 1).padEnd(cellWidth);

const ms = (value: number | null): string => (value === null ? '-' : `${value} ms`);

const cut = (line: string, width: number): string =>
  line.length > width ? `${line.slice(0, width - 1)}…` : line;
