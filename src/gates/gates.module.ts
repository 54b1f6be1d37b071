import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { PlacesModule } from '../places/places.module.js';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { EndVisits } from './end-visits.js';
import { ForgetVisits } from './forget-visits.js';
import { GivePass } from './give-pass.js';
import { MyPassesController } from './http/my-passes.controller.js';
import { PassagesController } from './http/passages.controller.js';
import { StaffGatesController } from './http/staff-gates.controller.js';
import { EndDueVisits } from './jobs/end-due-visits.js';
import { StaffOffersController } from './http/staff-offers.controller.js';
import { ForgetOldVisits } from './jobs/forget-old-visits.js';
import { OfferPass } from './offer-pass.js';
import { PassGate } from './pass-gate.js';
import { DeliverPasses } from './reactions/deliver-passes.js';
import { ReadPresence } from './read-presence.js';
import { SellPass } from './sell-pass.js';
import { SetGate } from './set-gate.js';
import { GatesStore } from './store/gates.store.js';

@Module({
  imports: [
    CardsModule,
    PaymentCodesModule,
    PaymentsModule,
    PlacesModule,
    PurchasesModule,
    TerminalsModule,
  ],
  controllers: [
    PassagesController,
    StaffGatesController,
    StaffOffersController,
    MyPassesController,
  ],
  providers: [
    GatesStore,
    PassGate,
    SetGate,
    GivePass,
    OfferPass,
    SellPass,
    ReadPresence,
    EndVisits,
    EndDueVisits,
    DeliverPasses,
    ForgetVisits,
    ForgetOldVisits,
  ],
  exports: [OfferPass, SetGate],
})
export class GatesModule {}
