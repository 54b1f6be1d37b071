import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import type { Limits } from '../card.js';

const amountMax = 1_000_000_000_000;
const countMax = 1_000_000;

/** Said, be it as null. */
const Amount =
  (description: string): PropertyDecorator =>
  (target, property) => {
    ApiProperty({ type: 'integer', nullable: true, minimum: 1, maximum: amountMax, description })(
      target,
      property,
    );
    ValidateIf((_, value) => value !== null)(target, property);
    IsInt()(target, property);
    Min(1)(target, property);
    Max(amountMax)(target, property);
  };

const Count =
  (description: string): PropertyDecorator =>
  (target, property) => {
    ApiProperty({ type: 'integer', nullable: true, minimum: 1, maximum: countMax, description })(
      target,
      property,
    );
    ValidateIf((_, value) => value !== null)(target, property);
    IsInt()(target, property);
    Min(1)(target, property);
    Max(countMax)(target, property);
  };

/** In a group null is no limit; on a card null is its group's limit. */
export class LimitsBody {
  @Amount('Fen that one sale may cost')
  sale: number | null;
  @Amount('Fen that may be spent in one meal period')
  mealAmount: number | null;
  @Count('Sales in one meal period')
  mealCount: number | null;
  @Amount('Fen that may be spent in one business day')
  dayAmount: number | null;
  @Count('Sales in one business day')
  dayCount: number | null;
  @Amount('Fen that may be spent in one month, by business days')
  monthAmount: number | null;
  @Count('Sales in one month')
  monthCount: number | null;
}

export class GroupParameter {
  @ApiProperty({ example: 'student' })
  @Matches(/^[a-z][a-z-]{0,31}$/)
  group: string;
}

const fromWire = (amount: number | null): bigint | null =>
  amount === null ? null : fromWireAmount(amount);
const toWire = (amount: bigint | null): number | null =>
  amount === null ? null : toWireAmount(amount);

export const readLimits = (body: LimitsBody): Limits => ({
  sale: fromWire(body.sale),
  mealAmount: fromWire(body.mealAmount),
  mealCount: body.mealCount,
  dayAmount: fromWire(body.dayAmount),
  dayCount: body.dayCount,
  monthAmount: fromWire(body.monthAmount),
  monthCount: body.monthCount,
});

export const presentLimits = (limits: Limits): LimitsBody => ({
  sale: toWire(limits.sale),
  mealAmount: toWire(limits.mealAmount),
  mealCount: limits.mealCount,
  dayAmount: toWire(limits.dayAmount),
  dayCount: limits.dayCount,
  monthAmount: toWire(limits.monthAmount),
  monthCount: limits.monthCount,
});
