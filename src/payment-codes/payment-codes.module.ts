import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { EnrolPhone } from './enrol-phone.js';
import { PhoneController } from './http/phone.controller.js';
import { ForgetSeeds } from './jobs/forget-seeds.js';
import { ResolveCode } from './resolve-code.js';
import { StopClone } from './stop-clone.js';
import { PhonesStore } from './store/phones.store.js';
import { SynchronisePhone } from './synchronise-phone.js';

@Module({
  imports: [CardholdersModule, CardsModule, MessagesModule],
  controllers: [PhoneController],
  providers: [EnrolPhone, ResolveCode, SynchronisePhone, PhonesStore, ForgetSeeds, StopClone],
  exports: [EnrolPhone, ResolveCode, SynchronisePhone],
})
export class PaymentCodesModule {}
