import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import { rawBodyOf } from '../../terminals/check-signature.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { NoteProgress } from '../note-progress.js';
import { SetProgrammes } from '../set-programmes.js';
import { StartSession } from '../start-session.js';
import {
  presentNoted,
  presentProgrammes,
  presentStarted,
  presentState,
} from './sessions.presenter.js';
import { ProgressRequest, SessionParameter, SessionRequest } from './sessions.request.js';
import {
  ProgrammesResponse,
  ProgressResponse,
  SessionOfOrderResponse,
  SessionVerdictResponse,
} from './sessions.response.js';

/** What makes two requests the same: method, path and the bytes of the body. */
const hashOf = (request: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${request.method}\n${request.raw.url ?? ''}\n`)
    .update(rawBodyOf(request))
    .digest();

function keyOf(request: FastifyRequest): TerminalKey {
  invariant(request.terminalKey !== undefined, 'A terminal route without its terminal.');
  return request.terminalKey;
}

@ApiTags('terminal')
@Controller('v1')
@Access('terminal')
export class SessionsController {
  constructor(
    private readonly starting: StartSession,
    private readonly progress: NoteProgress,
    private readonly programmes: SetProgrammes,
  ) {}

  /** What the device sells for a price that is known before; none where it sells by the unit. */
  @Get('programmes')
  @ApiOkResponse({ type: ProgrammesResponse })
  async priceList(@Req() request: FastifyRequest): Promise<ProgrammesResponse> {
    return presentProgrammes(await this.programmes.ofPlace(keyOf(request).terminal.place));
  }

  /** Holds the money for one use of the device; approved, it may start. */
  @Post('sessions')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionVerdictResponse })
  async start(
    @Body() body: SessionRequest,
    @Req() request: FastifyRequest,
  ): Promise<SessionVerdictResponse> {
    return presentStarted(
      await this.starting.start({
        terminalKey: keyOf(request),
        orderNumber: body.orderNumber,
        hash: hashOf(request),
        sequence: body.sequence,
        instrument: body.instrument,
        programme: body.programme,
        occurredAt: new Date(body.occurredAt),
      }),
    );
  }

  @Get('sessions/:orderNumber')
  @ApiOkResponse({ type: SessionOfOrderResponse })
  async find(
    @Param() { orderNumber }: SessionParameter,
    @Req() request: FastifyRequest,
  ): Promise<SessionOfOrderResponse> {
    const { id } = keyOf(request).terminal;
    return { orderNumber, ...presentState(await this.progress.find(id, orderNumber)) };
  }

  /** How much was used so far; the last word ends the session. */
  @Post('sessions/:orderNumber/progress')
  @HttpCode(200)
  @ApiOkResponse({ type: ProgressResponse })
  async note(
    @Param() { orderNumber }: SessionParameter,
    @Body() body: ProgressRequest,
    @Req() request: FastifyRequest,
  ): Promise<ProgressResponse> {
    const { progressNumber, sequence, final } = body;
    const { terminalSignature } = request;
    invariant(terminalSignature !== undefined, 'A terminal route without a signature.');
    const noted = await this.progress.note(keyOf(request), orderNumber, {
      progressNumber,
      sequence,
      reading: BigInt(body.reading),
      final,
      occurredAt: new Date(body.occurredAt),
      signed: { ...terminalSignature, body: rawBodyOf(request) },
    });
    return presentNoted(progressNumber, noted);
  }
}
