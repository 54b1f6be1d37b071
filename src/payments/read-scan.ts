import { parseScan, type ParsedCode, type ParsedSignedQr } from '@campus-paycode/paycode';
import { Refusal } from '../platform/errors/problem.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { paymentsProblems } from './payments.errors.js';

/** What a scanner gave, told apart by its form alone. @throws {Refusal} code_malformed, code_foreign */
export function readScan(scanned: string, prefix: string): ParsedCode | ParsedSignedQr {
  const parsed = parseScan(scanned, prefix);
  if (parsed.ok) return parsed;
  throw new Refusal(
    paymentsProblems,
    parsed.refusal.startsWith('foreign:') ? 'code_foreign' : 'code_malformed',
  );
}

/**
 * Where twenty digits are taken and nothing else.
 * @throws {Refusal} instrument_unsupported, code_malformed, code_foreign
 */
export function readDigits(
  instrument: { readonly type: string; readonly code?: string },
  prefix: string,
): ParsedCode {
  const parsed = instrument.type === 'code' ? readScan(instrument.code ?? '', prefix) : undefined;
  if (parsed?.form !== 'digits') throw new Refusal(terminalsProblems, 'instrument_unsupported');
  return parsed;
}
