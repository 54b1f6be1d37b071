import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { mealCodeShape } from './meal-periods.request.js';

const amountMax = 1_000_000_000_000;
/** Each meal for each group, and room to spare. */
const pricesMax = 100;
const groups = ['student', 'staff', 'guest'];

export class PriceBody {
  @ApiProperty({ type: String, nullable: true, example: 'lunch', description: 'Null: any time' })
  @ValidateIf((_, value) => value !== null)
  @Matches(mealCodeShape)
  meal: string | null;

  @ApiProperty({ enum: groups, nullable: true, description: 'Null: everybody' })
  @ValidateIf(({ meal }: PriceBody, value) => value !== null || meal === null)
  @IsIn(groups)
  group: string | null;

  @ApiProperty({ type: 'integer', description: 'Fen' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;
}

export class PricesRequest {
  @ApiProperty({ enum: groups, isArray: true, nullable: true, description: 'Null: everybody' })
  @ValidateIf((_, value) => value !== null)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(groups, { each: true })
  serves: string[] | null;

  @ApiProperty({ type: [PriceBody], description: 'All of them; what is left out is gone.' })
  @IsArray()
  @ArrayMaxSize(pricesMax)
  @ValidateNested({ each: true })
  @Type(() => PriceBody)
  prices: PriceBody[];
}
