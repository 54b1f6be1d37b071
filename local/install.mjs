/** Brings the dependencies of the lock file into node_modules, when they are not there already. */
import fs from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool.mjs';
import { ROOT } from './folders.mjs';

const OLDEST_NODE = [20, 19];

/** Ends the program with a plain word when this Node is too old to run the project. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Campus Paycode needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

/** @param {{ development: boolean }} need whether the tools of development are needed too */
export async function installIfNeeded(need) {
  if (isInstalled(need)) return;
  console.log('Installing what package-lock.json names (npm ci) ...');
  const npm = process.env['npm_execpath'] ?? '';
  const [program, first] = npm.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code, output } = await runTool(
    program,
    [...first, 'ci', '--prefer-offline', '--no-audit'],
    // The calling npm hands down its own settings; the install must not take "omit" or a prefix from them.
    withoutNpmSettings(process.env),
  );
  if (code === 0) return;
  console.error(output);
  console.error('npm ci failed; its output is above.');
  process.exit(1);
}

/**
 * Compares what npm says it installed with what the lock file asks for.
 * @param {{ development: boolean }} need
 */
function isInstalled({ development }) {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  return Object.entries(wanted).every(([where, entry]) => {
    if (!where.startsWith('node_modules/') || entry.optional || entry.devOptional) return true;
    if (entry.dev && !development) return true;
    const found = present[where];
    return entry.link ? found?.link === true : found?.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { integrity?: string, link?: boolean, dev?: boolean, optional?: boolean, devOptional?: boolean }>}
 */
function packagesIn(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** @param {NodeJS.ProcessEnv} env */
function withoutNpmSettings(env) {
  const handedDown = /^npm_(config_(omit|include|prefix|local_prefix|global)|package_|lifecycle_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !handedDown.test(name)));
}
