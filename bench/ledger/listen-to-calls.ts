import pg from 'pg';
import { lengthOfBinaryArray } from '../../src/platform/database/binary-array.js';

/** The prepared statement that decides sales, as the service names it. */
const name = 'payments.authorize';

export type Call = { readonly name: string; readonly text: string; readonly values: Buffer[] };

let calls = 0;
let sales = 0;
let largest = 0;
let keep: ((call: Call) => void) | undefined;

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/**
 * Hears every call of this process that decides sales, so that the sizes of batches are known and a call can be made
 * once more without the service. The service itself knows nothing of it.
 */
export function listenToCalls(): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function heard(...args) {
    const call = args[0] as Call | undefined;
    if (call?.name === name) {
      const [terminals] = call.values;
      const size = terminals === undefined ? 0 : lengthOfBinaryArray(terminals);
      calls += 1;
      sales += size;
      largest = Math.max(largest, size);
      keep?.(call);
    }
    return query.apply(this, args);
  };
}

export function forgetBatches(): void {
  calls = 0;
  sales = 0;
  largest = 0;
}

/** What was heard since then; null when nothing was. */
export function batchesHeard(): { readonly mean: number; readonly largest: number } | null {
  return calls === 0 ? null : { mean: sales / calls, largest };
}

/** Gives every call to the listener, until it is told to stop. */
export function keepCalls(listener: ((call: Call) => void) | undefined): void {
  keep = listener;
}
