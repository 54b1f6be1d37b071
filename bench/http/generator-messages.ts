import type { AnswerCount } from '../figures/answer-count.js';
import type { Window } from '../figures/window.js';

/** A sale by payment code, and the two routes that do nothing. */
export type Route = 'payments' | 'signed-noop' | 'noop';

export const targetOf: Record<Route, string> = {
  payments: '/v1/payments',
  'signed-noop': '/bench/signed-noop',
  noop: '/bench/noop',
};

/** What the load generator's process is told, one after the other; it answers each. */
export type Order =
  /** Codes that phones would show, by card and counter, for the next run. */
  | { readonly type: 'prepare'; readonly codes: readonly (readonly [number, number])[] }
  | {
      readonly type: 'run';
      readonly route: Route;
      readonly port: number;
      readonly inFlight: number;
      readonly warmUpMs: number;
      readonly forMs: number;
      readonly serverPid: number;
      readonly servicePid: number;
      /** What the service's clock is ahead of this machine's. */
      readonly aheadMs: number;
      readonly terminals: readonly number[];
      readonly serviceName: string;
      /** Raw Ed25519, base64url. */
      readonly answerKey: string;
    };

export type RunOrder = Extract<Order, { type: 'run' }>;

export type Report =
  | { readonly type: 'prepared' }
  | {
      readonly type: 'ran';
      readonly window: Window;
      /** All of them, those of the warm-up too. */
      readonly answers: AnswerCount;
    }
  | { readonly type: 'failed'; readonly why: string };
