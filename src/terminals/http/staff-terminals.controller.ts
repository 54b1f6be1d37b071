import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ListTerminals } from '../list-terminals.js';
import { ReadSettings } from '../read-settings.js';
import { RegisterTerminal } from '../register-terminal.js';
import { RotateKey } from '../rotate-key.js';
import { NewTerminalRequest } from './terminals.request.js';
import { EnrolmentCodeResponse, ModelResponse, TerminalResponse } from './terminals.response.js';

class KeyParameter extends IdParameter {
  @ApiProperty({ example: '1', description: 'Of the key: 2 in t-12.2' })
  @Matches(/^[1-9]\d{0,8}$/)
  generation: string;
}

@ApiTags('staff')
@Controller('v1/staff')
export class StaffTerminalsController {
  constructor(
    private readonly terminals: ListTerminals,
    private readonly registration: RegisterTerminal,
    private readonly rotation: RotateKey,
    private readonly settings: ReadSettings,
    private readonly config: AppConfig,
  ) {}

  @Get('terminals')
  @Access('staff', 'terminals.read')
  @ApiOkResponse({ type: [TerminalResponse] })
  list(): Promise<TerminalResponse[]> {
    return this.terminals.list();
  }

  @Get('terminal-models')
  @Access('staff', 'terminals.read')
  @ApiOkResponse({ type: [ModelResponse] })
  listModels(): Promise<ModelResponse[]> {
    return this.terminals.listModels();
  }

  @Post('terminals')
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

  @Post('terminals/:id/enrolment-codes')
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

  /** For a terminal that is stolen or lost: from the commit on, every route refuses it at every process. */
  @Post('terminals/:id/revocation')
  @HttpCode(204)
  @Access('staff', 'terminals.write')
  async revoke(@Param() { id }: IdParameter): Promise<void> {
    await this.registration.revoke(BigInt(id));
  }

  /** For one that was found again: its valid keys count again, so retire those first that somebody may have copied. */
  @Post('terminals/:id/reinstatement')
  @HttpCode(204)
  @Access('staff', 'terminals.write')
  async reinstate(@Param() { id }: IdParameter): Promise<void> {
    await this.registration.reinstate(BigInt(id));
  }

  @Post('terminals/:id/keys/:generation/retirement')
  @HttpCode(204)
  @Access('staff', 'terminals.write')
  async retireKey(@Param() { id, generation }: KeyParameter): Promise<void> {
    await this.rotation.retire(BigInt(id), Number(generation));
  }
}
