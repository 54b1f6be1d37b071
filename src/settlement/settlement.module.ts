import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { CloseBusinessDay } from './close-business-day.js';
import { BusinessDaysController } from './http/business-days.controller.js';
import { ShiftsController } from './http/shifts.controller.js';
import { ReadBusinessDay } from './read-business-day.js';
import { ReadTrialBalance } from './read-trial-balance.js';
import { RecordShift } from './record-shift.js';

const offered = [CloseBusinessDay, ReadBusinessDay, ReadTrialBalance, RecordShift];

@Module({
  imports: [LedgerModule],
  controllers: [ShiftsController, BusinessDaysController],
  providers: offered,
  exports: offered,
})
export class SettlementModule {}
