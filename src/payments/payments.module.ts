import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { PlacesModule } from '../places/places.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { AuthorizePayment } from './authorize-payment.js';
import { CapturePayment } from './capture-payment.js';
import { CertifyPayment } from './certify-payment.js';
import { CloseBusinessDate } from './close-business-date.js';
import { FindPayments } from './find-payments.js';
import { PaymentsController } from './http/payments.controller.js';
import { ProofController } from './http/proof.controller.js';
import { StatementController } from './http/statement.controller.js';
import { EndExpiredHolds } from './jobs/end-expired-holds.js';
import { ReversePayment } from './reverse-payment.js';
import { PaymentsStore } from './store/payments.store.js';

const offered = [AuthorizePayment, CapturePayment, ReversePayment, FindPayments, CloseBusinessDate];

@Module({
  imports: [LedgerModule, TerminalsModule, PaymentCodesModule, PlacesModule, CardsModule],
  controllers: [PaymentsController, StatementController, ProofController],
  providers: [...offered, CertifyPayment, PaymentsStore, EndExpiredHolds],
  exports: offered,
})
export class PaymentsModule {}
