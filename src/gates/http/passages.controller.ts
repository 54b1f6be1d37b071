import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { Access } from '../../platform/access/access.js';
import { invariant } from '../../platform/errors/problem.js';
import { rawBodyOf } from '../../terminals/check-signature.js';
import type { TerminalKey } from '../../terminals/terminal.js';
import { PassGate } from '../pass-gate.js';
import { presentPassage } from './gates.presenter.js';
import { PassageParameter, PassageRequestBody } from './passages.request.js';
import { PassageResponse, SettledPassageResponse } from './passages.response.js';

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
@Controller('v1/passages')
@Access('terminal')
export class PassagesController {
  constructor(private readonly gate: PassGate) {}

  /** One scan: may this person come in, or what does leaving cost. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: PassageResponse })
  async pass(
    @Body() body: PassageRequestBody,
    @Req() request: FastifyRequest,
  ): Promise<PassageResponse> {
    const { type, code = '', text = '' } = body.instrument;
    return presentPassage(
      await this.gate.pass({
        terminalKey: keyOf(request),
        orderNumber: body.orderNumber,
        hash: hashOf(request),
        sequence: body.sequence,
        instrument: type === 'code' ? { type, code } : { type, text },
        direction: body.direction,
        occurredAt: new Date(body.occurredAt),
      }),
    );
  }

  @Get(':orderNumber')
  @ApiOkResponse({ type: PassageResponse })
  async find(
    @Param() { orderNumber }: PassageParameter,
    @Req() request: FastifyRequest,
  ): Promise<PassageResponse> {
    return presentPassage(await this.gate.find(keyOf(request).terminal.id, orderNumber));
  }

  /** The sensor saw somebody go through. */
  @Post(':orderNumber/passed')
  @HttpCode(200)
  @ApiOkResponse({ type: SettledPassageResponse })
  async passed(
    @Param() { orderNumber }: PassageParameter,
    @Req() request: FastifyRequest,
  ): Promise<SettledPassageResponse> {
    return { orderNumber, outcome: await this.gate.settle(keyOf(request), orderNumber, true) };
  }

  /** Nobody went through, or the gate never heard the verdict. */
  @Post(':orderNumber/not-passed')
  @HttpCode(200)
  @ApiOkResponse({ type: SettledPassageResponse })
  async notPassed(
    @Param() { orderNumber }: PassageParameter,
    @Req() request: FastifyRequest,
  ): Promise<SettledPassageResponse> {
    return { orderNumber, outcome: await this.gate.settle(keyOf(request), orderNumber, false) };
  }
}
