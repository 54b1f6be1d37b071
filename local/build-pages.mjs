/** Bundles each folder of pages/ into dist/pages: its entries become scripts, everything else is copied. */
import fs from 'node:fs';
import path from 'node:path';
import { filesUnder, ROOT } from './folders.mjs';

const OUTPUT = path.join(ROOT, 'dist', 'pages');
const ENTRY = /^pages[\\/](phone|till|request-log)[\\/](main|receipt)\.ts$/;

/** A service may be serving the old pages: they are replaced one by one, and never all gone. */
export async function bundlePages() {
  const files = filesUnder('pages');
  const copied = files.filter((name) => !name.endsWith('.ts'));
  for (const file of copied) {
    const target = path.join(ROOT, 'dist', file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), target);
  }
  const entries = files.filter((name) => ENTRY.test(name));
  removeLeftovers(copied, entries);
  if (entries.length === 0) return;
  const { build, stop } = await import('esbuild');
  await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outbase: 'pages',
    outdir: OUTPUT,
    bundle: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    sourcemap: true,
    logLevel: 'warning',
  });
  // Its process would stay as long as this one, which in a supervisor is for days.
  await stop();
}

/**
 * @param {string[]} copied
 * @param {string[]} entries
 */
function removeLeftovers(copied, entries) {
  const scripts = entries.map((name) => name.replace(/\.ts$/, '.js'));
  const wanted = [...copied, ...scripts, ...scripts.map((name) => `${name}.map`)];
  const kept = new Set(wanted.map((name) => path.join('dist', name)));
  for (const file of filesUnder(path.join('dist', 'pages'))) {
    if (!kept.has(path.normalize(file))) fs.rmSync(path.join(ROOT, file));
  }
}
