/** What kind of refusal this is; only the filter knows which HTTP status that means. */
export type ProblemKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'unprocessable'
  | 'limited'
  | 'internal'
  | 'unavailable';

/** What the request changed: nothing, perhaps something, or all it asked for. Clients branch on it. */
export type Effect = 'none' | 'unknown' | 'done';

/**
 * One refusal that callers may rely on. `code` is stable for ever; `title` and `detail` are English for the engineer,
 * `zh` and `en` for whoever stands in front of the screen, saying what to do next.
 */
export type Problem = {
  readonly kind: ProblemKind;
  readonly title: string;
  readonly detail: string;
  readonly zh: string;
  readonly en: string;
  /** True when the very same request may succeed later. */
  readonly retryable?: boolean;
  readonly effect?: Effect;
};

/** A module's refusals by their codes. */
export type Problems = Readonly<Record<string, Problem>>;

export type FieldError = { readonly pointer: string; readonly message: string };

export type RefusalOptions = {
  /** A fuller sentence than the catalogue's, never with a secret or a code in it. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
};

/** The request cannot be honoured. Thrown by use cases, answered as RFC 9457 by the filter. */
export class Refusal<Catalogue extends Problems = Problems> extends Error {
  readonly problem: Problem;
  readonly code: string;

  constructor(
    catalogue: Catalogue,
    code: keyof Catalogue & string,
    readonly options: RefusalOptions = {},
  ) {
    const problem = catalogue[code];
    super(options.detail ?? problem?.detail ?? code);
    if (problem === undefined) throw new Error(`No problem is called ${code}.`);
    this.problem = problem;
    this.code = code;
  }
}

/** Our own bug: answered as 500, logged with its stack. */
export class BrokenPromise extends Error {}

export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new BrokenPromise(sentence);
}
