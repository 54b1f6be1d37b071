import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReadSettings } from '../read-settings.js';
import { HeartbeatRequest } from './terminals.request.js';

@ApiTags('terminal')
@Controller('v1')
@Access('terminal')
export class TerminalsController {
  constructor(
    private readonly settings: ReadSettings,
    private readonly clock: Clock,
    private readonly database: DataSource,
  ) {}

  @Get('terminal-settings')
  @ApiOkResponse({ description: 'What the terminal works by' })
  read(@CurrentCaller() caller: Caller): Promise<Record<string, unknown>> {
    return this.settings.ofKey(caller.via);
  }

  @Post('terminal-heartbeats')
  @HttpCode(200)
  @ApiOkResponse({ description: 'serverTime and settingsVersion' })
  async heartbeat(
    @CurrentCaller() caller: Caller,
    @Body() body: HeartbeatRequest,
  ): Promise<{ serverTime: string; settingsVersion: string }> {
    const [row] = await this.database.query<{ version: string }[]>(
      `with beat as (
         insert into terminals.heartbeat (terminal, seen_at, software_version, queued_reversals)
         values ($1, platform.now(), $2, $3)
         on conflict (terminal) do update set seen_at = excluded.seen_at,
           software_version = excluded.software_version, queued_reversals = excluded.queued_reversals
       )
       select string_agg(version::text, '.' order by name) as version from platform.table_version
       where name in ('places', 'terminals')`,
      [caller.id.toString(), body.softwareVersion, body.queuedReversals],
    );
    return { serverTime: this.clock.now().toISOString(), settingsVersion: row?.version ?? '0' };
  }
}
