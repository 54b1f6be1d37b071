/** npm run check: format, lint, types and architecture; a line for each, and everything that a failed one said. */
import os from 'node:os';
import path from 'node:path';
import { filesUnder, ROOT } from './folders.mjs';
import { installIfNeeded, requireNode } from './install.mjs';
import { runTool } from './run-tool.mjs';

/** @param {string} file of an installed package */
const tool = (file) => path.join(ROOT, 'node_modules', file);
const tsc = tool('typescript/bin/tsc');
const esModules = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** The packages first: what imports them is checked against their output. */
const first = [{ name: 'types of the packages', args: [tsc, '-b', ...packages()] }];

/** The longest first, since they run side by side. */
const others = [
  { name: 'types', args: [tsc, '-p', 'tsconfig.check.json'] },
  {
    name: 'architecture',
    args: [...esModules, tool('jest/bin/jest.js'), 'test/architecture/.*[.]spec[.]ts'],
  },
  {
    name: 'format',
    args: [
      tool('prettier/bin/prettier.cjs'),
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      '.',
    ],
  },
  { name: 'types of the pages', args: [tsc, '-p', 'tsconfig.pages.json'], needs: 'pages' },
  { name: 'lint', args: [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '.'] },
].filter(({ needs }) => needs === undefined || filesUnder(needs).some(isTypeScript));

requireNode();
await installIfNeeded({ development: true });
const started = Date.now();
const ready = await runAll(first, 1);
const passed = (await runAll(others, os.availableParallelism())) && ready;
console.log(`${passed ? 'All checks passed' : 'A check failed'} (${seconds(started)}).`);
process.exitCode = passed ? 0 : 1;

/**
 * @param {{ name: string, args: string[] }[]} steps
 * @param {number} atOnce
 */
async function runAll(steps, atOnce) {
  const waiting = [...steps];
  let good = true;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const since = Date.now();
      const { code, output } = await runTool(process.execPath, step.args);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds(since)})`);
      if (code !== 0) console.log(output);
      good &&= code === 0;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return good;
}

function packages() {
  return filesUnder('packages')
    .filter((file) => file.endsWith(`${path.sep}tsconfig.json`))
    .map((file) => path.dirname(file));
}

/** @param {string} file */
function isTypeScript(file) {
  return file.endsWith('.ts');
}

/** @param {number} since */
function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
