import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { FindCard } from './find-card.js';
import { FreezeCard } from './freeze-card.js';
import { CardController } from './http/card.controller.js';
import { StaffCardsController } from './http/staff-cards.controller.js';
import { IssueCard } from './issue-card.js';
import { OpenPurse } from './open-purse.js';

@Module({
  imports: [CardholdersModule],
  controllers: [CardController, StaffCardsController],
  providers: [FindCard, FreezeCard, IssueCard, OpenPurse],
  exports: [FindCard, FreezeCard, IssueCard, OpenPurse],
})
export class CardsModule {}
