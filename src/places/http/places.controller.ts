import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { FindPlaces } from '../find-places.js';
import type { Place } from '../place.js';
import { presentTariff } from '../present-tariff.js';
import { SetPrices } from '../set-prices.js';
import { SetTillRules } from '../set-till-rules.js';
import { LocalNameResponse } from './places.response.js';
import { PricesRequest } from './prices.request.js';
import { TillRulesRequest, TillShowsBody, VoidRulesBody } from './till-rules.request.js';

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
  @ApiProperty({ type: [String], nullable: true, description: 'Groups; null is everybody' })
  serves: string[] | null;
  @ApiProperty({ description: 'Whether a cashier stands there' })
  attended: boolean;
  @ApiProperty({ description: 'Whether terminals may sell without a network' })
  offline: boolean;
  @ApiProperty({ description: 'When a cashier may take a sale back, where one stands' })
  voids: VoidRulesBody;
  @ApiProperty({ description: 'What a till shows of whoever pays' })
  shows: TillShowsBody;
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
  serves: place.serves === null ? null : [...place.serves],
  attended: place.isAttended,
  offline: place.sellsOffline,
  voids: {
    minutes: place.voids.minutes,
    supervisorAbove: toWireAmount(place.voids.supervisorAbove),
  },
  shows: { ...place.shows },
  merchantId: place.merchant.id.toString(),
  merchantName: place.merchant.name,
});

@ApiTags('staff')
@Controller('v1/staff/places')
export class PlacesController {
  constructor(
    private readonly places: FindPlaces,
    private readonly tillRules: SetTillRules,
    private readonly prices: SetPrices,
  ) {}

  @Get()
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: [PlaceResponse] })
  async list(): Promise<PlaceResponse[]> {
    return (await this.places.all()).map(presentPlace);
  }

  /** How the tills of a place work; terminals fetch it with their settings. What is left out stays as it is. */
  @Patch(':id')
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: PlaceResponse })
  async set(
    @Param() { id }: IdParameter,
    @Body() { attended, offline, voids, shows }: TillRulesRequest,
  ): Promise<PlaceResponse> {
    return presentPlace(
      await this.tillRules.set(BigInt(id), {
        attended,
        offline,
        voids: voids && {
          minutes: voids.minutes,
          supervisorAbove: fromWireAmount(voids.supervisorAbove),
        },
        shows,
      }),
    );
  }

  /** Whom a place serves, and what a fixed one costs at a meal and for a group; the next sale knows. */
  @Put(':id/prices')
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: PlaceResponse })
  async price(
    @Param() { id }: IdParameter,
    @Body() { serves, prices }: PricesRequest,
  ): Promise<PlaceResponse> {
    const fen = prices.map(({ meal, group, amount }) => ({
      meal,
      group,
      amount: fromWireAmount(amount),
    }));
    return presentPlace(await this.prices.set(BigInt(id), serves, fen));
  }
}
