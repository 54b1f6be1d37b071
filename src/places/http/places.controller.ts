import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { FindPlaces } from '../find-places.js';
import type { Place } from '../place.js';
import { presentTariff } from '../present-tariff.js';
import { LocalNameResponse } from './places.response.js';

class PlaceResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: LocalNameResponse })
  name: LocalNameResponse;
  @ApiProperty({ enum: ['canteen', 'gym', 'dorm'] })
  kind: string;
  @ApiProperty()
  open: boolean;
  @ApiProperty({ description: 'Fen; by type: maximum, amount, or hold with unitPrice' })
  tariff: Record<string, unknown>;
  @ApiProperty()
  merchantId: string;
  @ApiProperty({ type: LocalNameResponse })
  merchantName: LocalNameResponse;
}

const presentPlace = (place: Place): PlaceResponse => ({
  id: place.id.toString(),
  name: place.name,
  kind: place.kind,
  open: place.isOpen,
  tariff: presentTariff(place.tariff),
  merchantId: place.merchant.id.toString(),
  merchantName: place.merchant.name,
});

@ApiTags('staff')
@Controller('v1/staff/places')
export class PlacesController {
  constructor(private readonly places: FindPlaces) {}

  @Get()
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: [PlaceResponse] })
  async list(): Promise<PlaceResponse[]> {
    return (await this.places.all()).map(presentPlace);
  }
}
