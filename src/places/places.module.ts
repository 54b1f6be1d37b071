import { Module } from '@nestjs/common';
import { FindMeals } from './find-meals.js';
import { FindPlaces } from './find-places.js';
import { MealPeriodsController } from './http/meal-periods.controller.js';
import { MerchantsController } from './http/merchants.controller.js';
import { PlacesController } from './http/places.controller.js';
import { OpenPlace } from './open-place.js';
import { RegisterMerchant } from './register-merchant.js';
import { SetPrices } from './set-prices.js';
import { SetMealPeriods } from './set-meal-periods.js';
import { SetTillRules } from './set-till-rules.js';

@Module({
  controllers: [MealPeriodsController, MerchantsController, PlacesController],
  providers: [
    FindMeals,
    FindPlaces,
    OpenPlace,
    RegisterMerchant,
    SetMealPeriods,
    SetPrices,
    SetTillRules,
  ],
  exports: [
    FindMeals,
    FindPlaces,
    OpenPlace,
    RegisterMerchant,
    SetMealPeriods,
    SetPrices,
    SetTillRules,
  ],
})
export class PlacesModule {}
