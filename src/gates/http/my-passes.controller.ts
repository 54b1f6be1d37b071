import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindCard } from '../../cards/find-card.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { GivePass } from '../give-pass.js';
import { ReadPresence } from '../read-presence.js';
import { OccupanciesResponse, PassesResponse } from './staff-gates.response.js';

@ApiTags('student')
@Controller('v1')
export class MyPassesController {
  constructor(
    private readonly cards: FindCard,
    private readonly passes: GivePass,
    private readonly presence: ReadPresence,
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
}
