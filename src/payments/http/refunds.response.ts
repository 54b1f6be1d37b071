import { ApiProperty } from '@nestjs/swagger';
import { refundStates, type RefundState } from '../store/refunds.store.js';

export class RefundResponse {
  @ApiProperty({ example: '12' })
  id: string;

  @ApiProperty()
  refundNumber: string;

  @ApiProperty()
  paymentId: string;

  @ApiProperty({ example: 'B3-0427' })
  shortNumber: string;

  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;

  @ApiProperty()
  reason: string;

  @ApiProperty({ enum: refundStates })
  state: RefundState;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['payment_reversed', 'refund_exceeds'],
    description: 'Why nothing was paid back although two people agreed',
  })
  failure: string | null;

  @ApiProperty({ description: 'What the second person consents to' })
  approvalId: string;

  @ApiProperty({ description: 'The member of staff who proposed' })
  maker: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt: string;

  @ApiProperty({ type: String, nullable: true, description: 'The second person' })
  checker: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  refundedAt: string | null;
}

export class RefundsResponse {
  @ApiProperty({ type: [RefundResponse] })
  refunds: RefundResponse[];
}
