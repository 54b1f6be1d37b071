import { Module } from '@nestjs/common';
import { JourneysModule } from '../journeys/journeys.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { ReceiptsController } from './http/receipts.controller.js';
import { IssueReceipt } from './issue-receipt.js';
import { OpenReceipt } from './open-receipt.js';
import { IssueReceipts } from './reactions/issue-receipts.js';
import { RefuseOnReceipt } from './refuse-on-receipt.js';
import { ReceiptsStore } from './store/receipts.store.js';

@Module({
  imports: [MessagesModule, JourneysModule],
  controllers: [ReceiptsController],
  providers: [IssueReceipt, OpenReceipt, RefuseOnReceipt, ReceiptsStore, IssueReceipts],
  exports: [OpenReceipt],
})
export class ReceiptsModule {}
