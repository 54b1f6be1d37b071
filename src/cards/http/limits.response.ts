import { ApiProperty } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import type { Spent } from '../card.js';

export class SpentResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Code of the meal period that runs; null between meals',
  })
  meal: string | null;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  mealAmount: number;
  @ApiProperty({ type: 'integer' })
  mealCount: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  dayAmount: number;
  @ApiProperty({ type: 'integer' })
  dayCount: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  monthAmount: number;
  @ApiProperty({ type: 'integer' })
  monthCount: number;
}

export const presentSpent = (spent: Spent): SpentResponse => ({
  ...spent,
  mealAmount: toWireAmount(spent.mealAmount),
  dayAmount: toWireAmount(spent.dayAmount),
  monthAmount: toWireAmount(spent.monthAmount),
});
