import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindPlaces } from '../../places/find-places.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ReadSessions } from '../read-sessions.js';
import { StopSession } from '../stop-session.js';
import { presentMine } from './sessions.presenter.js';
import { MySessionsResponse, SignedReadingResponse } from './sessions.response.js';

@ApiTags('student')
@Controller('v1/me/sessions')
@Access('cardholder')
export class MySessionsController {
  constructor(
    private readonly sessions: ReadSessions,
    private readonly stopping: StopSession,
    private readonly places: FindPlaces,
  ) {}

  /** What the caller's devices use and what it costs so far, and what the last ones cost. */
  @Get()
  @ApiOkResponse({ type: MySessionsResponse })
  async list(@CurrentCaller() caller: Caller): Promise<MySessionsResponse> {
    const sessions = await this.sessions.ofCardholder(caller.id);
    return {
      sessions: await Promise.all(
        sessions.map(async (session) =>
          presentMine(session, (await this.places.byPlaceId(session.place))?.name),
        ),
      ),
    };
  }

  /** What the device said last, as it signed it: the caller can show it to anybody. */
  @Get(':id/reading')
  @ApiOkResponse({ type: SignedReadingResponse })
  async reading(
    @Param() { id }: IdParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<SignedReadingResponse> {
    const signed = await this.sessions.signedReading(BigInt(id), caller.id);
    return {
      keyId: signed.keyId,
      algorithm: signed.algorithm,
      publicKey: signed.publicKey.toString('base64url'),
      base: signed.base.toString('utf8'),
      signature: signed.signature.toString('base64url'),
      body: signed.body.toString('utf8'),
    };
  }

  /** The device hears of it with its next report, and ends the session. */
  @Post(':id/stop')
  @HttpCode(204)
  @ApiNoContentResponse()
  async stop(@Param() { id }: IdParameter, @CurrentCaller() caller: Caller): Promise<void> {
    await this.stopping.ask(BigInt(id), caller.id);
  }
}
