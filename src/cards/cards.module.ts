import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { PlacesModule } from '../places/places.module.js';
import { FindCard } from './find-card.js';
import { FreezeCard } from './freeze-card.js';
import { CardController } from './http/card.controller.js';
import { PurseRulesController } from './http/purse-rules.controller.js';
import { SpendingLimitsController } from './http/spending-limits.controller.js';
import { StaffCardsController } from './http/staff-cards.controller.js';
import { IssueCard } from './issue-card.js';
import { OpenPurse } from './open-purse.js';
import { PlanSpending } from './plan-spending.js';
import { SetLimits } from './set-limits.js';
import { SetPurseRules } from './set-purse-rules.js';

const useCases = [
  FindCard,
  FreezeCard,
  IssueCard,
  OpenPurse,
  PlanSpending,
  SetLimits,
  SetPurseRules,
];

@Module({
  imports: [CardholdersModule, PlacesModule],
  controllers: [
    CardController,
    PurseRulesController,
    SpendingLimitsController,
    StaffCardsController,
  ],
  providers: useCases,
  exports: useCases,
})
export class CardsModule {}
