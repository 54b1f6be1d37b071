import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { invariant } from '../../platform/errors/problem.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { CloseStaffMember } from '../close-staff-member.js';
import { CreateStaffMember } from '../create-staff-member.js';
import { MembersStore } from '../store/members.store.js';
import { presentMember } from './staff.presenter.js';
import { CreateMemberRequest } from './staff.request.js';
import { CreatedMemberResponse, MemberResponse, MembersResponse } from './staff.response.js';

@ApiTags('staff')
@Controller('v1/staff')
export class MembersController {
  constructor(
    private readonly database: DataSource,
    private readonly members: MembersStore,
    private readonly createStaffMember: CreateStaffMember,
    private readonly closeStaffMember: CloseStaffMember,
  ) {}

  /** Who is logged in. */
  @Get('me')
  @Access('staff')
  @ApiOkResponse({ type: MemberResponse })
  async me(@CurrentCaller() caller: Caller): Promise<MemberResponse> {
    const member = await this.members.find(caller.id);
    invariant(member !== undefined, 'a login belongs to nobody');
    return presentMember(member);
  }

  @Get('members')
  @Access('staff', 'staff.read')
  @ApiOkResponse({ type: MembersResponse })
  async list(): Promise<MembersResponse> {
    return { members: (await this.members.list()).map(presentMember) };
  }

  /** Creates a member; the authenticator's secret is in this one answer and nowhere else. */
  @Post('members')
  @Access('staff', 'staff.create')
  @ApiCreatedResponse({ type: CreatedMemberResponse })
  async create(
    @Body() { name, displayName, roles, password }: CreateMemberRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedMemberResponse> {
    void reply.header('cache-control', 'no-store');
    const created = await inTransaction(this.database, (tx) =>
      this.createStaffMember.create(tx, {
        name,
        displayName,
        roles,
        password,
        createdBy: caller.id,
      }),
    );
    return { ...created, id: created.id.toString() };
  }

  /** Closes a member and ends their logins. */
  @Post('members/:id/closure')
  @HttpCode(204)
  @Access('staff', 'staff.close')
  @ApiNoContentResponse()
  async close(@Param() { id }: IdParameter, @CurrentCaller() caller: Caller): Promise<void> {
    await this.closeStaffMember.close(caller.id, BigInt(id));
  }
}
