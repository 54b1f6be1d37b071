import { Module } from '@nestjs/common';
import { CardholdersModule } from '../cardholders/cardholders.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { PlacesModule } from '../places/places.module.js';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { BuyCredit } from './buy-credit.js';
import { MyRoomsController } from './http/my-rooms.controller.js';
import { MySessionsController } from './http/my-sessions.controller.js';
import { RoomCreditsController } from './http/room-credits.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { StaffRoomsController } from './http/staff-rooms.controller.js';
import { StaffSessionsController } from './http/staff-sessions.controller.js';
import { TellTicketKeys } from './http/tell-ticket-keys.js';
import { IssueTicket } from './issue-ticket.js';
import { DeliverLateCredit } from './jobs/deliver-late-credit.js';
import { EndDueSessions } from './jobs/end-due-sessions.js';
import { NoteProgress } from './note-progress.js';
import { DeliverCredit } from './reactions/deliver-credit.js';
import { ReadRooms } from './read-rooms.js';
import { ReadSessions } from './read-sessions.js';
import { SetProgrammes } from './set-programmes.js';
import { SetRoom } from './set-room.js';
import { StartSession } from './start-session.js';
import { StopSession } from './stop-session.js';
import { SessionsStore } from './store/sessions.store.js';
import { TakeReadings } from './take-readings.js';

const forRooms = [
  BuyCredit,
  DeliverCredit,
  DeliverLateCredit,
  IssueTicket,
  ReadRooms,
  SetRoom,
  TakeReadings,
  TellTicketKeys,
];

const forSessions = [
  EndDueSessions,
  NoteProgress,
  ReadSessions,
  SessionsStore,
  SetProgrammes,
  StartSession,
  StopSession,
];

@Module({
  imports: [
    CardholdersModule,
    CardsModule,
    MessagesModule,
    PaymentCodesModule,
    PaymentsModule,
    PlacesModule,
    PurchasesModule,
    TerminalsModule,
  ],
  controllers: [
    MyRoomsController,
    RoomCreditsController,
    StaffRoomsController,
    MySessionsController,
    SessionsController,
    StaffSessionsController,
  ],
  providers: [...forRooms, ...forSessions],
  exports: [SetProgrammes, SetRoom],
})
export class MetersModule {}
