import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindCardholder } from '../find-cardholder.js';
import { IssueEnrolmentLink } from '../issue-enrolment-link.js';
import {
  CardholderPageResponse,
  CardholderResponse,
  EnrolmentLinkResponse,
} from './cardholder.response.js';
import {
  CardholderIdParam,
  CardholderListQuery,
  EnrolmentLinkRequest,
} from './staff-cardholders.request.js';

@ApiTags('staff')
@Controller('v1/staff/cardholders')
export class StaffCardholdersController {
  constructor(
    private readonly findCardholder: FindCardholder,
    private readonly issueEnrolmentLink: IssueEnrolmentLink,
  ) {}

  @Get()
  @Access('staff', 'cardholders.read')
  @ApiOkResponse({ type: CardholderPageResponse })
  async list(
    @Query() { search, after, limit }: CardholderListQuery,
  ): Promise<CardholderPageResponse> {
    const found = await this.findCardholder.list({
      limit,
      ...(search === undefined ? {} : { search }),
      ...(after === undefined ? {} : { after: BigInt(after) }),
    });
    const next = found.length === limit ? (found.at(-1)?.id.toString() ?? null) : null;
    return { cardholders: found.map(CardholderResponse.of), next };
  }

  @Post(':id/enrolment-links')
  @Access('staff', 'cardholders.enrol')
  @Header('cache-control', 'no-store')
  @ApiCreatedResponse({ type: EnrolmentLinkResponse })
  async issueLink(
    @Param() { id }: CardholderIdParam,
    @Body() { purpose }: EnrolmentLinkRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<EnrolmentLinkResponse> {
    const link = await this.issueEnrolmentLink.issue(BigInt(id), purpose, caller.id);
    return { token: link.token, url: link.url, expiresAt: link.expiresAt.toISOString() };
  }
}
