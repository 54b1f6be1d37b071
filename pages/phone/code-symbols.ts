import code128C from 'jsbarcode/bin/barcodes/CODE128/CODE128C.js';
import { create } from 'qrcode';

/** A drawing in whole modules: dark modules as one SVG path, quiet zone included. */
export type Drawing = { readonly width: number; readonly height: number; readonly path: string };

const QR_QUIET = 4;
const BARCODE_QUIET = 10;
const BARCODE_HEIGHT = 40;

/** QR, numeric mode, error correction M: 20 digits take the smallest symbol, 21 modules wide. */
export function qrSymbol(digits: string): Drawing {
  const { modules } = create([{ data: digits, mode: 'numeric' }], { errorCorrectionLevel: 'M' });
  const size = modules.size + 2 * QR_QUIET;
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + QR_QUIET} ${row + QR_QUIET}h1v1h-1z`;
    }
  }
  return { width: size, height: size, path };
}

/** CODE 128, set C: two digits in each symbol character. */
export function barcodeSymbol(digits: string): Drawing {
  const { data } = new code128C.default(digits, {}).encode();
  let path = '';
  for (const { index, length } of runsOf(data)) {
    path += `M${index + BARCODE_QUIET} 0h${length}v${BARCODE_HEIGHT}h-${length}z`;
  }
  return { width: data.length + 2 * BARCODE_QUIET, height: BARCODE_HEIGHT, path };
}

function runsOf(bits: string): { index: number; length: number }[] {
  return [...bits.matchAll(/1+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
}
