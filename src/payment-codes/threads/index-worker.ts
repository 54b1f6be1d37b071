/**
 * The index's own thread: opens seeds and builds the tables of the epochs, so that no scan waits for it. Whoever starts it
 * keeps no K_alias; it keeps no K_otp.
 */
import { parentPort } from 'node:worker_threads';
import { AliasKeys } from '../domain/alias-keys.js';
import type { IndexAnswer, IndexRequest } from './index-messages.js';

const keys = new AliasKeys();
type Building = { readonly number: number; readonly steps: Generator<undefined, Float64Array> };
const building: Building[] = [];

function answer(message: IndexAnswer, buffers: ArrayBufferLike[]): void {
  parentPort?.postMessage(message, buffers as ArrayBuffer[]);
}

/** A slice of the oldest table; newcomers that were sent meanwhile come before the next slice. */
function goOn(): void {
  const [oldest] = building;
  if (oldest === undefined) return;
  const { done, value } = oldest.steps.next();
  if (done === true) {
    building.shift();
    answer({ type: 'built', number: oldest.number, table: value }, [value.buffer]);
  }
  setImmediate(goOn);
}

parentPort?.on('message', (request: IndexRequest) => {
  if (request.type === 'drop') {
    keys.drop(request.slots);
  } else if (request.type === 'put') {
    const opened = keys.put(request.seeds);
    answer({ type: 'opened', number: request.number, opened }, [opened.otpKeys.buffer]);
  } else {
    const { number, aliasSeconds, epoch } = request;
    building.push({ number, steps: keys.build(aliasSeconds, epoch) });
    if (building.length === 1) setImmediate(goOn);
  }
});
