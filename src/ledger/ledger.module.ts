import { Module } from '@nestjs/common';
import { SealHeadsController } from './http/seal-heads.controller.js';
import { AnchorSeal } from './jobs/anchor-seal.js';
import { FoldDeltas } from './jobs/fold-deltas.js';
import { KeepBalances } from './jobs/keep-balances.js';
import { SealEntries } from './jobs/seal-entries.js';
import { SendAnchors } from './jobs/send-anchors.js';
import { WatchSeal } from './jobs/watch-seal.js';
import { ProveInclusion } from './prove-inclusion.js';
import { ReadSeal } from './read-seal.js';

const offered = [ProveInclusion, ReadSeal];

@Module({
  controllers: [SealHeadsController],
  providers: [
    ...offered,
    FoldDeltas,
    KeepBalances,
    SealEntries,
    AnchorSeal,
    SendAnchors,
    WatchSeal,
  ],
  exports: offered,
})
export class LedgerModule {}
