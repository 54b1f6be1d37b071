import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { PlacesModule } from '../places/places.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { EndVisits } from './end-visits.js';
import { GivePass } from './give-pass.js';
import { MyPassesController } from './http/my-passes.controller.js';
import { PassagesController } from './http/passages.controller.js';
import { StaffGatesController } from './http/staff-gates.controller.js';
import { EndDueVisits } from './jobs/end-due-visits.js';
import { PassGate } from './pass-gate.js';
import { ReadPresence } from './read-presence.js';
import { SetGate } from './set-gate.js';
import { GatesStore } from './store/gates.store.js';

@Module({
  imports: [CardsModule, PaymentCodesModule, PlacesModule, TerminalsModule],
  controllers: [PassagesController, StaffGatesController, MyPassesController],
  providers: [GatesStore, PassGate, SetGate, GivePass, ReadPresence, EndVisits, EndDueVisits],
  exports: [SetGate],
})
export class GatesModule {}
