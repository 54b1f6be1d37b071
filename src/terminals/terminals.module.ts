import { Module } from '@nestjs/common';
import { PlacesModule } from '../places/places.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { CheckSignature } from './check-signature.js';
import { SpokenVersions } from './domain/spoken-versions.js';
import { EnrolTerminal } from './enrol-terminal.js';
import { FindKiosk } from './find-kiosk.js';
import { FindTerminals } from './find-terminals.js';
import { RequestLogController } from './http/request-log.controller.js';
import { StaffTerminalsController } from './http/staff-terminals.controller.js';
import { HintTicketsController } from './http/hint-tickets.controller.js';
import { TerminalEnrolmentsController } from './http/terminal-enrolments.controller.js';
import { TerminalGuard } from './http/terminal.guard.js';
import { TerminalsController } from './http/terminals.controller.js';
import { HintSettings } from './jobs/hint-settings.js';
import { KeepRequests } from './keep-requests.js';
import { ListTerminals } from './list-terminals.js';
import { ReadSettings } from './read-settings.js';
import { RegisterTerminal } from './register-terminal.js';
import { RotateKey } from './rotate-key.js';
import { ShareLog } from './share-log.js';

@Module({
  imports: [PlacesModule, RealtimeModule],
  controllers: [
    TerminalEnrolmentsController,
    TerminalsController,
    HintTicketsController,
    StaffTerminalsController,
    RequestLogController,
  ],
  providers: [
    CheckSignature,
    EnrolTerminal,
    FindKiosk,
    FindTerminals,
    HintSettings,
    KeepRequests,
    ListTerminals,
    ReadSettings,
    RegisterTerminal,
    RotateKey,
    ShareLog,
    SpokenVersions,
    TerminalGuard,
  ],
  exports: [
    CheckSignature,
    EnrolTerminal,
    FindKiosk,
    FindTerminals,
    ReadSettings,
    RegisterTerminal,
  ],
})
export class TerminalsModule {}
