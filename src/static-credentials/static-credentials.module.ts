import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { PlacesModule } from '../places/places.module.js';
import { TerminalsModule } from '../terminals/terminals.module.js';
import { CheckPin } from './check-pin.js';
import { FindStaticPayer } from './find-static-payer.js';
import { MyStaticCredentialsController } from './http/my-static-credentials.controller.js';
import { StaffInstrumentsController } from './http/staff-instruments.controller.js';
import { StaffPlasticController } from './http/staff-plastic.controller.js';
import { TellTerminals } from './http/tell-terminals.js';
import { IssuePlastic } from './issue-plastic.js';
import { ForgetChecks } from './jobs/forget-checks.js';
import { TellOwner } from './reactions/tell-owner.js';
import { ReadInstruments } from './read-instruments.js';
import { SetInstruments } from './set-instruments.js';
import { StopStaticCredentials } from './stop-static-credentials.js';

const offered = [
  CheckPin,
  FindStaticPayer,
  IssuePlastic,
  ReadInstruments,
  SetInstruments,
  StopStaticCredentials,
];

@Module({
  imports: [CardsModule, MessagesModule, PlacesModule, TerminalsModule],
  controllers: [MyStaticCredentialsController, StaffInstrumentsController, StaffPlasticController],
  providers: [...offered, ForgetChecks, TellOwner, TellTerminals],
  exports: offered,
})
export class StaticCredentialsModule {}
