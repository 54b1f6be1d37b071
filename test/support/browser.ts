/** A real browser for the stories that are told through a page, and a reader for the codes on its screen. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const CACHE = path.resolve('node_modules', '.cache');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A phone held upright. */
export const phoneScreen = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
} as const;

/** A tablet on a counter. */
export const counterScreen = {
  viewport: { width: 1024, height: 768 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
} as const;

/**
 * `CHROMIUM` names a browser to use; Linux on x64 otherwise takes the one that npm brought along,
 * and every other machine its installed Chrome.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM'];
  if (own !== undefined) return chromium.launch({ executablePath: own, args: FLAGS });
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = unpackedChromium();
    const executablePath = path.join(folder, 'chromium');
    return chromium.launch({ executablePath, args: FLAGS, env: environmentOf(folder) });
  }
  return chromium.launch({ channel: 'chrome', args: FLAGS }).catch((error: unknown) => {
    throw new Error(
      `The stories told in a browser need one, and none was found on ${process.platform} ` +
        `${process.arch}. Install Chrome, or set CHROMIUM to the path of a Chrome or Chromium.`,
      { cause: error },
    );
  });
}

/**
 * Unpacked beside the other caches, whole or not at all: two runs may want it at the same time. The
 * package unpacks to the temporary folder of its process, and its own libraries only for Lambda.
 */
function unpackedChromium(): string {
  const manifest = path.resolve('node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = path.join(CACHE, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(path.join(CACHE, 'chromium-draft-'));
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const unpacked = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env });
  if (unpacked.status !== 0) {
    throw new Error(`Unpacking the browser failed:\n${unpacked.stderr.toString()}`);
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    // The other run was first.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function environmentOf(folder: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  env['LD_LIBRARY_PATH'] = path.join(folder, 'al2023', 'lib');
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = path.join(folder, 'fonts');
  return env;
}

export type ReadSymbol = { readonly format: string; readonly text: string };

let prepared = false;

/** Every QR and CODE 128 on a picture, as a scanner would read them. */
export async function readSymbols(png: Uint8Array): Promise<ReadSymbol[]> {
  if (!prepared) {
    const wasm = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
    // The decoder would otherwise fetch it from the network.
    const wasmBinary = new Uint8Array(wasm).buffer;
    prepareZXingModule({ overrides: { wasmBinary } });
    prepared = true;
  }
  const found = await readBarcodes(new Uint8Array(png), { formats: ['QRCode', 'Code128'] });
  return found.map(({ format, text }) => ({ format, text }));
}

/** A picture for a person to look at, when `PICTURES` names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
