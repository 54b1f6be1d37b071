import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ReadSeal } from '../../ledger/read-seal.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { DateParameter } from '../../platform/http/date.parameter.js';
import { CloseBusinessDay } from '../close-business-day.js';
import { ReadBusinessDay } from '../read-business-day.js';
import { ReadTrialBalance } from '../read-trial-balance.js';
import {
  presentBusinessDay,
  presentSealHead,
  presentTrialBalance,
} from './settlement.presenter.js';
import { BusinessDayResponse, TrialBalanceResponse } from './settlement.response.js';

@ApiTags('staff')
@Controller('v1/staff')
export class BusinessDaysController {
  constructor(
    private readonly closeBusinessDay: CloseBusinessDay,
    private readonly readBusinessDay: ReadBusinessDay,
    private readonly readTrialBalance: ReadTrialBalance,
    private readonly seal: ReadSeal,
  ) {}

  /** Totals by merchant, of an open day as they stand now. */
  @Get('business-days/:date')
  @Access('staff', 'settlement.read')
  @ApiOkResponse({ type: BusinessDayResponse })
  read(@Param() { date }: DateParameter): Promise<BusinessDayResponse> {
    return this.sheetOf(date);
  }

  /** Closes the day, once and for good. */
  @Post('business-days/:date/close')
  @HttpCode(200)
  @Access('staff', 'settlement.close')
  @ApiOkResponse({ type: BusinessDayResponse })
  async close(
    @Param() { date }: DateParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<BusinessDayResponse> {
    await this.closeBusinessDay.close(date, caller.id);
    return this.sheetOf(date);
  }

  /** What every kind of account holds; the whole sums to zero. */
  @Get('trial-balance')
  @Access('staff', 'settlement.read')
  @ApiOkResponse({ type: TrialBalanceResponse })
  async trialBalance(): Promise<TrialBalanceResponse> {
    return presentTrialBalance(await this.readTrialBalance.read());
  }

  /** Whoever prints it has an anchor of the books on paper. */
  private async sheetOf(date: string): Promise<BusinessDayResponse> {
    const [day, head] = await Promise.all([this.readBusinessDay.read(date), this.seal.head()]);
    return { ...presentBusinessDay(day), seal: presentSealHead(head) };
  }
}
