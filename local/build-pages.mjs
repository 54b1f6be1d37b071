/** Bundles each folder of pages/ into dist/pages: main.ts becomes main.js, everything else is copied. */
import fs from 'node:fs';
import path from 'node:path';
import { filesUnder, ROOT } from './folders.mjs';

const OUTPUT = path.join(ROOT, 'dist', 'pages');

export async function bundlePages() {
  fs.rmSync(OUTPUT, { recursive: true, force: true });
  const files = filesUnder('pages');
  for (const file of files.filter((name) => !name.endsWith('.ts'))) {
    const target = path.join(ROOT, 'dist', file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), target);
  }
  const entries = files.filter((name) =>
    /^pages[\\/](phone|till)[\\/](main|receipt)\.ts$/.test(name),
  );
  if (entries.length === 0) return;
  const { build } = await import('esbuild');
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
}
