import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { BuyByPhone } from './buy-by-phone.js';

@Module({
  imports: [CardsModule, PaymentsModule, TerminalsModule],
  providers: [BuyByPhone],
  exports: [BuyByPhone],
})
export class PurchasesModule {}
