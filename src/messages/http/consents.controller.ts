import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { AllowMarketing } from '../allow-marketing.js';
import { ReadConsents } from '../read-consents.js';
import { RefuseMarketing } from '../refuse-marketing.js';
import { ReportSubscriptions } from '../report-subscriptions.js';
import { ReportSubscriptionsRequest } from './messages.request.js';
import { ConsentsResponse, SubscriptionsResponse } from './messages.response.js';

@ApiTags('student')
@Controller('v1/me')
export class ConsentsController {
  constructor(
    private readonly database: DataSource,
    private readonly consents: ReadConsents,
    private readonly refuseMarketing: RefuseMarketing,
    private readonly allowMarketing: AllowMarketing,
    private readonly subscriptions: ReportSubscriptions,
  ) {}

  @Get('consents')
  @Access('cardholder')
  @ApiOkResponse({ type: ConsentsResponse })
  async read(@CurrentCaller() { id }: Caller): Promise<ConsentsResponse> {
    return ConsentsResponse.of(await this.consents.marketing(id));
  }

  /** Final: nothing undoes it. */
  @Post('marketing-refusal')
  @Access('cardholder')
  @HttpCode(200)
  @ApiOkResponse({ type: ConsentsResponse })
  async refuse(@CurrentCaller() caller: Caller): Promise<ConsentsResponse> {
    await inTransaction(this.database, (tx) => this.refuseMarketing.refuse(tx, caller.id, 'me'));
    return this.read(caller);
  }

  /** 409 `marketing_refusal_is_final` after a refusal. */
  @Post('marketing-consent')
  @Access('cardholder')
  @HttpCode(200)
  @ApiOkResponse({ type: ConsentsResponse })
  async allow(@CurrentCaller() caller: Caller): Promise<ConsentsResponse> {
    await inTransaction(this.database, (tx) => this.allowMarketing.allow(tx, caller.id));
    return this.read(caller);
  }

  /** What the phone may ask WeChat for. */
  @Get('wechat-subscriptions')
  @Access('cardholder')
  @ApiOkResponse({ type: SubscriptionsResponse })
  async readSubscriptions(@CurrentCaller() { id }: Caller): Promise<SubscriptionsResponse> {
    return SubscriptionsResponse.of(await this.subscriptions.read(id));
  }

  /** What the owner chose when WeChat asked; counts until WeChat says otherwise. */
  @Post('wechat-subscriptions')
  @Access('cardholder')
  @HttpCode(200)
  @ApiOkResponse({ type: SubscriptionsResponse })
  async reportSubscriptions(
    @CurrentCaller() { id }: Caller,
    @Body() { tap, choices }: ReportSubscriptionsRequest,
  ): Promise<SubscriptionsResponse> {
    return SubscriptionsResponse.of(await this.subscriptions.report(id, tap, choices));
  }
}
