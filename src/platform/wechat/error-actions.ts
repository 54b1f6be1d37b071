/** What to do after the platform said no. */
export type ErrorAction =
  /** The token is old or wrong: get a new one and call again, once. */
  | 'renew_token'
  /** The platform is busy: call again a little later, a few times. */
  | 'try_again'
  /** The user refused, cancelled, or has no allowance left. Not a refusal by itself. */
  | 'no_allowance'
  /** The openid is not one of this mini-program's. */
  | 'address_invalid'
  /** The template was removed or banned: nothing more of it until somebody mended it. */
  | 'stop_template'
  /** The day's quota is used up. */
  | 'pause_until_midnight'
  /** The minute's quota is used up. */
  | 'pause_a_minute'
  /** Wrong content or configuration: our own fault, calling again will not help. */
  | 'give_up';

/** Error codes of the platform that ask for something. Any other code means `give_up`. */
export const errorActions: Readonly<Record<number, ErrorAction>> = {
  [-1]: 'try_again',
  40001: 'renew_token',
  40014: 'renew_token',
  42001: 'renew_token',
  40003: 'address_invalid',
  43004: 'address_invalid',
  40037: 'stop_template',
  43107: 'stop_template',
  43101: 'no_allowance',
  // Two sends to one openid at once; ours are serialised, so that somebody else is sending.
  43108: 'try_again',
  // A limited long-term template is used up for this user today.
  40038: 'no_allowance',
  45009: 'pause_until_midnight',
  45011: 'pause_a_minute',
};

export const actionOf = (code: number): ErrorAction => errorActions[code] ?? 'give_up';

const requestId = /\brid: ([0-9a-f-]{8,64})/;

/** The platform's own id of a call, from the end of its error message: what its support asks for. */
export const ridOf = (message: string): string | null => requestId.exec(message)?.[1] ?? null;
