export type Bar = { readonly label: string; readonly color: string; readonly value: number };
export type Series = { readonly color: string; readonly columns: readonly number[] };

const width = 720;
const height = 180;
const foot = 20;
const left = 40;
const barHeight = 22;
const labelWidth = 150;
const perDecade = 5;

/** One bar for each, the longest as wide as there is room. Labels must be free of markup. */
export function bars(all: readonly Bar[]): string {
  const most = Math.max(1, ...all.map(({ value }) => value));
  const room = width - labelWidth - 60;
  const drawn = all.map(({ label, color, value }, at) => {
    const y = at * barHeight;
    const long = (value / most) * room;
    return (
      `<text x="${labelWidth - 8}" y="${y + 15}" text-anchor="end">${label}</text>` +
      `<rect x="${labelWidth}" y="${y + 3}" width="${round(long)}" height="${barHeight - 6}" fill="${color}"/>` +
      `<text x="${round(labelWidth + long + 6)}" y="${y + 15}">${value}</text>`
    );
  });
  return svg(all.length * barHeight, drawn);
}

/** Columns over time, the series on top of each other, between these two moments. */
export function stackedColumns(
  all: readonly Series[],
  [first, last]: readonly [string, string],
): string {
  const count = Math.max(0, ...all.map(({ columns }) => columns.length));
  const sums = Array.from({ length: count }, (_, at) =>
    all.reduce((sum, { columns }) => sum + (columns[at] ?? 0), 0),
  );
  const most = Math.max(1, ...sums);
  const wide = (width - left) / Math.max(1, count);
  const tops = Array<number>(count).fill(0);
  const drawn = all.flatMap(({ color, columns }) =>
    columns.map((value, at) => {
      if (value === 0) return '';
      const top = (tops[at] ?? 0) + value;
      tops[at] = top;
      const y = height - (top / most) * height;
      return column(left + at * wide, y, { wide, high: (value / most) * height, color });
    }),
  );
  return framed(drawn, most, [
    [left, first],
    [width - 30, last],
  ]);
}

/** How many took how long, on a scale where each step of ten has five columns. */
export function histogram(millis: readonly number[]): string {
  if (millis.length === 0) return '';
  const binOf = (value: number) => Math.floor(Math.log10(Math.max(1, value)) * perDecade);
  const bins = millis.map(binOf);
  const first = bins.reduce((least, one) => Math.min(least, one));
  const last = bins.reduce((most, one) => Math.max(most, one));
  const counts = Array<number>(last - first + 1).fill(0);
  for (const bin of bins) counts[bin - first] = (counts[bin - first] ?? 0) + 1;
  const most = counts.reduce((all, one) => Math.max(all, one), 1);
  const wide = (width - left) / counts.length;
  const drawn = counts.map((value, at) => {
    const high = (value / most) * height;
    return column(left + at * wide, height - high, { wide, high, color: '#3b6fb6' });
  });
  const marks = counts.map((_, at): [number, string] => {
    const from = 10 ** ((first + at) / perDecade);
    return [left + at * wide, from < 1_000 ? `${Math.round(from)} ms` : `${round(from / 1_000)} s`];
  });
  const every = Math.ceil(marks.length / 10);
  return framed(
    drawn,
    most,
    marks.filter((_, at) => at % every === 0),
  );
}

function column(
  x: number,
  y: number,
  { wide, high, color }: { wide: number; high: number; color: string },
): string {
  const thin = round(Math.max(1, wide - 1));
  return `<rect x="${round(x)}" y="${round(y)}" width="${thin}" height="${round(high)}" fill="${color}"/>`;
}

function framed(
  drawn: readonly string[],
  most: number,
  marks: readonly (readonly [number, string])[],
): string {
  return svg(height + foot, [
    `<line class="axis" x1="${left}" x2="${width}" y1="${height}" y2="${height}"/>`,
    `<text x="${left - 6}" y="10" text-anchor="end">${most}</text>`,
    `<text x="${left - 6}" y="${height}" text-anchor="end">0</text>`,
    ...drawn,
    ...marks.map(([x, text]) => `<text x="${round(x)}" y="${height + 15}">${text}</text>`),
  ]);
}

const svg = (high: number, drawn: readonly string[]): string =>
  `<svg viewBox="0 0 ${width} ${high}" role="img">${drawn.join('')}</svg>`;

const round = (value: number): number => Math.round(value * 10) / 10;
