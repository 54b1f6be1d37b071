import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { FindMeals } from '../find-meals.js';
import { SetMealPeriods } from '../set-meal-periods.js';
import { MealPeriodsRequest } from './meal-periods.request.js';
import { LocalNameResponse } from './places.response.js';

class MealPeriodResponse {
  @ApiProperty({ example: 'breakfast' })
  code: string;
  @ApiProperty({ type: LocalNameResponse })
  name: LocalNameResponse;
  @ApiProperty({ example: '06:30', description: 'HH:MM in campus time' })
  from: string;
  @ApiProperty({ example: '09:30' })
  until: string;
}

class MealPeriodsResponse {
  @ApiProperty({ type: [MealPeriodResponse] })
  periods: MealPeriodResponse[];
}

@ApiTags('staff')
@Controller('v1/staff/meal-periods')
export class MealPeriodsController {
  constructor(
    private readonly meals: FindMeals,
    private readonly setting: SetMealPeriods,
  ) {}

  @Get()
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: MealPeriodsResponse })
  async list(): Promise<MealPeriodsResponse> {
    const periods = await this.meals.all();
    return {
      periods: periods.map(({ code, name, from, until }) => ({ code, name, from, until })),
    };
  }

  /** Sets all periods at once; a sale that is decided from now on finds them. */
  @Put()
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: MealPeriodsResponse })
  async set(@Body() { periods }: MealPeriodsRequest): Promise<MealPeriodsResponse> {
    await this.setting.set(periods);
    return this.list();
  }
}
