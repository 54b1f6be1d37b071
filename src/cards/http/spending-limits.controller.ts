import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { SetLimits } from '../set-limits.js';
import { GroupParameter, LimitsBody, presentLimits, readLimits } from './limits.request.js';

class GroupLimitsResponse {
  @ApiProperty({ example: 'student' })
  group: string;
  @ApiProperty({ type: LimitsBody })
  limits: LimitsBody;
}

class SpendingLimitsResponse {
  @ApiProperty({ type: [GroupLimitsResponse] })
  groups: GroupLimitsResponse[];
}

/** How much each group may spend; a card may have figures of its own beside it. */
@ApiTags('staff')
@Controller('v1/staff/spending-limits')
export class SpendingLimitsController {
  constructor(private readonly limits: SetLimits) {}

  @Get()
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: SpendingLimitsResponse })
  async list(): Promise<SpendingLimitsResponse> {
    const groups = await this.limits.ofGroups();
    return {
      groups: [...groups].map(([group, limits]) => ({ group, limits: presentLimits(limits) })),
    };
  }

  /** All seven at once; the next sale knows. */
  @Put(':group')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: SpendingLimitsResponse })
  async set(
    @Param() { group }: GroupParameter,
    @Body() body: LimitsBody,
  ): Promise<SpendingLimitsResponse> {
    await this.limits.setForGroup(group, readLimits(body));
    return this.list();
  }
}
