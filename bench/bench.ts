import type { Arguments, Part } from './arguments.js';
import type { Campus, Server } from './campus/campus-database.js';
import type { AnswerCount } from './figures/answer-count.js';
import type { KeyFigures } from './figures/marks.js';
import type { Window } from './figures/window.js';
import type { Lengths } from './pace.js';

/** The database that every campus is a copy of; nobody stays connected to it. */
export const templateCampus = 'campus_template';

/** Half of them at the hot merchant, so that both halves are a thousand. */
export const terminalCount = 2_000;

export type NamedWindow = Window & { readonly name: string };

/** One run: what it works on, and what was found so far. */
export type Bench = {
  readonly server: Server;
  readonly asked: Arguments;
  readonly windows: NamedWindow[];
  readonly figures: { -readonly [Key in keyof KeyFigures]: KeyFigures[Key] };
  /** Whatever else is worth keeping, for the JSON. */
  readonly notes: Record<string, unknown>;
  say(line: string): void;
  wants(part: Part): boolean;
  lengths(seconds: number): Lengths;
  keep(name: string, window: Window): Window;
};

/** A campus whose books are proven at the end, with what was answered to all sales there. */
export type MeasuredCampus = Campus & { readonly answers: AnswerCount };

export const noFigures: KeyFigures = {
  ledgerPostsPerSecondAt64: null,
  ledgerP99MsAt64: null,
  httpPaymentsPerSecondAt64: null,
  httpP99MsAt64: null,
  noopRequestsPerSecond: null,
  signedNoopRequestsPerSecond: null,
  pgbenchTps: null,
  oneCommitPerSaleTps: null,
  hotOverSpread: null,
  tenMillionOverEmpty: null,
  aloneOverBareCall: null,
};
