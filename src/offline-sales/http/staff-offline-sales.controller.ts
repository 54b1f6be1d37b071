import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { DateParameter } from '../../platform/http/date.parameter.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ReadOfflineSales } from '../read-offline-sales.js';
import { dismissApprovalKind, releaseApprovalKind, ReleaseRecord } from '../release-record.js';
import { ResumeTerminal } from '../resume-terminal.js';
import { presentRecord, presentStopped } from './offline-sales.presenter.js';
import {
  OfflineSalesQuery,
  OfflineWordRequest,
  ResumptionRequest,
} from './offline-sales.request.js';
import {
  OfflineRecordsResponse,
  OfflineTotalsResponse,
  ProposedResponse,
  StoppedTerminalsResponse,
} from './offline-sales.response.js';

@ApiTags('staff')
@Controller('v1/staff')
export class StaffOfflineSalesController {
  constructor(
    private readonly sales: ReadOfflineSales,
    private readonly releases: ReleaseRecord,
    private readonly resumptions: ResumeTerminal,
  ) {}

  /** Newest first: what terminals sold without the service, and how it was decided. */
  @Get('offline-sales')
  @Access('staff', 'payments.read')
  @ApiOkResponse({ type: OfflineRecordsResponse })
  async list(@Query() query: OfflineSalesQuery): Promise<OfflineRecordsResponse> {
    const { decision, waiting, terminal, before, limit } = query;
    const isWaiting = waiting !== undefined;
    const records = await this.sales.records({ decision, isWaiting, terminal, before, limit });
    return { records: records.map(presentRecord) };
  }

  /** By how they were decided: the records that arrived on a day. */
  @Get('offline-sales/totals/:date')
  @Access('staff', 'payments.read')
  @ApiOkResponse({ type: OfflineTotalsResponse })
  async total(@Param() { date }: DateParameter): Promise<OfflineTotalsResponse> {
    const totals = await this.sales.totals(date);
    return {
      date,
      totals: totals.map(({ decision, count, amount, owed, paid }) => ({
        decision,
        count,
        amount: toWireAmount(amount),
        owed: toWireAmount(owed),
        paid: toWireAmount(paid),
      })),
    };
  }

  /** Proposes what is to become of a record that waits; a second person consents. */
  @Post('offline-sales/:id/words')
  @HttpCode(200)
  @Access('staff', 'payments.release')
  @ApiOkResponse({ type: ProposedResponse })
  async propose(
    @Param() { id }: IdParameter,
    @Body() { word, reason }: OfflineWordRequest,
    @CurrentCaller() { id: maker }: Caller,
  ): Promise<ProposedResponse> {
    const kind = word === 'release' ? releaseApprovalKind : dismissApprovalKind;
    const approval = await this.releases.propose({ record: BigInt(id), kind, reason, maker });
    return { approvalId: approval.toString() };
  }

  /** Terminals that were stopped from selling by themselves, and why. */
  @Get('offline-terminals')
  @Access('staff', 'terminals.read')
  @ApiOkResponse({ type: StoppedTerminalsResponse })
  async stopped(): Promise<StoppedTerminalsResponse> {
    return { terminals: (await this.sales.stopped()).map(presentStopped) };
  }

  /** Proposes to let a terminal sell by itself again; a second person consents. */
  @Post('offline-terminals/:id/resumptions')
  @HttpCode(200)
  @Access('staff', 'terminals.resume')
  @ApiOkResponse({ type: ProposedResponse })
  async resume(
    @Param() { id }: IdParameter,
    @Body() { reason }: ResumptionRequest,
    @CurrentCaller() { id: maker }: Caller,
  ): Promise<ProposedResponse> {
    const approval = await this.resumptions.propose({ terminal: BigInt(id), reason, maker });
    return { approvalId: approval.toString() };
  }
}
