import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { PlacesModule } from '../places/places.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { StaticCredentialsModule } from '../static-credentials/static-credentials.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { AuthorizePayment } from './authorize-payment.js';
import { CapturePayment } from './capture-payment.js';
import { CertifyPayment } from './certify-payment.js';
import { CloseBusinessDate } from './close-business-date.js';
import { ConfirmByPhone } from './confirm-by-phone.js';
import { ConfirmPayment } from './confirm-payment.js';
import { FindPayments } from './find-payments.js';
import { AfterwardsController } from './http/afterwards.controller.js';
import { ConfirmationsController } from './http/confirmations.controller.js';
import { ExposureController } from './http/exposure.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { PinChecksController } from './http/pin-checks.controller.js';
import { ProofController } from './http/proof.controller.js';
import { ShowSale } from './http/show-sale.js';
import { StatementController } from './http/statement.controller.js';
import { RefundsController } from './http/refunds.controller.js';
import { ReadInstrument } from './read-instrument.js';
import { CarryOutRefunds } from './jobs/carry-out-refunds.js';
import { EndExpiredHolds } from './jobs/end-expired-holds.js';
import { EndExpiredWaits } from './jobs/end-expired-waits.js';
import { WatchHolds } from './jobs/watch-holds.js';
import { WatchSequences } from './jobs/watch-sequences.js';
import { RefundAfterApproval } from './reactions/refund-after-approval.js';
import { RefundPayment } from './refund-payment.js';
import { ReversePayment } from './reverse-payment.js';
import { ExposureStore } from './store/exposure.store.js';
import { PaymentsStore } from './store/payments.store.js';
import { RefundsStore } from './store/refunds.store.js';
import { WaitsStore } from './store/waits.store.js';

const offered = [
  AuthorizePayment,
  CapturePayment,
  ReversePayment,
  FindPayments,
  CloseBusinessDate,
  ReadInstrument,
];

@Module({
  imports: [
    LedgerModule,
    StaffModule,
    StaticCredentialsModule,
    TerminalsModule,
    PaymentCodesModule,
    PlacesModule,
    CardsModule,
  ],
  controllers: [
    AfterwardsController,
    ConfirmationsController,
    PaymentsController,
    PinChecksController,
    StatementController,
    RefundsController,
    ProofController,
    ExposureController,
  ],
  providers: [
    ...offered,
    CertifyPayment,
    ExposureStore,
    RefundPayment,
    PaymentsStore,
    RefundsStore,
    ConfirmByPhone,
    ConfirmPayment,
    ShowSale,
    WaitsStore,
    EndExpiredHolds,
    EndExpiredWaits,
    WatchHolds,
    WatchSequences,
    RefundAfterApproval,
    CarryOutRefunds,
  ],
  exports: offered,
})
export class PaymentsModule {}
