/** The project's folder, and a fingerprint of files in it. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const PASSED_OVER = new Set(['node_modules', 'dist', '.data', '.git']);

/**
 * All files under a folder of the project, in a stable order; a missing folder has none.
 * @param {string} folder relative to the project
 * @returns {string[]} relative to the project
 */
export function filesUnder(folder) {
  const full = path.join(ROOT, folder);
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [folder];
  return fs
    .readdirSync(full)
    .sort()
    .filter((name) => !PASSED_OVER.has(name))
    .flatMap((name) => filesUnder(path.join(folder, name)));
}

/**
 * Changes when any of the files changes, appears or disappears.
 * @param {string[]} files relative to the project
 */
export function fingerprintOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const stat = fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false });
    if (stat) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\0`);
  }
  return hash.digest('hex');
}
