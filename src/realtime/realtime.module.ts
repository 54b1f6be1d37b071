import { Module } from '@nestjs/common';
import { RealtimeController } from './http/realtime.controller.js';
import { RealtimeGateway } from './http/realtime.gateway.js';
import { TicketsStore } from './store/tickets.store.js';
import { TellListeners } from './tell-listeners.js';

@Module({
  controllers: [RealtimeController],
  providers: [TicketsStore, TellListeners, RealtimeGateway],
  exports: [TellListeners],
})
export class RealtimeModule {}
