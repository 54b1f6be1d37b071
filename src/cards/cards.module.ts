import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { PlacesModule } from '../places/places.module.js';
import { CheckPaymentPin } from './check-payment-pin.js';
import { FindCard } from './find-card.js';
import { FreezeCard } from './freeze-card.js';
import { CardController } from './http/card.controller.js';
import { ConfirmationRulesController } from './http/confirmation-rules.controller.js';
import { GuestsController, InvitationsController } from './http/guests.controller.js';
import { PaymentPinController } from './http/payment-pin.controller.js';
import { PurseRulesController } from './http/purse-rules.controller.js';
import { SpendingLimitsController } from './http/spending-limits.controller.js';
import { StaffCardsController } from './http/staff-cards.controller.js';
import { InviteGuests } from './invite-guests.js';
import { IssueCard } from './issue-card.js';
import { OpenPurse } from './open-purse.js';
import { PlanSpending } from './plan-spending.js';
import { SetLimits } from './set-limits.js';
import { SetPaymentPin } from './set-payment-pin.js';
import { SetPurseRules } from './set-purse-rules.js';
import { PaymentPinsStore } from './store/payment-pins.store.js';

const useCases = [
  CheckPaymentPin,
  FindCard,
  FreezeCard,
  InviteGuests,
  IssueCard,
  OpenPurse,
  PlanSpending,
  SetLimits,
  SetPaymentPin,
  SetPurseRules,
];

@Module({
  imports: [CardholdersModule, PlacesModule],
  controllers: [
    CardController,
    ConfirmationRulesController,
    GuestsController,
    InvitationsController,
    PaymentPinController,
    PurseRulesController,
    SpendingLimitsController,
    StaffCardsController,
  ],
  providers: [...useCases, PaymentPinsStore],
  exports: useCases,
})
export class CardsModule {}
