import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { alarmKinds, ReadAlarms } from '../read-alarms.js';
import { SetPhonePolicy } from '../set-phone-policy.js';

const groups = ['student', 'staff', 'guest'];
const phonesMax = 10;

class AlarmsQuery {
  @ApiPropertyOptional({ description: 'Older than this alarm' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/)
  before?: string;
}

class AlarmResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: alarmKinds })
  kind: string;
  @ApiProperty({ type: String, nullable: true })
  cardNumber: string | null;
  @ApiProperty({ type: String, nullable: true })
  terminalId: string | null;
  @ApiProperty({ format: 'date-time' })
  raisedAt: string;
}

class AlarmsResponse {
  @ApiProperty({ type: [AlarmResponse] })
  alarms: AlarmResponse[];
}

class PhonePolicyRequest {
  @ApiProperty({ enum: groups })
  @IsIn(groups)
  group: string;

  @ApiProperty({ type: 'integer', description: 'How many phones a card may have' })
  @IsInt()
  @Min(1)
  @Max(phonesMax)
  phonesMax: number;
}

class PhonePolicyResponse {
  @ApiProperty({ enum: groups })
  group: string;
  @ApiProperty({ type: 'integer' })
  phonesMax: number;
}

class PhonePoliciesResponse {
  @ApiProperty({ type: [PhonePolicyResponse] })
  policies: PhonePolicyResponse[];
}

/** What the office is told about codes and phones, and may decide. */
@ApiTags('staff')
@Controller('v1/staff')
export class StaffCodesController {
  constructor(
    private readonly alarms: ReadAlarms,
    private readonly policies: SetPhonePolicy,
  ) {}

  /** Newest first, a hundred at a time. */
  @Get('code-alarms')
  @Access('staff', 'cards.read')
  @ApiOkResponse({ type: AlarmsResponse })
  async list(@Query() { before }: AlarmsQuery): Promise<AlarmsResponse> {
    const alarms = await this.alarms.read(before === undefined ? undefined : BigInt(before));
    return {
      alarms: alarms.map(({ id, kind, cardNumber, terminal, raisedAt }) => ({
        id: id.toString(),
        kind,
        cardNumber,
        terminalId: terminal?.toString() ?? null,
        raisedAt: raisedAt.toISOString(),
      })),
    };
  }

  @Get('phone-policies')
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: PhonePoliciesResponse })
  async read(): Promise<PhonePoliciesResponse> {
    return { policies: await this.policies.all() };
  }

  /** Counts from the next phone that is bound; nobody loses one by it at once. */
  @Put('phone-policies')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: PhonePoliciesResponse })
  async set(
    @Body() { group, phonesMax: most }: PhonePolicyRequest,
  ): Promise<PhonePoliciesResponse> {
    await this.policies.set(group, most);
    return this.read();
  }
}
