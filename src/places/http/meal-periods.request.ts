import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

/** More than a campus eats in a day. */
const periodsMax = 12;
export const mealCodeShape = /^[a-z][a-z-]{0,31}$/;
const timeShape = /^([01]\d|2[0-3]):[0-5]\d$/;
const untilShape = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

export class MealNameRequest {
  @ApiProperty({ example: '早餐', maxLength: 32 })
  @IsString()
  @Length(1, 32)
  zh: string;

  @ApiProperty({ example: 'breakfast', maxLength: 64 })
  @IsString()
  @Length(1, 64)
  en: string;
}

export class MealPeriodRequest {
  @ApiProperty({ example: 'breakfast' })
  @Matches(mealCodeShape)
  code: string;

  @ApiProperty({ type: MealNameRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => MealNameRequest)
  name: MealNameRequest;

  @ApiProperty({ example: '06:30', description: 'HH:MM in campus time' })
  @Matches(timeShape)
  from: string;

  @ApiProperty({ example: '09:30', description: 'HH:MM in campus time, 24:00 at the latest' })
  @Matches(untilShape)
  until: string;
}

export class MealPeriodsRequest {
  @ApiProperty({ type: [MealPeriodRequest], description: 'All of them; what is left out is gone.' })
  @IsArray()
  @ArrayMaxSize(periodsMax)
  @ValidateNested({ each: true })
  @Type(() => MealPeriodRequest)
  periods: MealPeriodRequest[];
}
