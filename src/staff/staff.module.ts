import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CloseStaffMember } from './close-staff-member.js';
import { CreateStaffMember } from './create-staff-member.js';
import { DecideApproval } from './decide-approval.js';
import { ApprovalsController } from './http/approvals.controller.js';
import { AuditController } from './http/audit.controller.js';
import { AuditInterceptor } from './http/audit.interceptor.js';
import { AuditedRoutes } from './http/audited-routes.js';
import { LoginsController } from './http/logins.controller.js';
import { MembersController } from './http/members.controller.js';
import { StaffLoginGuard } from './http/staff-login.guard.js';
import { SupervisorsController } from './http/supervisors.controller.js';
import { ForgetDeadLogins } from './jobs/forget-dead-logins.js';
import { GiveSupervision } from './give-supervision.js';
import { LogInStaff } from './log-in-staff.js';
import { ProposeApproval } from './propose-approval.js';
import { RequireSecretKeys } from './reseal-secrets.js';
import { SetSupervisor } from './set-supervisor.js';
import { ApprovalsStore } from './store/approvals.store.js';
import { AuditStore } from './store/audit.store.js';
import { LoginsStore } from './store/logins.store.js';
import { MembersStore } from './store/members.store.js';
import { SupervisorsStore } from './store/supervisors.store.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [
    LoginsController,
    MembersController,
    SupervisorsController,
    ApprovalsController,
    AuditController,
  ],
  providers: [
    ApprovalsStore,
    AuditStore,
    LoginsStore,
    MembersStore,
    CloseStaffMember,
    CreateStaffMember,
    DecideApproval,
    ForgetDeadLogins,
    GiveSupervision,
    SetSupervisor,
    SupervisorsStore,
    LogInStaff,
    ProposeApproval,
    RequireSecretKeys,
    StaffLoginGuard,
    AuditInterceptor,
    AuditedRoutes,
  ],
  exports: [CreateStaffMember, DecideApproval, GiveSupervision, LogInStaff, ProposeApproval],
})
export class StaffModule {}
