import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindCampaigns } from '../find-campaigns.js';
import { SetCampaign } from '../set-campaign.js';
import {
  CampaignParams,
  CampaignsQuery,
  ChangeCampaignRequest,
  changeOf,
  CreateCampaignRequest,
  termsOf,
} from './campaigns.request.js';
import { CampaignPageResponse, CampaignResponse, FunnelResponse } from './campaigns.response.js';

@ApiTags('staff')
@Controller('v1/staff/campaigns')
export class CampaignsController {
  constructor(
    private readonly setCampaign: SetCampaign,
    private readonly findCampaigns: FindCampaigns,
  ) {}

  @Post()
  @Access('staff', 'campaigns.write')
  @ApiCreatedResponse({ type: CampaignResponse })
  async create(
    @CurrentCaller() { id }: Caller,
    @Body() request: CreateCampaignRequest,
  ): Promise<CampaignResponse> {
    return CampaignResponse.of(await this.setCampaign.create(termsOf(request), id));
  }

  /** Newest first. */
  @Get()
  @Access('staff', 'campaigns.read')
  @ApiOkResponse({ type: CampaignPageResponse })
  async list(@Query() { before, limit }: CampaignsQuery): Promise<CampaignPageResponse> {
    const campaigns = await this.findCampaigns.list({
      before: before === undefined ? null : BigInt(before),
      limit,
    });
    return {
      campaigns: campaigns.map(CampaignResponse.of),
      next: campaigns.length < limit ? null : (campaigns.at(-1)?.id.toString() ?? null),
    };
  }

  @Get(':id')
  @Access('staff', 'campaigns.read')
  @ApiOkResponse({ type: CampaignResponse })
  async read(@Param() { id }: CampaignParams): Promise<CampaignResponse> {
    return CampaignResponse.of(await this.findCampaigns.byId(BigInt(id)));
  }

  /** A draft may change altogether; later only status, end, daily cap and priority. */
  @Patch(':id')
  @Access('staff', 'campaigns.write')
  @ApiOkResponse({ type: CampaignResponse })
  async change(
    @CurrentCaller() caller: Caller,
    @Param() { id }: CampaignParams,
    @Body() request: ChangeCampaignRequest,
  ): Promise<CampaignResponse> {
    const change = changeOf(request);
    return CampaignResponse.of(await this.setCampaign.change(BigInt(id), change, caller.id));
  }

  @Get(':id/funnel')
  @Access('staff', 'campaigns.read')
  @ApiOkResponse({ type: FunnelResponse })
  funnel(@Param() { id }: CampaignParams): Promise<FunnelResponse> {
    return this.findCampaigns.funnelOf(BigInt(id));
  }
}
