import { ApiProperty } from '@nestjs/swagger';

export class RealtimeTicketResponse {
  @ApiProperty({ description: 'Opens one socket, once: `/v1/realtime?ticket=…`.' })
  ticket: string;

  @ApiProperty({ example: 30, description: 'By the service clock.' })
  expiresInSeconds: number;
}
