import { ApiProperty } from '@nestjs/swagger';
import { LocalTextResponse } from './payments.response.js';

export class AskedSaleResponse {
  @ApiProperty()
  paymentId: string;
  @ApiProperty({ description: 'The phone whose code was scanned: no other one can answer' })
  credentialId: string;
  @ApiProperty()
  terminalId: string;
  @ApiProperty({ type: LocalTextResponse })
  place: LocalTextResponse;
  @ApiProperty({ example: 'B3-0427' })
  shortNumber: string;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

export class AskedSalesResponse {
  @ApiProperty({ type: [AskedSaleResponse], description: 'The most urgent first' })
  confirmations: AskedSaleResponse[];
  @ApiProperty({ format: 'date-time' })
  serverTime: string;
}

export class ConfirmationResponse {
  @ApiProperty()
  paymentId: string;
  @ApiProperty({
    enum: [
      'confirmed',
      'refused',
      'expired',
      'withdrawn',
      'card_frozen',
      'card_lost',
      'card_closed',
      'terminal_revoked',
    ],
    description: 'How the sale ended: paid when `confirmed`, by every other word not',
  })
  outcome: string;
  @ApiProperty({ type: LocalTextResponse })
  message: LocalTextResponse;
}
