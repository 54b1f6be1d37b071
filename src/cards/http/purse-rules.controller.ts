import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { PlanSpending } from '../plan-spending.js';
import { SetPurseRules } from '../set-purse-rules.js';
import { GroupParameter } from './limits.request.js';
import { PurseKindParameter, PurseKindRequest, PurseOrderRequest } from './purse-rules.request.js';
import { presentKind, PurseRulesResponse } from './purse-rules.response.js';

/** Where which money is good, and in which order it pays. */
@ApiTags('staff')
@Controller('v1/staff/purse-rules')
export class PurseRulesController {
  constructor(
    private readonly spending: PlanSpending,
    private readonly rules: SetPurseRules,
  ) {}

  @Get()
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: PurseRulesResponse })
  async read(): Promise<PurseRulesResponse> {
    const { kinds, orders } = await this.spending.current();
    return {
      kinds: kinds.map(presentKind),
      orders: [...orders].map(([group, order]) => ({ group, kinds: [...order] })),
    };
  }

  /** Makes a kind of purse, or changes where its money is good. */
  @Put('kinds/:code')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: PurseRulesResponse })
  async setKind(
    @Param() { code }: PurseKindParameter,
    @Body() { name, placeKinds, places, meals }: PurseKindRequest,
  ): Promise<PurseRulesResponse> {
    await this.rules.setKind({
      code,
      name,
      placeKinds,
      places: places?.map(BigInt) ?? null,
      meals,
    });
    return this.read();
  }

  /** Says in which order a group's purses pay. */
  @Put('orders/:group')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: PurseRulesResponse })
  async setOrder(
    @Param() { group }: GroupParameter,
    @Body() { kinds }: PurseOrderRequest,
  ): Promise<PurseRulesResponse> {
    await this.rules.setOrder(group, kinds);
    return this.read();
  }
}
