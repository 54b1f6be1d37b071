import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindCard } from '../../cards/find-card.js';
import { FindPlaces } from '../../places/find-places.js';
import type { LocalName } from '../../places/place.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindPayments } from '../find-payments.js';
import { nowhere, presentForStaff, presentLine } from './payments.presenter.js';
import { PaymentsQuery } from './payments.request.js';
import { StaffPaymentsResponse, StatementResponse } from './payments.response.js';

@Controller('v1')
export class StatementController {
  constructor(
    private readonly payments: FindPayments,
    private readonly cards: FindCard,
    private readonly places: FindPlaces,
  ) {}

  @Get('me/payments')
  @ApiTags('student')
  @Access('cardholder')
  @ApiOkResponse({ type: StatementResponse })
  async own(
    @CurrentCaller() caller: Caller,
    @Query() { before, limit }: PaymentsQuery,
  ): Promise<StatementResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    const rows = await this.payments.ofCard(card.id, {
      limit,
      ...(before === undefined ? {} : { before: BigInt(before) }),
    });
    const takenBack = await this.payments.takenBack(rows);
    return {
      payments: await Promise.all(
        rows.map(async (row) =>
          presentLine(row, await this.nameOf(row.place), takenBack.get(row.id) ?? null),
        ),
      ),
    };
  }

  @Get('staff/payments')
  @ApiTags('staff')
  @Access('staff', 'payments.read')
  @ApiOkResponse({ type: StaffPaymentsResponse })
  async search(@Query() query: PaymentsQuery): Promise<StaffPaymentsResponse> {
    const rows = await this.payments.search({
      limit: query.limit,
      ...(query.date === undefined ? {} : { businessDate: query.date }),
      ...(query.terminal === undefined ? {} : { terminal: BigInt(query.terminal) }),
      ...(query.verdict === undefined ? {} : { verdict: query.verdict }),
      ...(query.before === undefined ? {} : { before: BigInt(query.before) }),
    });
    const takenBack = await this.payments.takenBack(rows);
    return {
      payments: await Promise.all(
        rows.map(async (row) =>
          presentForStaff(row, await this.nameOf(row.place), takenBack.get(row.id) ?? null),
        ),
      ),
    };
  }

  private async nameOf(place: bigint): Promise<LocalName> {
    return (await this.places.byPlaceId(place))?.name ?? nowhere;
  }
}
