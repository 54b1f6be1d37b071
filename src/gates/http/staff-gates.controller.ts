import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { EndVisits } from '../end-visits.js';
import { ForgetVisits } from '../forget-visits.js';
import { GivePass } from '../give-pass.js';
import { ReadPresence } from '../read-presence.js';
import { SetGate } from '../set-gate.js';
import { GateRequest, KeptVisitsRequest, PassRequest } from './staff-gates.request.js';
import {
  GateResponse,
  GivenPassResponse,
  KeptVisitsResponse,
  PresenceResponse,
} from './staff-gates.response.js';

const insideMax = 500;
const incidentsMax = 100;

@ApiTags('staff')
@Controller('v1/staff')
export class StaffGatesController {
  constructor(
    private readonly gates: SetGate,
    private readonly passes: GivePass,
    private readonly presence: ReadPresence,
    private readonly visits: EndVisits,
    private readonly memory: ForgetVisits,
  ) {}

  @Get('gates/:id')
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: GateResponse })
  async read(@Param() { id }: IdParameter): Promise<GateResponse> {
    const { place, forgottenAmount, rules, ...gate } = await this.gates.read(BigInt(id));
    return {
      placeId: place.toString(),
      ...gate,
      forgottenAmount: toWireAmount(forgottenAmount),
      rules: rules.map(({ amount, minutePrice, ...rule }) => ({
        ...rule,
        amount: amount === null ? null : toWireAmount(amount),
        minutePrice: minutePrice === null ? null : toWireAmount(minutePrice),
      })),
    };
  }

  /** Sets the gate of a place and all its rules at once. */
  @Put('gates/:id')
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: GateResponse })
  async set(@Param() { id }: IdParameter, @Body() body: GateRequest): Promise<GateResponse> {
    const { passback, opens, closes, hasSensor } = body;
    await this.gates.set({
      place: BigInt(id),
      passback,
      opens,
      closes,
      hasSensor,
      passbackMinutes: body.passbackMinutes ?? null,
      capacity: body.capacity ?? null,
      forgottenAmount: fromWireAmount(body.forgottenAmount),
      rules: body.rules.map(({ group, from, until, charge, amount, minutePrice }) => ({
        group,
        from,
        until,
        charge,
        amount: amount === undefined ? null : fromWireAmount(amount),
        minutePrice: minutePrice === undefined ? null : fromWireAmount(minutePrice),
      })),
    });
    return this.read({ id });
  }

  /** Who is inside, by name: asked for under the caller's own. */
  @Get('gates/:id/visits')
  @Access('staff', 'presence.read')
  @ApiOkResponse({ type: PresenceResponse })
  async inside(@Param() { id }: IdParameter): Promise<PresenceResponse> {
    const inside = await this.presence.inside(BigInt(id), insideMax);
    const incidents = await this.presence.incidents(BigInt(id), incidentsMax);
    return {
      inside: inside.map(({ visit, enteredAt, ...rest }) => ({
        visitId: visit.toString(),
        ...rest,
        enteredAt: enteredAt.toISOString(),
      })),
      incidents: incidents.map(({ id: incident, visit, happenedAt, ...rest }) => ({
        id: incident.toString(),
        visitId: visit?.toString() ?? null,
        ...rest,
        happenedAt: happenedAt.toISOString(),
      })),
    };
  }

  /** For how many days it is kept who was where. */
  @Get('visit-rules')
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: KeptVisitsResponse })
  async kept(): Promise<KeptVisitsResponse> {
    return { keepDays: await this.memory.days() };
  }

  /** What is older is gone within the hour, and does not come back. */
  @Put('visit-rules')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: KeptVisitsResponse })
  async keep(@Body() { keepDays }: KeptVisitsRequest): Promise<KeptVisitsResponse> {
    await this.memory.keep(keepDays);
    return this.kept();
  }

  /** Lets somebody out whom the gate did not see leave. */
  @Post('visits/:id/release')
  @HttpCode(204)
  @Access('staff', 'presence.release')
  @ApiNoContentResponse()
  async release(@Param() { id }: IdParameter): Promise<void> {
    await this.visits.release(BigInt(id));
  }

  @Post('passes')
  @HttpCode(200)
  @Access('staff', 'passes.give')
  @ApiOkResponse({ type: GivenPassResponse })
  async give(
    @Body() body: PassRequest,
    @CurrentCaller() { id: givenBy }: Caller,
  ): Promise<GivenPassResponse> {
    const { cardNumber, firstDay, lastDay, from, until } = body;
    const pass = await this.passes.give({
      cardNumber,
      firstDay,
      lastDay,
      from,
      until,
      givenBy,
      places: body.places.map(BigInt),
      uses: body.uses ?? null,
      payment: body.paymentId === undefined ? null : BigInt(body.paymentId),
    });
    return { passId: pass.toString() };
  }

  /** Whoever is inside by it stays inside. */
  @Post('passes/:id/end')
  @HttpCode(204)
  @Access('staff', 'passes.give')
  @ApiNoContentResponse()
  async end(@Param() { id }: IdParameter): Promise<void> {
    await this.passes.end(BigInt(id));
  }
}
