import type { SignatureAlgorithm } from '@campus-paycode/terminal-protocol';
import type { LocalName } from '../places/place.js';

/** A device at a place that scans, with the key that a request was signed under. */
export type Terminal = {
  readonly id: bigint;
  /** The till's code, the first half of each short number. */
  readonly code: string;
  readonly name: LocalName;
  readonly place: bigint;
  readonly status: 'active' | 'revoked';
};

export type TerminalKey = {
  readonly terminal: Terminal;
  readonly generation: number;
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: Buffer;
  readonly status: 'active' | 'retired';
};

/** The name under which a terminal signs: `t-12.1` is the first key of terminal 12. */
export const keyIdOf = (terminal: bigint, generation: number): string =>
  `t-${terminal}.${generation}`;
