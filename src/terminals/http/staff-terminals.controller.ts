import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ReadSettings } from '../read-settings.js';
import { RegisterTerminal } from '../register-terminal.js';
import { NewTerminalRequest } from './terminals.request.js';

class TerminalResponse {
  @ApiProperty()
  id: string;
  @ApiProperty()
  code: string;
  @ApiProperty()
  nameZh: string;
  @ApiProperty()
  nameEn: string;
  @ApiProperty()
  placeId: string;
  @ApiProperty({ enum: ['active', 'revoked'] })
  status: string;
  @ApiProperty({ type: String, nullable: true })
  model: string | null;
  @ApiProperty({ type: String, nullable: true })
  softwareVersion: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastSeenAt: Date | null;
  @ApiProperty({ type: 'integer' })
  queuedReversals: number;
}

class EnrolmentCodeResponse {
  @ApiProperty({ description: 'One enrolment, ten minutes' })
  enrolmentCode: string;
  @ApiProperty()
  serviceName: string;
  @ApiProperty({
    description: "The service's answer key in base64url, for the installer to compare",
  })
  serviceKey: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

const select = `
  select t.id, t.code, t.name_zh as "nameZh", t.name_en as "nameEn", t.place as "placeId", t.status, t.model,
    coalesce(h.software_version, t.software_version) as "softwareVersion", h.seen_at as "lastSeenAt",
    coalesce(h.queued_reversals, 0) as "queuedReversals"
  from terminals.terminal t left join terminals.heartbeat h on h.terminal = t.id order by t.id`;

@ApiTags('staff')
@Controller('v1/staff/terminals')
export class StaffTerminalsController {
  constructor(
    private readonly database: DataSource,
    private readonly registration: RegisterTerminal,
    private readonly settings: ReadSettings,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Access('staff', 'terminals.read')
  @ApiOkResponse({ type: [TerminalResponse] })
  list(): Promise<TerminalResponse[]> {
    return this.database.query<TerminalResponse[]>(select);
  }

  @Post()
  @Access('staff', 'terminals.write')
  @ApiCreatedResponse({ description: 'id' })
  async register(@Body() body: NewTerminalRequest): Promise<{ id: string }> {
    const id = await this.registration.register({
      place: BigInt(body.placeId),
      code: body.code,
      name: { zh: body.nameZh, en: body.nameEn },
    });
    return { id: id.toString() };
  }

  @Post(':id/enrolment-codes')
  @Access('staff', 'terminals.enrol')
  @ApiCreatedResponse({ type: EnrolmentCodeResponse })
  async issueCode(@Param() { id }: IdParameter): Promise<EnrolmentCodeResponse> {
    const { code, expiresAt } = await this.registration.issueEnrolmentCode(BigInt(id));
    return {
      enrolmentCode: code,
      serviceName: this.config.SERVICE_NAME,
      serviceKey: this.settings.serviceKeys()[0]?.publicKey ?? '',
      expiresAt: expiresAt.toISOString(),
    };
  }

  @Post(':id/revocation')
  @HttpCode(204)
  @Access('staff', 'terminals.write')
  async revoke(@Param() { id }: IdParameter): Promise<void> {
    await this.registration.revoke(BigInt(id));
  }
}
