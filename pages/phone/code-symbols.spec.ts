import { describe, expect, it } from '@jest/globals';
import { barcodeSymbol, qrSymbol } from './code-symbols.js';

const CODE = '97185965475126865312';

describe('the symbols of a payment code', () => {
  it('are a smallest QR with a quiet zone of four modules', () => {
    expect(qrSymbol(CODE)).toMatchObject({ width: 29, height: 29 });
  });

  it('are a CODE 128 of two digits a character with a quiet zone of ten modules', () => {
    // Start, ten pairs and the checksum of 11 modules each, and a stop of 13.
    expect(barcodeSymbol(CODE).width).toBe(12 * 11 + 13 + 2 * 10);
  });
});
