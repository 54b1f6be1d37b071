import { Module } from '@nestjs/common';
import { BankModule } from '../bank/bank.module.js';
import { ProofsController } from './http/proofs.controller.js';
import { ReconciliationController } from './http/reconciliation.controller.js';
import { ImportBankStatement } from './import-bank-statement.js';
import { ReadReconciliation } from './read-reconciliation.js';
import { ReconcileDay } from './reconcile-day.js';

const offered = [ImportBankStatement, ReadReconciliation, ReconcileDay];

@Module({
  imports: [BankModule],
  controllers: [ReconciliationController, ProofsController],
  providers: offered,
  exports: offered,
})
export class ReconciliationModule {}
