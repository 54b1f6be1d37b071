import { Module } from '@nestjs/common';
import { MessagesModule } from '../messages/messages.module.js';
import { FillOfferSlot } from './fill-offer-slot.js';
import { FindCampaigns } from './find-campaigns.js';
import { FollowOffer } from './follow-offer.js';
import { CampaignsController } from './http/campaigns.controller.js';
import { OffersController } from './http/offers.controller.js';
import { SetCampaign } from './set-campaign.js';
import { CampaignsStore } from './store/campaigns.store.js';

@Module({
  imports: [MessagesModule],
  controllers: [CampaignsController, OffersController],
  providers: [SetCampaign, FindCampaigns, FillOfferSlot, FollowOffer, CampaignsStore],
  exports: [SetCampaign, FindCampaigns, FillOfferSlot, FollowOffer],
})
export class JourneysModule {}
