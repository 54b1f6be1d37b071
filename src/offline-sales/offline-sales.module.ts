import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { PlacesModule } from '../places/places.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { DecideRecord } from './decide-record.js';
import { MyOwedController } from './http/my-owed.controller.js';
import { OfflineSalesController } from './http/offline-sales.controller.js';
import { StaffOfflineSalesController } from './http/staff-offline-sales.controller.js';
import { TellTerminals } from './http/tell-terminals.js';
import { CarryOutWords } from './reactions/carry-out-words.js';
import { SettleAfterReturn } from './reactions/settle-after-return.js';
import { ReadOfflineSales } from './read-offline-sales.js';
import { ReadRecordCode } from './read-record-code.js';
import { ReleaseRecord } from './release-record.js';
import { ResumeTerminal } from './resume-terminal.js';
import { SettleOwed } from './settle-owed.js';
import { OfflineSalesStore } from './store/offline-sales.store.js';
import { TakeInRecords } from './take-in-records.js';
import { TellOwner } from './tell-owner.js';

@Module({
  imports: [
    CardsModule,
    MessagesModule,
    PaymentCodesModule,
    PlacesModule,
    StaffModule,
    TerminalsModule,
  ],
  controllers: [OfflineSalesController, StaffOfflineSalesController, MyOwedController],
  providers: [
    OfflineSalesStore,
    DecideRecord,
    ReadRecordCode,
    TellOwner,
    TakeInRecords,
    ReleaseRecord,
    ResumeTerminal,
    ReadOfflineSales,
    SettleOwed,
    CarryOutWords,
    SettleAfterReturn,
    TellTerminals,
  ],
  exports: [TakeInRecords, SettleOwed],
})
export class OfflineSalesModule {}
