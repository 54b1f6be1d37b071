import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { RefundPayment } from '../refund-payment.js';
import { RefundsStore, type Refund } from '../store/refunds.store.js';
import { RefundRequest, RefundsQuery } from './refunds.request.js';
import { RefundResponse, RefundsResponse } from './refunds.response.js';

const present = (refund: Refund): RefundResponse => ({
  id: refund.id,
  refundNumber: refund.number,
  paymentId: refund.payment,
  shortNumber: refund.short_number,
  amount: toWireAmount(BigInt(refund.amount)),
  reason: refund.reason,
  state: refund.state,
  failure: refund.failure,
  approvalId: refund.approval,
  maker: refund.maker,
  proposedAt: refund.proposed_at.toISOString(),
  checker: refund.checker,
  refundedAt: refund.refunded_at?.toISOString() ?? null,
});

@ApiTags('staff')
@Controller('v1/staff/refunds')
export class RefundsController {
  constructor(
    private readonly refunding: RefundPayment,
    private readonly refunds: RefundsStore,
  ) {}

  /** Waits for a second person; sent again with the same number it is the same proposal. */
  @Post()
  @HttpCode(200)
  @Access('staff', 'payments.refund')
  @ApiOkResponse({ type: RefundResponse })
  async propose(
    @Body() { refundNumber, paymentId, amount, reason }: RefundRequest,
    @CurrentCaller() { id: maker }: Caller,
  ): Promise<RefundResponse> {
    return present(
      await this.refunding.propose({
        refundNumber,
        payment: BigInt(paymentId),
        amount: fromWireAmount(amount),
        reason,
        maker,
      }),
    );
  }

  /** Newest first. */
  @Get()
  @Access('staff', 'payments.read')
  @ApiOkResponse({ type: RefundsResponse })
  async list(@Query() query: RefundsQuery): Promise<RefundsResponse> {
    const { payment, state, before, limit } = query;
    const refunds = await this.refunds.search({ payment, state, before, limit });
    return { refunds: refunds.map(present) };
  }
}
