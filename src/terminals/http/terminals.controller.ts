import { fromBase64Url } from '@campus-paycode/terminal-protocol';
import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { Clock } from '../../platform/clock/clock.js';
import { invariant, Refusal } from '../../platform/errors/problem.js';
import { FindTerminals } from '../find-terminals.js';
import { ReadSettings } from '../read-settings.js';
import { RotateKey } from '../rotate-key.js';
import type { TerminalKey } from '../terminal.js';
import { terminalsProblems } from '../terminals.errors.js';
import { HeartbeatRequest, NewKeyRequest } from './terminals.request.js';

function keyOf({ terminalKey }: FastifyRequest): TerminalKey {
  invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
  return terminalKey;
}

@ApiTags('terminal')
@Controller('v1')
@Access('terminal')
export class TerminalsController {
  constructor(
    private readonly settings: ReadSettings,
    private readonly rotation: RotateKey,
    private readonly terminals: FindTerminals,
    private readonly clock: Clock,
    private readonly database: DataSource,
  ) {}

  @Get('terminal-settings')
  @ApiOkResponse({ description: 'What the terminal works by' })
  read(@CurrentCaller() caller: Caller): Promise<Record<string, unknown>> {
    return this.settings.ofKey(caller.via);
  }

  @Post('terminal-keys')
  @HttpCode(200)
  @ApiOkResponse({ description: 'keyId of the new key' })
  async rotate(
    @Req() request: FastifyRequest,
    @Body() { algorithm, publicKey, proof }: NewKeyRequest,
  ): Promise<{ keyId: string }> {
    const bytes = fromBase64Url(publicKey);
    const signature = fromBase64Url(proof);
    if (bytes === null) throw new Refusal(terminalsProblems, 'public_key_invalid');
    if (signature === null) throw new Refusal(terminalsProblems, 'key_proof_invalid');
    const keyId = await this.rotation.rotate(keyOf(request), {
      algorithm,
      publicKey: Buffer.from(bytes),
      proof: Buffer.from(signature),
    });
    return { keyId };
  }

  @Post('terminal-heartbeats')
  @HttpCode(200)
  @ApiOkResponse({ description: 'serverTime and settingsVersion' })
  async heartbeat(
    @Req() request: FastifyRequest,
    @Body() body: HeartbeatRequest,
  ): Promise<{ serverTime: string; settingsVersion: string }> {
    const key = keyOf(request);
    if (this.terminals.hasOlderKey(key)) await this.rotation.retireBefore(key);
    const [row] = await this.database.query<{ version: string }[]>(
      `with beat as (
         insert into terminals.heartbeat (terminal, seen_at, software_version, queued_reversals)
         values ($1, platform.now(), $2, $3)
         on conflict (terminal) do update set seen_at = excluded.seen_at,
           software_version = excluded.software_version, queued_reversals = excluded.queued_reversals
       )
       select string_agg(version::text, '.' order by name) as version from platform.table_version
       where name in ('places', 'terminals')`,
      [key.terminal.id.toString(), body.softwareVersion, body.queuedReversals],
    );
    const settingsVersion = `${row?.version ?? '0'}${await this.settings.versionOfParts()}`;
    return { serverTime: this.clock.now().toISOString(), settingsVersion };
  }
}
