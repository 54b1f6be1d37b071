/**
 * Compiles the programs to dist/ and bundles the pages; does nothing when nothing changed.
 * As a command: node local/build.mjs
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePages } from './build-pages.mjs';
import { fingerprintOf, filesUnder, ROOT } from './folders.mjs';
import { holding } from './owner-lock.mjs';
import { runTool } from './run-tool.mjs';

const PROGRAMS = ['src', 'local', 'terminal-sim', 'bench', 'test/faults'];
const NOT_COPIED = /\.(ts|mjs|md)$/;
const NOT_BUILT = /(\.(spec|int-spec)\.ts|\.mjs|\.md)$/;
const STAMP = path.join(ROOT, 'dist', '.built.json');
const LOCK = path.join(ROOT, 'node_modules', '.cache', 'build.lock');

/**
 * @typedef {object} BuildOptions
 * @property {boolean} [tolerant] a type error, or a page that does not bundle, is shown, but does not stop the caller
 */

/**
 * Two builds at once would spoil each other's output, so that the second waits and then finds its work done.
 * @param {BuildOptions} [options]
 * @returns {Promise<boolean>} whether everything compiled
 */
export async function build(options = {}) {
  if (isCurrent()) return true;
  return holding(LOCK, 'the build', async () => {
    const now = fingerprints();
    const before = stamped();
    let compiled = now.programs === before.programs || (await compile(options));
    if (compiled || options.tolerant) {
      copyOtherFiles();
      if (now.pages !== before.pages || now.programs !== before.programs)
        compiled = (await bundle(options)) && compiled;
    }
    if (compiled) fs.writeFileSync(STAMP, JSON.stringify(now));
    return compiled;
  });
}

function isCurrent() {
  const now = fingerprints();
  const before = stamped();
  return now.programs === before.programs && now.pages === before.pages;
}

function fingerprints() {
  const shared = ['package-lock.json', 'tsconfig.base.json', 'packages'];
  return {
    programs: fingerprintUnder([...shared, 'tsconfig.json', ...PROGRAMS]),
    pages: fingerprintUnder([...shared, 'pages']),
  };
}

/** @param {string[]} places */
function fingerprintUnder(places) {
  return fingerprintOf(places.flatMap(filesUnder).filter((file) => !NOT_BUILT.test(file)));
}

/** @returns {{ programs?: string, pages?: string }} */
function stamped() {
  try {
    return JSON.parse(fs.readFileSync(STAMP, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {BuildOptions} options */
async function compile({ tolerant = false }) {
  console.log('Compiling ...');
  removeLeftovers();
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, output } = await runTool(process.execPath, [tsc, '-b']);
  if (code === 0) return true;
  console.error(output);
  if (!tolerant) console.error('The build failed; the errors are above.');
  return false;
}

/**
 * @param {BuildOptions} options
 * @returns {Promise<boolean>}
 */
async function bundle({ tolerant = false }) {
  try {
    await bundlePages();
    return true;
  } catch (error) {
    if (!tolerant) throw error;
    console.error(String(error));
    return false;
  }
}

/** A deleted source must not live on as its old output: programs list folders, and imports would still resolve. */
function removeLeftovers() {
  for (const program of PROGRAMS) {
    const output = path.join('dist', program);
    for (const file of filesUnder(output)) {
      const source = path.relative('dist', file);
      const stem = source.replace(/\.js(\.map)?$/, '');
      const exists = [source, `${stem}.ts`].some((name) => fs.existsSync(path.join(ROOT, name)));
      if (!exists) fs.rmSync(path.join(ROOT, file));
    }
  }
}

/** What a program reads at run time beside its code (SQL, pages of the fakes) goes where its code goes. */
function copyOtherFiles() {
  for (const file of PROGRAMS.flatMap(filesUnder).filter((name) => !NOT_COPIED.test(name))) {
    const target = path.join(ROOT, 'dist', file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), target);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await build()) ? 0 : 1;
}
