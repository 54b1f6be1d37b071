import { Module } from '@nestjs/common';
import { FoldDeltas } from './jobs/fold-deltas.js';
import { KeepBalances } from './jobs/keep-balances.js';

@Module({
  providers: [FoldDeltas, KeepBalances],
})
export class LedgerModule {}
