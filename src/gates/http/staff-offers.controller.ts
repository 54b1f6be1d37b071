import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { OfferPass } from '../offer-pass.js';
import { presentOffer } from './gates.presenter.js';
import { OfferRequest } from './offers.request.js';
import { MadeOfferResponse, OffersResponse } from './offers.response.js';

@ApiTags('staff')
@Controller('v1/staff')
export class StaffOffersController {
  constructor(private readonly offers: OfferPass) {}

  /** What the place sells on phones now. */
  @Get('gates/:id/offers')
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: OffersResponse })
  async list(@Param() { id }: IdParameter): Promise<OffersResponse> {
    return { offers: (await this.offers.ofPlace(BigInt(id))).map(presentOffer) };
  }

  /** Another price is another offer: withdraw the old one. */
  @Post('gates/:id/offers')
  @HttpCode(200)
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: MadeOfferResponse })
  async offer(
    @Param() { id }: IdParameter,
    @Body() { name, groups, days, from, until, ...body }: OfferRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<MadeOfferResponse> {
    const place = BigInt(id);
    const places = body.places?.map(BigInt) ?? [place];
    const uses = body.uses ?? null;
    const amount = fromWireAmount(body.amount);
    const offer = { place, name, places, groups, days, from, until, uses, amount };
    return { offerId: (await this.offers.offer(offer, caller.id)).toString() };
  }

  /** Passes that were bought stay good. */
  @Post('pass-offers/:id/withdraw')
  @HttpCode(204)
  @Access('staff', 'places.write')
  @ApiNoContentResponse()
  async withdraw(@Param() { id }: IdParameter): Promise<void> {
    await this.offers.withdraw(BigInt(id));
  }
}
