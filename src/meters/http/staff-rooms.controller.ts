import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ReadRooms } from '../read-rooms.js';
import { SetRoom } from '../set-room.js';
import { TakeReadings } from '../take-readings.js';
import {
  presentIncident,
  presentLine,
  presentOfficeMeter,
  presentReading,
  presentRoom,
} from './rooms.presenter.js';
import {
  ReadingsFileRequest,
  ReplacementRequest,
  RoomRequest,
  RoomsQuery,
  StatementQuery,
} from './rooms.request.js';
import {
  MeterIncidentsResponse,
  OfficeRoomResponse,
  RoomsResponse,
  StatementResponse,
  TakenReadingsResponse,
} from './rooms.response.js';

const pageDefault = 50;

const pageOf = ({ before, limit = pageDefault }: StatementQuery) => ({
  before: before === undefined ? undefined : BigInt(before),
  limit,
});

@ApiTags('staff')
@Controller('v1/staff')
export class StaffRoomsController {
  constructor(
    private readonly setting: SetRoom,
    private readonly rooms: ReadRooms,
    private readonly readings: TakeReadings,
  ) {}

  /** By building and number: made when it is new. */
  @Put('rooms')
  @Access('staff', 'rooms.set')
  @ApiOkResponse({ type: OfficeRoomResponse })
  async set(
    @Body() { building, number, residents, meters }: RoomRequest,
    @CurrentCaller() { id: staff }: Caller,
  ): Promise<OfficeRoomResponse> {
    const id = await this.setting.set(
      {
        building,
        number,
        residents,
        meters: meters.map(({ kind, networked, ...meter }) => ({
          kind,
          networked,
          place: BigInt(meter.placeId),
          device: BigInt(meter.meterNumber),
          price: fromWireAmount(meter.price),
          per: BigInt(meter.per),
          dailyMost: BigInt(meter.dailyMost),
          warnBelow: fromWireAmount(meter.warnBelow),
          reading: BigInt(meter.reading),
        })),
      },
      staff,
    );
    return this.read({ id: id.toString() });
  }

  @Get('rooms')
  @Access('staff', 'rooms.read')
  @ApiOkResponse({ type: RoomsResponse })
  async list(@Query() { search, after, limit = pageDefault }: RoomsQuery): Promise<RoomsResponse> {
    const rooms = await this.rooms.list({
      limit,
      ...(search === undefined ? {} : { search }),
      ...(after === undefined ? {} : { after: BigInt(after) }),
    });
    return { rooms: rooms.map(presentRoom) };
  }

  @Get('rooms/:id')
  @Access('staff', 'rooms.read')
  @ApiOkResponse({ type: OfficeRoomResponse })
  async read(@Param() { id }: IdParameter): Promise<OfficeRoomResponse> {
    const room = await this.rooms.room(BigInt(id));
    const { building, number, residents, meters } = room;
    return {
      roomId: id,
      building,
      number,
      residents: [...residents],
      meters: meters.map(presentOfficeMeter),
    };
  }

  @Get('meters/:id/statement')
  @Access('staff', 'rooms.read')
  @ApiOkResponse({ type: StatementResponse })
  async statement(
    @Param() { id }: IdParameter,
    @Query() query: StatementQuery,
  ): Promise<StatementResponse> {
    return { lines: (await this.rooms.statement(BigInt(id), pageOf(query))).map(presentLine) };
  }

  /** Another device stands where one stood. */
  @Post('meters/:id/replacement')
  @HttpCode(204)
  @Access('staff', 'rooms.set')
  @ApiNoContentResponse()
  async replace(
    @Param() { id }: IdParameter,
    @Body() body: ReplacementRequest,
    @CurrentCaller() { id: staff }: Caller,
  ): Promise<void> {
    const { lastReading, meterNumber, firstReading, unitsLeft = 0 } = body;
    await this.setting.replace(
      {
        meter: BigInt(id),
        lastReading: BigInt(lastReading),
        device: BigInt(meterNumber),
        firstReading: BigInt(firstReading),
        unitsLeft: BigInt(unitsLeft),
      },
      staff,
    );
  }

  /** A file of readings; each line is answered for itself, and the same file again changes nothing. */
  @Post('meter-readings')
  @HttpCode(200)
  @Access('staff', 'readings.take')
  @ApiOkResponse({ type: TakenReadingsResponse })
  async take(
    @Body() { csv, isSure = false }: ReadingsFileRequest,
    @CurrentCaller() { id: staff }: Caller,
  ): Promise<TakenReadingsResponse> {
    return { readings: (await this.readings.ofOffice(csv, staff, isSure)).map(presentReading) };
  }

  /** Readings that were not believed, and payments that went back after their credit was used. */
  @Get('meter-incidents')
  @Access('staff', 'rooms.read')
  @ApiOkResponse({ type: MeterIncidentsResponse })
  async incidents(@Query() query: StatementQuery): Promise<MeterIncidentsResponse> {
    return { incidents: (await this.rooms.incidents(pageOf(query))).map(presentIncident) };
  }
}
