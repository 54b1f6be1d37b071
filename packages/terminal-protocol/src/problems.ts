/**
 * What a request that stored nothing useful gets instead of an answer. `effect` is the usual one;
 * the problem body's own `effect` and `retryable` always win.
 */
export type ProblemEffect = 'none' | 'unknown' | 'done';

export type ProblemMeaning = {
  readonly status: number;
  readonly retryable: boolean;
  readonly effect: ProblemEffect;
};

const final = (status: number, effect: ProblemEffect = 'none'): ProblemMeaning => ({
  status,
  retryable: false,
  effect,
});
const passing = (status: number, effect: ProblemEffect = 'none'): ProblemMeaning => ({
  status,
  retryable: true,
  effect,
});

export const problemMeanings = {
  // the request's form
  malformed_request: final(400),
  unknown_field: final(400),
  body_too_large: final(413),
  unsupported_media_type: final(415),
  protocol_unsupported: final(400),
  // who is speaking
  signature_missing: final(401),
  signature_invalid: final(401),
  clock_off: passing(401),
  terminal_unknown: final(401),
  terminal_revoked: final(403),
  enrolment_code_invalid: final(422),
  public_key_invalid: final(422),
  key_proof_invalid: final(422),
  // the sale
  code_malformed: final(422),
  code_foreign: final(422),
  instrument_unsupported: final(422),
  payment_pin_wrong: final(422),
  payment_pin_missing: final(409),
  payment_pin_locked: final(429),
  payment_pin_held_back: final(429),
  number_pin_stopped: final(409),
  amount_required: final(422),
  amount_not_allowed: final(422),
  amount_out_of_range: final(422),
  place_closed: final(409),
  order_number_reused: final(409),
  order_number_reversed: final(409),
  order_unknown: final(404),
  passage_unknown: final(404),
  gate_unknown: final(404),
  meter_unknown: final(404),
  place_not_metered: final(409),
  programme_required: final(422),
  programme_unknown: final(422),
  session_running: final(409),
  session_unknown: final(404),
  session_not_begun: final(409),
  progress_number_reused: final(409),
  progress_out_of_order: final(409),
  reading_fell: final(409),
  // afterwards
  reversal_too_late: final(409, 'done'),
  void_not_attended: final(409),
  void_too_late: final(409, 'done'),
  supervision_needed: final(409),
  supervision_invalid: final(409),
  supervisor_pin_wrong: final(422),
  supervisor_locked: final(429),
  confirmation_not_awaited: final(409),
  confirmation_ended: final(409, 'done'),
  not_held: final(409),
  capture_number_reused: final(409),
  capture_exceeds_hold: final(409),
  hold_expired: final(409),
  shift_number_reused: final(409),
  shift_ends_before_it_begins: final(422),
  // the service itself
  not_found: final(404),
  rate_limited: passing(429),
  terminal_paused: passing(429),
  index_loading: passing(503),
  clock_untrusted: passing(503),
  unavailable: passing(503, 'unknown'),
  internal: passing(500, 'unknown'),
} as const satisfies Record<string, ProblemMeaning>;

export type ProblemCode = keyof typeof problemMeanings;

export function isProblemCode(text: unknown): text is ProblemCode {
  return typeof text === 'string' && Object.hasOwn(problemMeanings, text);
}

export function problemType(code: ProblemCode): string {
  return `urn:campus-paycode:problem:${code}`;
}

/** Text in both languages of the campus, ready to be shown. */
export type LocalText = { readonly zh: string; readonly en: string };

/** The body of every `application/problem+json` answer (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly message: LocalText;
  readonly retryable: boolean;
  readonly effect: ProblemEffect;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
};
