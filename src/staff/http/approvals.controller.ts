import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { DecideApproval } from '../decide-approval.js';
import { ApprovalsStore } from '../store/approvals.store.js';
import { presentApproval } from './staff.presenter.js';
import { ApprovalsQuery, RejectRequest } from './staff.request.js';
import { ApprovalResponse, ApprovalsResponse } from './staff.response.js';

@ApiTags('staff')
@Controller('v1/staff/approvals')
export class ApprovalsController {
  constructor(
    private readonly approvals: ApprovalsStore,
    private readonly decideApproval: DecideApproval,
  ) {}

  /** Newest first, a hundred at a time. */
  @Get()
  @Access('staff', 'approvals.read')
  @ApiOkResponse({ type: ApprovalsResponse })
  async list(@Query() { state, before }: ApprovalsQuery): Promise<ApprovalsResponse> {
    const approvals = await this.approvals.list({
      ...(state === undefined ? {} : { state }),
      ...(before === undefined ? {} : { before: BigInt(before) }),
    });
    return { approvals: approvals.map(presentApproval) };
  }

  /** The second person consents: what was proposed will be carried out. */
  @Post(':id/consent')
  @HttpCode(200)
  @Access('staff', 'approvals.decide')
  @ApiOkResponse({ type: ApprovalResponse })
  async consent(
    @Param() { id }: IdParameter,
    @CurrentCaller() { id: checker }: Caller,
  ): Promise<ApprovalResponse> {
    return presentApproval(
      await this.decideApproval.decide({ approval: BigInt(id), checker, state: 'consented' }),
    );
  }

  /** The second person rejects: nothing will be carried out. */
  @Post(':id/rejection')
  @HttpCode(200)
  @Access('staff', 'approvals.decide')
  @ApiOkResponse({ type: ApprovalResponse })
  async reject(
    @Param() { id }: IdParameter,
    @Body() { reason }: RejectRequest,
    @CurrentCaller() { id: checker }: Caller,
  ): Promise<ApprovalResponse> {
    return presentApproval(
      await this.decideApproval.decide({
        approval: BigInt(id),
        checker,
        state: 'rejected',
        reason,
      }),
    );
  }
}
