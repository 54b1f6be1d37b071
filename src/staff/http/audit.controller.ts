import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { AuditStore } from '../store/audit.store.js';
import { presentDeed } from './staff.presenter.js';
import { AuditQuery } from './staff.request.js';
import { AuditResponse } from './staff.response.js';

@ApiTags('staff')
@Controller('v1/staff/audit')
export class AuditController {
  constructor(private readonly audit: AuditStore) {}

  /** What staff did, newest first, a hundred at a time. */
  @Get()
  @Access('staff', 'audit.read')
  @ApiOkResponse({ type: AuditResponse })
  async list(@Query() { staffId, before }: AuditQuery): Promise<AuditResponse> {
    const deeds = await this.audit.list({
      ...(staffId === undefined ? {} : { staffId: BigInt(staffId) }),
      ...(before === undefined ? {} : { before: BigInt(before) }),
    });
    return { deeds: deeds.map(presentDeed) };
  }
}
