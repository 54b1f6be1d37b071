/** The module graph as a picture, drawn from the same table that the tests hold the code to. */
import { house, modulesFromTheGroundUp, type ModuleName } from '../../src/module-graph.js';

const mayImport = (name: ModuleName): readonly ModuleName[] => house[name].may;

/** How many modules stand below one another under this one, platform and money not counted. */
export const depthOf = (name: ModuleName): number =>
  Math.max(-1, ...mayImport(name).map(depthOf)) + 1;

/** Whether one reaches the other by way of a third: such a line would only clutter the picture. */
const reachesAnyway = (from: ModuleName, to: ModuleName): boolean =>
  mayImport(from).some((by) => by !== to && (mayImport(by).includes(to) || reachesAnyway(by, to)));

/** As the formatter would align it. */
function alignedTable(lines: readonly (readonly string[])[]): string[] {
  const [head = []] = lines;
  const widths = head.map((_, at) => Math.max(3, ...lines.map((line) => (line[at] ?? '').length)));
  const written = lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  const [first = [], ...rest] = written;
  return [first, rule, ...rest].map((line) => `| ${line.join(' | ')} |`);
}

/** Mermaid, the roof on top; a line that follows from others is left out. */
export function drawHouse(): string {
  const drawn = modulesFromTheGroundUp.filter((name) => name !== 'platform' && name !== 'money');
  const depths = [...new Set(drawn.map(depthOf))].sort((a, b) => b - a);
  const floors = depths.map((depth) => {
    const names = drawn.filter((name) => depthOf(name) === depth);
    return [
      `  subgraph floor${depth}[" "]`,
      '    direction LR',
      ...names.map((n) => `    ${n}`),
      '  end',
    ];
  });
  const lines = drawn.flatMap((name) =>
    mayImport(name)
      .filter((to) => !reachesAnyway(name, to))
      .map((to) => `  ${name} --> ${to}`),
  );
  const cells = [
    ['module', 'what it is', 'may import'],
    ...modulesFromTheGroundUp.map((name) => [
      `\`${name}\``,
      house[name].is,
      mayImport(name)
        .map((to) => `\`${to}\``)
        .join(' '),
    ]),
  ];
  return [
    '```mermaid',
    'flowchart TD',
    ...floors.flat(),
    ...lines,
    '```',
    '',
    ...alignedTable(cells),
  ].join('\n');
}
