import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindCard } from '../../cards/find-card.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { GivePass } from '../give-pass.js';
import { OfferPass } from '../offer-pass.js';
import { ReadPresence } from '../read-presence.js';
import { SellPass } from '../sell-pass.js';
import { presentOffer, presentSold, presentVisit } from './gates.presenter.js';
import { PassOrderRequest } from './offers.request.js';
import { OffersResponse, OwnVisitsResponse, SoldPassResponse } from './offers.response.js';
import { OccupanciesResponse, PassesResponse } from './staff-gates.response.js';

const visitsMax = 30;

@ApiTags('student')
@Controller('v1')
export class MyPassesController {
  constructor(
    private readonly cards: FindCard,
    private readonly passes: GivePass,
    private readonly presence: ReadPresence,
    private readonly offers: OfferPass,
    private readonly sales: SellPass,
  ) {}

  /** How full each place with a gate is: numbers, nobody's name. */
  @Get('occupancies')
  @Access('public')
  @ApiOkResponse({ type: OccupanciesResponse })
  async occupancies(): Promise<OccupanciesResponse> {
    const places = await this.presence.occupancies();
    return {
      places: places.map(({ place, isOpen, ...rest }) => ({
        placeId: place.toString(),
        ...rest,
        open: isOpen,
      })),
    };
  }

  /** The caller's passes that are good today or later. */
  @Get('me/passes')
  @Access('cardholder')
  @ApiOkResponse({ type: PassesResponse })
  async list(@CurrentCaller() caller: Caller): Promise<PassesResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    const passes = await this.passes.ofCard(card.id);
    return {
      passes: passes.map(({ id, places, firstDay, lastDay, from, until, uses, used }) => ({
        passId: id.toString(),
        places: places.map(String),
        firstDay,
        lastDay,
        from,
        until,
        uses,
        used,
      })),
    };
  }

  /** What the caller may buy now. */
  @Get('me/passes/offers')
  @Access('cardholder')
  @ApiOkResponse({ type: OffersResponse })
  async offered(@CurrentCaller() caller: Caller): Promise<OffersResponse> {
    const { group } = await this.cards.ofCardholder(caller.id);
    return { offers: (await this.offers.toGroup(group)).map(presentOffer) };
  }

  /** Buys a pass with a payment code of the caller's own phone. The pass follows the payment, once. */
  @Post('me/passes')
  @HttpCode(200)
  @Access('cardholder')
  @ApiOkResponse({ type: SoldPassResponse })
  async buy(
    @Body() { offerId, orderNumber, code }: PassOrderRequest,
    @CurrentCaller() { id: cardholder }: Caller,
  ): Promise<SoldPassResponse> {
    const order = { cardholder, offer: BigInt(offerId), orderNumber, code };
    return presentSold(await this.sales.sell(order));
  }

  /** Where the caller is inside, what that costs, and the visits before. */
  @Get('me/visits')
  @Access('cardholder')
  @ApiOkResponse({ type: OwnVisitsResponse })
  async visits(@CurrentCaller() caller: Caller): Promise<OwnVisitsResponse> {
    const { id } = await this.cards.ofCardholder(caller.id);
    return { visits: (await this.presence.visitsOf(id, visitsMax)).map(presentVisit) };
  }
}
