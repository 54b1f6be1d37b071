import {
  problemMeanings,
  problemType,
  type ProblemCode,
  type ProblemMeaning,
} from '@campus-paycode/terminal-protocol';

/** Answers that a terminal has to take for none. */
export const untrueAnswers = ['tampered', 'stranger', 'unsigned', 'replayed', 'unbound'] as const;

/** What goes wrong with one request. `other_problem` is one that no table has. */
export type Fault =
  | 'lost'
  | 'answer_lost'
  | 'broken'
  | (typeof untrueAnswers)[number]
  | { readonly problem: ProblemCode; readonly retryAfter?: number }
  | { readonly otherProblem: ProblemMeaning }
  | { readonly delay: number };

export type Route =
  | 'enrolment'
  | 'settings'
  | 'heartbeat'
  | 'sale'
  | 'query'
  | 'reversal'
  | 'capture'
  | 'confirmation'
  | 'shift'
  | 'key'
  | 'hotlist'
  | 'records'
  | 'passage'
  | 'passed'
  | 'programmes'
  | 'session'
  | 'progress'
  | 'pin_check'
  | 'supervision'
  | 'void'
  | 'opening'
  | 'credit'
  | 'credit_look'
  | 'readings'
  | 'other';

export type Arrived = {
  readonly route: Route;
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** By the time of the kit. */
  readonly at: number;
  readonly keyId: string;
  readonly created: number;
  readonly signature: string;
};

/** What of a request decides its answer. */
export type Asked = Pick<Arrived, 'route' | 'target' | 'body' | 'json' | 'keyId'>;

export type Reply = { readonly status: number; readonly body: unknown };

export const ok = (body: unknown): Reply => ({ status: 200, body });

export function problem(code: ProblemCode): Reply {
  return problemOf(code, problemMeanings[code], problemType(code));
}

export function otherProblem(meaning: ProblemMeaning): Reply {
  return problemOf('newly_invented', meaning, 'urn:campus-paycode:problem:newly_invented');
}

function problemOf(code: string, meaning: ProblemMeaning, type: string): Reply {
  const message = { zh: `问题 ${code}`, en: `Problem ${code}` };
  const texts = { type, title: code, detail: code, code, message, requestId: 'r-1' };
  return { status: meaning.status, body: { ...texts, ...meaning } };
}
