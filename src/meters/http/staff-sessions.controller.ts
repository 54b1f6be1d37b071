import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { FindPlaces } from '../../places/find-places.js';
import { Access } from '../../platform/access/access.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ReadSessions } from '../read-sessions.js';
import { SetProgrammes } from '../set-programmes.js';
import { StopSession } from '../stop-session.js';
import { presentMine, presentProgrammes } from './sessions.presenter.js';
import { ProgrammesBody, SessionPolicyBody, SessionsQuery } from './sessions.request.js';
import {
  DeviceAlarmsResponse,
  ProgrammesResponse,
  SessionPolicyResponse,
  StaffSessionsResponse,
} from './sessions.response.js';

@ApiTags('staff')
@Controller('v1/staff')
export class StaffSessionsController {
  constructor(
    private readonly sessions: ReadSessions,
    private readonly stopping: StopSession,
    private readonly programmes: SetProgrammes,
    private readonly places: FindPlaces,
  ) {}

  /** The newest sessions, of one place or of all. */
  @Get('sessions')
  @Access('staff', 'sessions.read')
  @ApiOkResponse({ type: StaffSessionsResponse })
  async list(@Query() { place, running }: SessionsQuery): Promise<StaffSessionsResponse> {
    const sessions = await this.sessions.list({
      running: running === 'true',
      ...(place === undefined ? {} : { place: BigInt(place) }),
    });
    return {
      sessions: await Promise.all(
        sessions.map(async (session) => ({
          terminalId: session.terminal.toString(),
          orderNumber: session.orderNumber,
          cardNumber: session.cardNumber,
          ...presentMine(session, (await this.places.byPlaceId(session.place))?.name),
        })),
      ),
    };
  }

  /** Ends a session by what its device reported last. */
  @Post('sessions/:id/end')
  @HttpCode(204)
  @Access('staff', 'sessions.end')
  @ApiNoContentResponse()
  async end(@Param() { id }: IdParameter): Promise<void> {
    await this.stopping.end(BigInt(id));
  }

  /** Devices that fell silent, came late or counted wrong. */
  @Get('device-alarms')
  @Access('staff', 'sessions.read')
  @ApiOkResponse({ type: DeviceAlarmsResponse })
  async alarms(): Promise<DeviceAlarmsResponse> {
    const alarms = await this.sessions.alarms();
    return {
      alarms: alarms.map(({ id, session, reading, amount, raisedAt, ...rest }) => ({
        id: id.toString(),
        sessionId: session.toString(),
        ...rest,
        reading: Number(reading),
        amount: toWireAmount(amount),
        raisedAt: raisedAt.toISOString(),
      })),
    };
  }

  @Get('places/:id/programmes')
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: ProgrammesResponse })
  async priceList(@Param() { id }: IdParameter): Promise<ProgrammesResponse> {
    return presentProgrammes(await this.programmes.ofPlace(BigInt(id)));
  }

  /** Sets the whole price list of a place; without one it sells by the unit. */
  @Put('places/:id/programmes')
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: ProgrammesResponse })
  async setPriceList(
    @Param() { id }: IdParameter,
    @Body() { programmes }: ProgrammesBody,
  ): Promise<ProgrammesResponse> {
    await this.programmes.set(
      BigInt(id),
      programmes.map(({ amount, ...rest }) => ({ ...rest, amount: fromWireAmount(amount) })),
    );
    return this.priceList({ id });
  }

  @Get('session-policy')
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: SessionPolicyResponse })
  async policy(): Promise<SessionPolicyResponse> {
    return { atOnce: await this.programmes.atOnce() };
  }

  @Put('session-policy')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: SessionPolicyResponse })
  async setPolicy(@Body() { atOnce }: SessionPolicyBody): Promise<SessionPolicyResponse> {
    await this.programmes.setAtOnce(atOnce);
    return this.policy();
  }
}
