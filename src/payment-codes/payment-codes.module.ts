import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { CheckScan } from './check-scan.js';
import { EnrolPhone } from './enrol-phone.js';
import { PhoneController } from './http/phone.controller.js';
import { StaffCodesController } from './http/staff-codes.controller.js';
import { ForgetGuesses } from './jobs/forget-guesses.js';
import { ForgetSeeds } from './jobs/forget-seeds.js';
import { ReadAlarms } from './read-alarms.js';
import { RequireSeedKeys } from './reseal-seeds.js';
import { ResolveCode } from './resolve-code.js';
import { SetPhonePolicy } from './set-phone-policy.js';
import { StopClone } from './stop-clone.js';
import { PhonesStore } from './store/phones.store.js';
import { SynchronisePhone } from './synchronise-phone.js';

const offered = [CheckScan, EnrolPhone, ReadAlarms, ResolveCode, SetPhonePolicy, SynchronisePhone];

@Module({
  imports: [CardholdersModule, CardsModule, MessagesModule],
  controllers: [PhoneController, StaffCodesController],
  providers: [...offered, PhonesStore, StopClone, ForgetSeeds, ForgetGuesses, RequireSeedKeys],
  exports: offered,
})
export class PaymentCodesModule {}
