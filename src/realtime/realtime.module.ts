import { Module } from '@nestjs/common';
import { RealtimeController } from './http/realtime.controller.js';
import { RealtimeGateway } from './http/realtime.gateway.js';
import { TicketsStore } from './store/tickets.store.js';

@Module({
  controllers: [RealtimeController],
  providers: [TicketsStore, RealtimeGateway],
})
export class RealtimeModule {}
