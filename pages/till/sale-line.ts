import type { SaleResult } from '@campus-paycode/terminal-client/pure';
import type { VoidAnswer } from '@campus-paycode/terminal-protocol';
import type { SaleLine } from './till-store.js';

const SETTLED: Readonly<Record<string, SaleLine['state']>> = {
  captured: 'approved',
  posted: 'approved',
  owed: 'approved',
  replayed: 'declined',
  refused: 'declined',
};

/** What became of a sale that this till had accepted by itself. */
export function stateOf(decision: string): SaleLine['state'] {
  return SETTLED[decision] ?? 'review';
}

/** However it went back. */
export function endOfVoid({ outcome }: VoidAnswer): SaleLine['state'] {
  return outcome === 'was_declined' ? 'declined' : 'reversed';
}

/** `price` is what was asked, for a sale that got no answer. */
export function lineOf(result: SaleResult, price: number): SaleLine {
  const { orderNumber, shortNumber, outcome } = result;
  const answer = 'answer' in result ? result.answer : null;
  const states = { reversing: 'unknown', problem: 'declined' } as const;
  const state =
    outcome === 'approved' && answer?.state === 'held'
      ? 'held'
      : outcome === 'reversing' || outcome === 'problem'
        ? states[outcome]
        : outcome;
  const at = answer?.decidedAt ?? new Date().toISOString();
  return { orderNumber, shortNumber, amount: answer?.amount ?? price, state, at };
}
