import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { SetSupervisor } from '../set-supervisor.js';
import { SupervisorRequest } from './supervisors.request.js';

class SupervisorResponse {
  @ApiProperty({ example: '2' })
  memberId: string;
  @ApiProperty({ example: '李娜' })
  displayName: string;
  @ApiProperty({ example: '101' })
  tillNumber: string;
  @ApiProperty({ type: [String], nullable: true, description: 'Null: everywhere' })
  placeIds: readonly string[] | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lockedUntil: string | null;
  @ApiProperty({ format: 'date-time' })
  setAt: string;
}

class SupervisorsResponse {
  @ApiProperty({ type: [SupervisorResponse] })
  supervisors: SupervisorResponse[];
}

/** Who may say yes at a till, by a number and a PIN. */
@ApiTags('staff')
@Controller('v1/staff')
export class SupervisorsController {
  constructor(private readonly supervisors: SetSupervisor) {}

  @Get('supervisors')
  @Access('staff', 'supervisors.read')
  @ApiOkResponse({ type: SupervisorsResponse })
  async list(): Promise<SupervisorsResponse> {
    const all = await this.supervisors.all();
    return {
      supervisors: all.map(({ member, displayName, tillNumber, places, lockedUntil, setAt }) => ({
        memberId: member.toString(),
        displayName,
        tillNumber,
        placeIds: places,
        lockedUntil: lockedUntil?.toISOString() ?? null,
        setAt: setAt.toISOString(),
      })),
    };
  }

  /** Sets a colleague's number and PIN, or sets them anew, which ends a lock. */
  @Put('members/:id/supervisor')
  @HttpCode(204)
  @Access('staff', 'supervisors.write')
  @ApiNoContentResponse()
  async set(
    @Param() { id }: IdParameter,
    @Body() { tillNumber, pin, placeIds }: SupervisorRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.supervisors.set({
      member: BigInt(id),
      tillNumber,
      pin,
      places: placeIds?.map(BigInt) ?? null,
      setBy: caller.id,
    });
  }

  /** Takes number and PIN away. */
  @Delete('members/:id/supervisor')
  @HttpCode(204)
  @Access('staff', 'supervisors.write')
  @ApiNoContentResponse()
  async remove(@Param() { id }: IdParameter): Promise<void> {
    await this.supervisors.remove(BigInt(id));
  }
}
