import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { CertifyKeys } from './certify-keys.js';
import { CheckScan } from './check-scan.js';
import { EnrolPhone } from './enrol-phone.js';
import { CertificatesController } from './http/certificates.controller.js';
import { HotlistsController } from './http/hotlists.controller.js';
import { OfflineTermsController } from './http/offline-terms.controller.js';
import { PhoneController } from './http/phone.controller.js';
import { StaffCodesController } from './http/staff-codes.controller.js';
import { ForgetGuesses } from './jobs/forget-guesses.js';
import { ForgetSeeds } from './jobs/forget-seeds.js';
import { KeepOfflineRight } from './jobs/keep-offline-right.js';
import { RequireSeedKeys } from './jobs/require-seed-keys.js';
import { ReadAlarms } from './read-alarms.js';
import { ReadOfflineTerms } from './read-offline-terms.js';
import { ResolveCode } from './resolve-code.js';
import { SetOfflineTerms } from './set-offline-terms.js';
import { SetPhonePolicy } from './set-phone-policy.js';
import { StopClone } from './stop-clone.js';
import { CertificatesStore } from './store/certificates.store.js';
import { HotlistStore } from './store/hotlist.store.js';
import { IssuerKeysStore } from './store/issuer-keys.store.js';
import { PhonesStore } from './store/phones.store.js';
import { SynchronisePhone } from './synchronise-phone.js';

const offered = [
  CertifyKeys,
  CheckScan,
  EnrolPhone,
  ReadAlarms,
  ReadOfflineTerms,
  ResolveCode,
  SetOfflineTerms,
  SetPhonePolicy,
  SynchronisePhone,
];
const stores = [CertificatesStore, HotlistStore, IssuerKeysStore, PhonesStore];
const chores = [ForgetSeeds, ForgetGuesses, KeepOfflineRight, RequireSeedKeys];

@Module({
  imports: [CardholdersModule, CardsModule, MessagesModule],
  controllers: [
    CertificatesController,
    HotlistsController,
    OfflineTermsController,
    PhoneController,
    StaffCodesController,
  ],
  providers: [...offered, ...stores, ...chores, StopClone],
  exports: offered,
})
export class PaymentCodesModule {}
