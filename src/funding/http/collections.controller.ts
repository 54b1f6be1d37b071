import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { listCollections } from '../store/funding-list.store.js';
import { presentCollection } from './funding.presenter.js';
import { CollectionsQuery } from './funding.request.js';
import { CollectionsResponse } from './funding.response.js';

const pageDefault = 100;

@ApiTags('staff')
@Controller('v1/staff/collections')
export class CollectionsController {
  constructor(private readonly database: DataSource) {}

  /** Newest first. */
  @Get()
  @Access('staff', 'funding.read')
  @ApiOkResponse({ type: CollectionsResponse })
  async list(
    @Query() { state, before, limit = pageDefault }: CollectionsQuery,
  ): Promise<CollectionsResponse> {
    const collections = await listCollections(this.database, { state, before, limit });
    return { collections: collections.map(presentCollection) };
  }
}
