import { Module } from '@nestjs/common';
import { PlacesModule } from '../places/places.module.js';
import { CheckSignature } from './check-signature.js';
import { EnrolTerminal } from './enrol-terminal.js';
import { FindTerminals } from './find-terminals.js';
import { StaffTerminalsController } from './http/staff-terminals.controller.js';
import { TerminalEnrolmentsController } from './http/terminal-enrolments.controller.js';
import { TerminalGuard } from './http/terminal.guard.js';
import { TerminalsController } from './http/terminals.controller.js';
import { ListTerminals } from './list-terminals.js';
import { ReadSettings } from './read-settings.js';
import { RegisterTerminal } from './register-terminal.js';
import { RotateKey } from './rotate-key.js';

@Module({
  imports: [PlacesModule],
  controllers: [TerminalEnrolmentsController, TerminalsController, StaffTerminalsController],
  providers: [
    CheckSignature,
    EnrolTerminal,
    FindTerminals,
    ListTerminals,
    ReadSettings,
    RegisterTerminal,
    RotateKey,
    TerminalGuard,
  ],
  exports: [CheckSignature, EnrolTerminal, FindTerminals, ReadSettings, RegisterTerminal],
})
export class TerminalsModule {}
