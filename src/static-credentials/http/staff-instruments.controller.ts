import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ReadInstruments } from '../read-instruments.js';
import { dayCapMax, SetInstruments } from '../set-instruments.js';
import { StaticCapsBody } from './my-static-credentials.controller.js';

const capMax = toWireAmount(dayCapMax);

class InstrumentsRequest {
  @ApiProperty()
  @IsBoolean()
  plastic: boolean;
  @ApiProperty({ description: 'Only where somebody attends' })
  @IsBoolean()
  numberPin: boolean;
}

class InstrumentsResponse {
  @ApiProperty({ enum: ['code', 'signed_qr', 'plastic', 'number_pin'], isArray: true })
  instruments: readonly string[];
}

class StaticCapsRequest {
  @ApiProperty({ type: 'integer', description: 'Fen', minimum: 1, maximum: capMax })
  @IsInt()
  @Min(1)
  @Max(capMax)
  perSale: number;
  @ApiProperty({ type: 'integer', description: 'Fen', minimum: 1, maximum: capMax })
  @IsInt()
  @Min(1)
  @Max(capMax)
  perDay: number;
}

/** What places take beside codes of phones, and how much of it. */
@ApiTags('staff')
@Controller('v1/staff')
export class StaffInstrumentsController {
  constructor(
    private readonly instruments: ReadInstruments,
    private readonly setting: SetInstruments,
  ) {}

  @Get('places/:id/instruments')
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: InstrumentsResponse })
  async read(@Param() { id }: IdParameter): Promise<InstrumentsResponse> {
    return { instruments: await this.instruments.at(BigInt(id)) };
  }

  @Put('places/:id/instruments')
  @Access('staff', 'places.write')
  @ApiOkResponse({ type: InstrumentsResponse })
  async set(
    @Param() parameter: IdParameter,
    @Body() body: InstrumentsRequest,
  ): Promise<InstrumentsResponse> {
    await this.setting.setForPlace(BigInt(parameter.id), body);
    return this.read(parameter);
  }

  @Get('static-caps')
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: StaticCapsBody })
  async caps(): Promise<StaticCapsBody> {
    const { perSale, perDay } = await this.instruments.caps();
    return { perSale: toWireAmount(perSale), perDay: toWireAmount(perDay) };
  }

  /** Both at once; the next sale knows. */
  @Put('static-caps')
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: StaticCapsBody })
  async setCaps(@Body() { perSale, perDay }: StaticCapsRequest): Promise<StaticCapsBody> {
    await this.setting.setCaps({
      perSale: fromWireAmount(perSale),
      perDay: fromWireAmount(perDay),
    });
    return this.caps();
  }
}
