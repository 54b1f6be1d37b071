import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { RecordShift } from '../record-shift.js';
import { presentSalesTotals } from './settlement.presenter.js';
import { ShiftRequestBody, type CountedTotal } from './settlement.request.js';
import { ShiftResponse } from './settlement.response.js';

const toTotal = ({ count, amount }: CountedTotal): { count: number; amount: bigint } => ({
  count,
  amount: fromWireAmount(amount),
});

@ApiTags('terminal')
@Controller('v1/shifts')
export class ShiftsController {
  constructor(private readonly recordShift: RecordShift) {}

  /** Reports what the terminal counted in a shift, when nothing is open or queued on it. */
  @Post()
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
    });
    return { shiftNumber, agrees, service: presentSalesTotals(service) };
  }
}
