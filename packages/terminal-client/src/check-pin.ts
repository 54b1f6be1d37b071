import type { PinCheckAnswer, PinCheckRequest } from '@campus-paycode/terminal-protocol';

/**
 * Whether number and PIN are right, before the sale: what it gives is the instrument of one sale within a minute. The PIN is
 * sent and never stored. Rejects with TerminalProblem or NoAnswer.
 */
export type CheckPin = (typed: PinCheckRequest) => Promise<PinCheckAnswer>;

export const pinCheckThrough =
  (ask: (body: string) => Promise<PinCheckAnswer>): CheckPin =>
  ({ number, pin }) =>
    ask(JSON.stringify({ number, pin }));
