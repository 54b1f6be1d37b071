import { ApiProperty } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import type { OpenedReceipt } from '../open-receipt.js';

export class ReceiptWords {
  @ApiProperty({ example: '一食堂' })
  zh: string;

  @ApiProperty({ example: 'Canteen 1' })
  en: string;
}

export class ReceiptOffer {
  @ApiProperty({ type: ReceiptWords })
  text: ReceiptWords;

  @ApiProperty({ example: '/o/0Zk…', description: 'Counts the click and leads on.' })
  url: string;
}

export class ReceiptResponse {
  @ApiProperty({ type: 'integer', example: 1250, description: 'Fen.' })
  amount: number;

  @ApiProperty({ type: 'integer', example: 0, description: 'Fen that came back.' })
  returned: number;

  @ApiProperty({ type: ReceiptWords })
  place: ReceiptWords;

  @ApiProperty({ example: 'B3-0427' })
  shortNumber: string;

  @ApiProperty({ enum: ['paid', 'reversed'] })
  state: 'paid' | 'reversed';

  @ApiProperty({ format: 'date-time' })
  paidAt: string;

  @ApiProperty({ example: '张**' })
  maskedName: string;

  @ApiProperty({ type: ReceiptOffer, nullable: true })
  offer: ReceiptOffer | null;

  @ApiProperty({
    enum: ['unanswered', 'granted', 'refused'],
    description: 'After `refused` nothing is offered any more.',
  })
  marketing: 'unanswered' | 'granted' | 'refused';

  static of({ receipt, offer, marketing }: OpenedReceipt): ReceiptResponse {
    return {
      amount: toWireAmount(receipt.amount),
      returned: toWireAmount(receipt.returned),
      place: receipt.place,
      shortNumber: receipt.shortNumber,
      state: receipt.state,
      paidAt: receipt.paidAt.toISOString(),
      maskedName: receipt.maskedName,
      offer: offer === null ? null : { text: offer.text, url: offer.path },
      marketing,
    };
  }
}
