import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { CloseBusinessDay } from './close-business-day.js';
import { BusinessDaysController } from './http/business-days.controller.js';
import { ShiftsController } from './http/shifts.controller.js';
import { VoidsController } from './http/voids.controller.js';
import { OpenShift } from './open-shift.js';
import { ReadBusinessDay } from './read-business-day.js';
import { ReadTrialBalance } from './read-trial-balance.js';
import { RecordShift } from './record-shift.js';
import { VoidSale } from './void-sale.js';
import { StaffModule } from '../staff/staff.module.js';

const offered = [
  CloseBusinessDay,
  ReadBusinessDay,
  ReadTrialBalance,
  RecordShift,
  OpenShift,
  VoidSale,
];

@Module({
  imports: [LedgerModule, StaffModule],
  controllers: [ShiftsController, VoidsController, BusinessDaysController],
  providers: offered,
  exports: offered,
})
export class SettlementModule {}
