import type { NewSeeds, OpenedSeeds } from '../domain/alias-keys.js';

/** What the index's thread is asked, in the order in which it is to be done. Each `put` and `build` gets one answer. */
export type IndexRequest =
  | { readonly type: 'put'; readonly number: number; readonly seeds: NewSeeds }
  | { readonly type: 'drop'; readonly slots: Uint32Array }
  | {
      readonly type: 'build';
      readonly number: number;
      readonly aliasSeconds: number;
      readonly epoch: number;
    };

export type IndexAnswer =
  | { readonly type: 'opened'; readonly number: number; readonly opened: OpenedSeeds }
  | { readonly type: 'built'; readonly number: number; readonly table: Float64Array };
