import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The phone of a test student: what it needs to make codes, and how far it has shown them. */
export type KeptPersona = {
  readonly name: string;
  readonly says: { readonly zh: string; readonly en: string };
  /** Hexadecimal. */
  readonly seed: string;
  readonly aliasPeriod: number;
  readonly prefix: string;
  /** The counter of the last code. */
  readonly lastShown: number | null;
};

const fileOf = (dataDir: string): string => path.join(dataDir, 'personas.json');

export function readPersonas(dataDir: string): readonly KeptPersona[] {
  const file = fileOf(dataDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeptPersona[]) : [];
}

export function writePersonas(dataDir: string, personas: readonly KeptPersona[]): void {
  const file = fileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(personas, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
