import { Module, type DynamicModule } from '@nestjs/common';
import { AgreementRow } from './bank/store/agreement.row.js';
import { InstructionRow } from './bank/store/instruction.row.js';
import { BankModule } from './bank/bank.module.js';
import { FundingModule } from './funding/funding.module.js';
import { CollectionRow } from './funding/store/collection.row.js';
import { ImportLineRow } from './funding/store/import-line.row.js';
import { ImportRow } from './funding/store/import.row.js';
import { StandingRow } from './funding/store/standing.row.js';
import { GatesModule } from './gates/gates.module.js';
import { CardholdersModule } from './cardholders/cardholders.module.js';
import { CardholderRow } from './cardholders/store/cardholder.row.js';
import { JourneysModule } from './journeys/journeys.module.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { MetersModule } from './meters/meters.module.js';
import { CardsModule } from './cards/cards.module.js';
import { CardRow, GroupLimitRow } from './cards/store/card.row.js';
import { InvitationRow } from './cards/store/invitation.row.js';
import { PurseKindRow, PurseOrderRow } from './cards/store/purse.row.js';
import { OfflineSalesModule } from './offline-sales/offline-sales.module.js';
import { PaymentCodesModule } from './payment-codes/payment-codes.module.js';
import { CredentialRow } from './payment-codes/store/credential.row.js';
import { PurchasesModule } from './purchases/purchases.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { PaymentRow } from './payments/store/payment.row.js';
import { PlacesModule } from './places/places.module.js';
import { MealPeriodRow } from './places/store/meal-period.row.js';
import { MerchantRow, PlaceRow, PriceRow } from './places/store/place.row.js';
import { TerminalsModule } from './terminals/terminals.module.js';
import { HeartbeatRow, TerminalKeyRow, TerminalRow } from './terminals/store/terminal.row.js';
import type { AppConfig } from './platform/config/app-config.js';
import { PlatformModule } from './platform/platform.module.js';
import { allProofs } from './proofs.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { SandboxModule } from './sandbox/sandbox.module.js';
import { SettlementModule } from './settlement/settlement.module.js';
import { StaffModule } from './staff/staff.module.js';
import { StaticCredentialsModule } from './static-credentials/static-credentials.module.js';

/** Every module's row classes. */
export const rows: (new () => object)[] = [
  CardholderRow,
  MerchantRow,
  PlaceRow,
  PriceRow,
  MealPeriodRow,
  CardRow,
  GroupLimitRow,
  InvitationRow,
  PurseKindRow,
  PurseOrderRow,
  TerminalRow,
  TerminalKeyRow,
  HeartbeatRow,
  CredentialRow,
  PaymentRow,
  AgreementRow,
  InstructionRow,
  CollectionRow,
  ImportLineRow,
  ImportRow,
  StandingRow,
];

const modules = [
  RealtimeModule,
  LedgerModule,
  StaffModule,
  CardholdersModule,
  PlacesModule,
  CardsModule,
  TerminalsModule,
  PaymentCodesModule,
  StaticCredentialsModule,
  PaymentsModule,
  OfflineSalesModule,
  PurchasesModule,
  GatesModule,
  MetersModule,
  MessagesModule,
  BankModule,
  FundingModule,
  SettlementModule,
  ReconciliationModule,
  JourneysModule,
  ReceiptsModule,
];

/** The composition root: the only file that names every module. */
@Module({})
export class AppModule {
  static of(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.of(config, rows, allProofs(config)),
        ...modules,
        ...(config.isSandbox ? [SandboxModule] : []),
      ],
    };
  }
}
