import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { SetLimits } from '../set-limits.js';
import { GroupParameter } from './limits.request.js';

const amountMax = 1_000_000_000_000;
const countMax = 1_000_000;
const secondsMax = 3_600;

/** Said, be it as null: then nobody is asked. */
const Rule = (minimum: number, maximum: number, description: string): PropertyDecorator => {
  const decorators = [
    ApiProperty({ type: 'integer', nullable: true, minimum, maximum, description }),
    ValidateIf((_, value) => value !== null),
    IsInt(),
    Min(minimum),
    Max(maximum),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
};

class ConfirmationRulesBody {
  @Rule(1, amountMax, 'Fen: a sale above it waits for the phone')
  above: number | null;
  @Rule(0, countMax, 'Sales in a business day after which every further one waits for the phone')
  after: number | null;
  @Rule(1, secondsMax, 'Seconds in which the same sale at the same terminal is asked about')
  againSeconds: number | null;
}

class GroupConfirmationRulesResponse {
  @ApiProperty({ example: 'student' })
  group: string;
  @ApiProperty({ type: ConfirmationRulesBody })
  rules: ConfirmationRulesBody;
}

class ConfirmationRulesResponse {
  @ApiProperty({ type: [GroupConfirmationRulesResponse] })
  groups: GroupConfirmationRulesResponse[];
}

/** What each group pays without a word of the phone or of the cashier. */
@ApiTags('staff')
@Controller('v1/staff/confirmation-rules')
export class ConfirmationRulesController {
  constructor(private readonly limits: SetLimits) {}

  @Get()
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: ConfirmationRulesResponse })
  async list(): Promise<ConfirmationRulesResponse> {
    const groups = await this.limits.asksOfGroups();
    return {
      groups: groups.map(({ group, above, after, againSeconds }) => ({
        group,
        rules: { above: above === null ? null : toWireAmount(above), after, againSeconds },
      })),
    };
  }

  /** All three at once; the next sale knows. */
  @Put(':group')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: ConfirmationRulesResponse })
  async set(
    @Param() { group }: GroupParameter,
    @Body() { above, after, againSeconds }: ConfirmationRulesBody,
  ): Promise<ConfirmationRulesResponse> {
    const amount = above === null ? null : fromWireAmount(above);
    await this.limits.setAsksForGroup({ group, above: amount, after, againSeconds });
    return this.list();
  }
}
