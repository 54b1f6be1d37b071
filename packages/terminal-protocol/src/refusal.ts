import type { ProblemCode } from './problems.js';

/** Why a signed message was not accepted. `detail` is English, for logs and for developers. */
export type Refusal<Code extends string = ProblemCode> = {
  readonly ok: false;
  readonly code: Code;
  readonly detail: string;
};

export type Accepted<Value> = { readonly ok: true } & Value;

export function refuse<Code extends string>(code: Code, detail: string): Refusal<Code> {
  return { ok: false, code, detail };
}
