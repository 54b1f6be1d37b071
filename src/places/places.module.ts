import { Module } from '@nestjs/common';
import { FindPlaces } from './find-places.js';
import { PlacesController } from './http/places.controller.js';
import { OpenPlace } from './open-place.js';
import { RegisterMerchant } from './register-merchant.js';

@Module({
  controllers: [PlacesController],
  providers: [FindPlaces, OpenPlace, RegisterMerchant],
  exports: [FindPlaces, OpenPlace, RegisterMerchant],
})
export class PlacesModule {}
