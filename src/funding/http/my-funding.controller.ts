import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { listFundingOf } from '../store/funding-list.store.js';
import { presentFunding } from './funding.presenter.js';
import { FundingResponse } from './funding.response.js';

const shownMax = 20;

@ApiTags('student')
@Controller('v1/me/funding')
@Access('cardholder')
export class MyFundingController {
  constructor(private readonly database: DataSource) {}

  /** The last money into the card's purses, and what is under way. */
  @Get()
  @ApiOkResponse({ type: FundingResponse })
  async list(@CurrentCaller() { id }: Caller): Promise<FundingResponse> {
    const funding = await listFundingOf(this.database, id, shownMax);
    return { funding: funding.map(presentFunding) };
  }
}
