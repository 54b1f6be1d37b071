import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { EnrolPhone } from './enrol-phone.js';
import { PhoneController } from './http/phone.controller.js';
import { ResolveCode } from './resolve-code.js';
import { SynchronisePhone } from './synchronise-phone.js';

@Module({
  imports: [CardholdersModule, CardsModule],
  controllers: [PhoneController],
  providers: [EnrolPhone, ResolveCode, SynchronisePhone],
  exports: [EnrolPhone, ResolveCode, SynchronisePhone],
})
export class PaymentCodesModule {}
