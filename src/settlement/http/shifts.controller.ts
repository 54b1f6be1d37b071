import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { OpenShift } from '../open-shift.js';
import { RecordShift } from '../record-shift.js';
import { presentShiftTotals } from './settlement.presenter.js';
import {
  ShiftOpeningRequestBody,
  ShiftRequestBody,
  type CountedTotal,
} from './settlement.request.js';
import { ShiftOpeningResponse, ShiftResponse } from './settlement.response.js';

const toTotal = ({ count, amount }: CountedTotal): { count: number; amount: bigint } => ({
  count,
  amount: fromWireAmount(amount),
});

@ApiTags('terminal')
@Controller('v1')
export class ShiftsController {
  constructor(
    private readonly recordShift: RecordShift,
    private readonly openShift: OpenShift,
  ) {}

  /** A shift begins; the report of the same number ends it. */
  @Post('shift-openings')
  @HttpCode(200)
  @Access('terminal')
  @ApiOkResponse({ type: ShiftOpeningResponse })
  async open(
    @Body() { shiftNumber, openedAt, cashier }: ShiftOpeningRequestBody,
    @CurrentCaller() { id: terminal }: Caller,
  ): Promise<ShiftOpeningResponse> {
    await this.openShift.open({ terminal, shiftNumber, openedAt, cashier: cashier ?? null });
    return { shiftNumber, openedAt };
  }

  /** Reports what the terminal counted in a shift, when nothing is open or queued on it. */
  @Post('shifts')
  @HttpCode(200)
  @Access('terminal')
  @ApiOkResponse({ type: ShiftResponse })
  async record(
    @Body() shift: ShiftRequestBody,
    @CurrentCaller() { id: terminal }: Caller,
  ): Promise<ShiftResponse> {
    const { shiftNumber, openedAt, closedAt } = shift;
    const { agrees, service } = await this.recordShift.record({
      terminal,
      shiftNumber,
      openedAt,
      closedAt,
      sales: toTotal(shift.sales),
      reversals: toTotal(shift.reversals),
      ...(shift.voids === undefined ? {} : { voids: toTotal(shift.voids) }),
    });
    return { shiftNumber, agrees, service: presentShiftTotals(service) };
  }
}
