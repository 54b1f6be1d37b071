import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { AllowMarketing } from './allow-marketing.js';
import { WechatChannel } from './channels/wechat-channel.js';
import { CountLanding } from './count-landing.js';
import { ConsentsController } from './http/consents.controller.js';
import { InboxController } from './http/inbox.controller.js';
import { WechatCallbackController } from './http/wechat-callback.controller.js';
import { DeliverMessages } from './jobs/deliver-messages.js';
import { ReadConsents } from './read-consents.js';
import { ReadInbox } from './read-inbox.js';
import { RefuseMarketing } from './refuse-marketing.js';
import { ReportSubscriptions } from './report-subscriptions.js';
import { SendMessage } from './send-message.js';
import { DeliveriesStore } from './store/deliveries.store.js';
import { TakeInPush } from './take-in-push.js';

@Module({
  imports: [CardholdersModule],
  controllers: [InboxController, ConsentsController, WechatCallbackController],
  providers: [
    SendMessage,
    ReadInbox,
    ReadConsents,
    RefuseMarketing,
    AllowMarketing,
    ReportSubscriptions,
    TakeInPush,
    CountLanding,
    DeliveriesStore,
    WechatChannel,
    DeliverMessages,
  ],
  exports: [SendMessage, ReadInbox, ReadConsents, RefuseMarketing, CountLanding],
})
export class MessagesModule {}
