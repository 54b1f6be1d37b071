import { Module } from '@nestjs/common';
import { BankModule } from '../bank/bank.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { OfflineSalesModule } from '../offline-sales/offline-sales.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { CollectSpending } from './collect-spending.js';
import { CollectionsController } from './http/collections.controller.js';
import { FundingImportsController } from './http/funding-imports.controller.js';
import { MyFundingController } from './http/my-funding.controller.js';
import { ImportFunding } from './import-funding.js';
import { PostAcceptedImports } from './jobs/post-accepted-imports.js';
import { CollectAfterPayment } from './reactions/collect-after-payment.js';
import { ImportAfterApproval } from './reactions/import-after-approval.js';
import { PostFunding } from './store/post-funding.js';

@Module({
  imports: [BankModule, CardsModule, OfflineSalesModule, StaffModule],
  controllers: [FundingImportsController, CollectionsController, MyFundingController],
  providers: [
    PostFunding,
    CollectSpending,
    ImportFunding,
    CollectAfterPayment,
    ImportAfterApproval,
    PostAcceptedImports,
  ],
  exports: [CollectSpending, ImportFunding],
})
export class FundingModule {}
