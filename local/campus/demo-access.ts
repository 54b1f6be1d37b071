import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How people and the simulator get into a demo; a file beside the database, readable by its owner alone. */
export type DemoAccess = {
  readonly members: readonly DemoMember[];
  /** The first students' password for signing in from another browser. */
  readonly studentPassword: string;
  /** Who says yes at a till, there by number and PIN. */
  readonly supervisor?: { readonly tillNumber: string; readonly pin: string };
  readonly plastic?: readonly DemoPlastic[];
};

/** A plastic card of the student with this number. */
export type DemoPlastic = {
  readonly student: string;
  readonly printed: string;
  readonly chip: string;
};

export type DemoMember = {
  readonly name: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly roles: readonly string[];
};

const fileOf = (dataDir: string): string => path.join(dataDir, 'demo-staff.json');

export function readDemoAccess(dataDir: string): DemoAccess | undefined {
  const file = fileOf(dataDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccess) : undefined;
}

export function writeDemoAccess(dataDir: string, access: DemoAccess): void {
  const file = fileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Twelve letters and digits that nobody confuses. */
export const newPassword = (): string =>
  Array.from(randomBytes(12), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('');

/** Six digits that nobody tries first: the first two differ by more than a step. */
export const newPin = (): string =>
  `${randomInt(1, 4)}${randomInt(6, 10)}${randomInt(1_000, 10_000)}`;
